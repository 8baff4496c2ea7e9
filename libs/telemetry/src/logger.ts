import pino from 'pino';
import type { DestinationStream, Logger as PinoLogger } from 'pino';
import { redact, redactText } from './redaction';

/** What a log line speaks of. */
export interface LogContext {
  projectId?: string;
  runId?: string;
  workflowId?: string;
  [name: string]: unknown;
}

/** Calls are `logger.info({ runId, durationMs }, 'one sentence')`. */
export type Logger = PinoLogger;

export interface LoggerOptions {
  /** Name of the process: gateway, project, intent, editor, worker. */
  service: string;
  /** Least severe level written. Default info. */
  level?: string;
  /** Fields of every line. */
  context?: LogContext;
  /** Default: standard output, one JSON object a line. */
  destination?: DestinationStream;
}

/** A logger whose lines are JSON with service, ISO time, level by name, and without secrets. */
export function createLogger({ service, level = 'info', context = {}, destination }: LoggerOptions): Logger {
  const logger = pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'message',
      formatters: {
        level: (name) => ({ level: name }),
        log: (fields) => redact(fields) as Record<string, unknown>,
      },
      hooks: {
        logMethod(inputs, method) {
          const safe = inputs.map((input) => (typeof input === 'string' ? redactText(input) : input));
          method.apply(this, safe as Parameters<typeof method>);
        },
      },
    },
    destination ?? pino.destination(1),
  );
  return withContext(logger, context);
}

/** The same logger with these fields on every line, e.g. those of one run. */
export function withContext(logger: Logger, context: LogContext): Logger {
  return Object.keys(context).length === 0 ? logger : logger.child(redact(context) as LogContext);
}
