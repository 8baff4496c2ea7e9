import { AppError } from '@showrunner/contracts';

/** Anything that runs until it is closed. */
interface Closable {
  close(): Promise<void>;
}

const CLOSE_LIMIT_MS = 4_500;

/**
 * The body of a program: starts it, ends it in order at SIGTERM or SIGINT, and says in one clear sentence why it could not start.
 * A fault that nobody caught ends the process: its supervisor starts a healthy one.
 */
export function runMain(name: string, start: () => Promise<Closable>): void {
  const fail = (error: unknown): void => {
    process.stderr.write(`${describe(name, error)}\n`);
    process.exit(1);
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  start().then((running) => {
    let isClosing = false;
    const close = (): void => {
      if (isClosing) return;
      isClosing = true;
      setTimeout(() => process.exit(1), CLOSE_LIMIT_MS).unref();
      running.close().then(() => process.exit(0), fail);
    };
    process.on('SIGTERM', close);
    process.on('SIGINT', close);
  }, fail);
}

function describe(name: string, error: unknown): string {
  if (error instanceof AppError) return `${name}: ${error.message}${error.remedy ? `\n${error.remedy}` : ''}`;
  return `${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
