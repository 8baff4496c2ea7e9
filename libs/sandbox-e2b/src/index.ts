export { E2bSandboxProvider } from './e2b.provider';
