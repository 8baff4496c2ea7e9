import type { LoggerService } from '@nestjs/common';
import type { Logger } from '@showrunner/telemetry';

/** Nest's own messages in our log; its listing of modules and routes only at level debug. */
export function nestLogger(logger: Logger): LoggerService {
  const textOf = (message: unknown): string => (message instanceof Error ? message.message : String(message));
  return {
    log: (message: unknown) => logger.debug(textOf(message)),
    debug: (message: unknown) => logger.debug(textOf(message)),
    verbose: (message: unknown) => logger.trace(textOf(message)),
    warn: (message: unknown) => logger.warn(textOf(message)),
    error: (message: unknown, stack?: unknown) => logger.error({ err: message, stack }, textOf(message)),
    fatal: (message: unknown) => logger.fatal({ err: message }, textOf(message)),
  };
}
