export {
  openSandboxProvider,
  sandboxProviders,
  sandboxSettings,
  type OpenProvider,
  type SandboxSettings,
  type SandboxVariables,
} from './open-provider';
