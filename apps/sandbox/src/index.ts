export { sandboxService, startSandbox } from './start';
