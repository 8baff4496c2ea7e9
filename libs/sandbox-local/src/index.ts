export { LocalSandboxProvider, type LocalSandboxProviderOptions } from './local.provider';
