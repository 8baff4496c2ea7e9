export type * from './sandbox.types';
export { LocalSandboxProvider, type LocalSandboxProviderOptions } from './local/local.provider';
