export { DaytonaSandboxProvider } from './daytona.provider';
