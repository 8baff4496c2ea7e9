import { SUPERVISOR } from './supervisor.text';

/**
 * The shell text that runs one job of the supervisor. Program and job travel with each command, so nothing has to be installed inside,
 * and nothing inside can replace them.
 */
export function jobCommand(mode: string, fields: readonly (string | Uint8Array)[]): string {
  const job = [mode, ...fields].map((field) => Buffer.from(field as string).toString('hex')).join('\n');
  return `perl /dev/fd/4 3<<'SHOWRUNNER_JOB' 4<<'SHOWRUNNER_PROGRAM'\n${job}\nSHOWRUNNER_JOB\n${SUPERVISOR}SHOWRUNNER_PROGRAM\n`;
}
