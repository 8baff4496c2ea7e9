export { createLogger, withContext } from './logger';
export type { LogContext, Logger, LoggerOptions } from './logger';
export { redact, redactText } from './redaction';
