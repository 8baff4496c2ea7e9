import { randomBytes } from 'node:crypto';
import { AppError } from '@showrunner/contracts';
import { requireProcessName, signalName } from '@showrunner/sandbox/provider';
import type { SandboxProcesses } from '@showrunner/sandbox/provider';
import type { ExecOptions, ProcessStatus } from '@showrunner/sandbox';
import { capabilityMissing } from './daytona-errors';
import { commandLine } from './exec/command-line';
import type { CommandRunner } from './exec/run-command';

const STATE = '/tmp/.showrunner-processes';
const DEFAULT_LOG_BYTES = 64 * 1024;
const NOT_RUNNING = 3;
const INPUT_PART = 256 * 1024;

/** Processes that outlive their caller. Each has a supervisor of its own inside, which keeps its bounded log; nothing is kept out here. */
export class NamedProcesses implements SandboxProcesses {
  constructor(
    private readonly runner: CommandRunner,
    private readonly maxProcesses: number,
  ) {}

  async start(
    name: string,
    command: string,
    options: Pick<ExecOptions, 'cwd' | 'env'> = {},
  ): Promise<ProcessStatus> {
    requireProcessName(name);
    const mark = `process-${randomBytes(6).toString('hex')}`;
    const { cwd, argv, variables } = commandLine(command, options, mark);
    const { code, output } = await this.runner.job('start', [
      STATE,
      name,
      mark,
      String(this.maxProcesses),
      cwd,
      String(variables.length),
      ...variables,
      ...argv,
    ]);
    const [status] = parseStatus(output);
    if (code === 0 && status !== undefined) return status;
    throw new AppError(
      'process_not_started',
      `The process "${name}" did not start: ${output.toString().trim()}`,
      {
        remedy: 'Check the folder it is to run in, and the space left on the disk.',
        status: 422,
      },
    );
  }

  async list(): Promise<ProcessStatus[]> {
    return parseStatus((await this.runner.job('status', [STATE])).output);
  }

  async status(name: string): Promise<ProcessStatus | undefined> {
    requireProcessName(name);
    return parseStatus((await this.runner.job('status', [STATE, name])).output)[0];
  }

  async log(name: string, tailBytes = DEFAULT_LOG_BYTES): Promise<string> {
    requireProcessName(name);
    const { output } = await this.runner.job('log', [STATE, name, String(Math.max(0, tailBytes))]);
    return output.toString('utf8');
  }

  /** @throws AppError `process_not_running`, `process_input_full` (retryable) when it does not read */
  async input(name: string, data: string | Uint8Array): Promise<void> {
    requireProcessName(name);
    const bytes = Buffer.from(data as string);
    for (let at = 0; at < Math.max(1, bytes.length); at += INPUT_PART) {
      const { code } = await this.runner.job('input', [STATE, name, bytes.subarray(at, at + INPUT_PART)]);
      if (code === NOT_RUNNING)
        throw new AppError('process_not_running', `The process "${name}" does not run.`, {
          remedy: 'Start it first.',
          status: 409,
        });
      if (code !== 0)
        throw new AppError('process_input_full', `The process "${name}" does not read its input.`, {
          remedy: 'Try again when it reads.',
          status: 409,
          retryable: true,
        });
    }
  }

  /** @throws AppError `process_not_killed` (retryable) */
  async kill(name: string): Promise<void> {
    requireProcessName(name);
    const { code } = await this.runner.job('kill', [STATE, name]);
    if (code !== 0)
      throw new AppError('process_not_killed', `The process "${name}" did not end.`, { retryable: true });
  }
}

/** Lines `name running code signal startedAtMs`. */
export function parseStatus(output: Buffer): ProcessStatus[] {
  return output
    .toString('utf8')
    .split('\n')
    .map((line) => /^(\S+) ([01]) (\d+|-) (\d+|-) (\d+)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, name = '', running, code, signal, startedAt]) => ({
      name,
      running: running === '1',
      exitCode: code === '-' ? null : Number(code),
      signal: signal === '-' ? null : signalName(Number(signal)),
      startedAt: new Date(Number(startedAt)).toISOString(),
    }));
}

/** Daytona's ports carry HTTP and WebSockets. */
export function noRawConnections(): AppError {
  return capabilityMissing(
    'open raw connections to a port',
    'Use the route of the port, which serves HTTP and WebSockets.',
  );
}
