import { AppError } from '@showrunner/contracts';
import type { SandboxProcesses } from '@showrunner/sandbox/provider';
import type { ExecOptions, ProcessStatus } from '@showrunner/sandbox';
import type { ContainerCommands } from '../commands/container-commands';
import { readExitStatus } from '../commands/exit-status';
import { isProcessName, requireEnvironment, requireProcessName, wordsOf } from '@showrunner/sandbox/provider';
import { drain, newMark } from '../commands/run-exec';
import { processNotRunning } from '../docker-errors';
import { INPUT_SCRIPT, KILL_SCRIPT, LOG_SCRIPT, START_SCRIPT, STATUS_SCRIPT } from './processes.text';

const DEFAULT_LOG_BYTES = 64 * 1024;
const MAX_INPUT_BYTES = 1024 ** 2;
const START_MS = 20_000;
const INPUT_MS = 5000;

/** Processes that outlive their caller: each is an exec that nobody is attached to, with its log and status inside. */
export class DockerProcesses implements SandboxProcesses {
  constructor(private readonly commands: ContainerCommands) {}

  async start(
    name: string,
    command: string,
    options: Pick<ExecOptions, 'cwd' | 'env'> = {},
  ): Promise<ProcessStatus> {
    requireProcessName(name);
    const cwd = options.cwd ?? '/app';
    wordsOf([command], cwd);
    requireEnvironment(options.env ?? {});
    const mark = newMark();
    const startedAt = new Date().toISOString();
    const { socket } = await this.commands.attach({
      argv: [
        '/bin/sh',
        '-c',
        START_SCRIPT,
        'showrunner',
        mark,
        name,
        startedAt,
        cwd,
        '/bin/sh',
        '-c',
        command,
      ],
      env: { ...options.env, SANDBOX_EXEC: mark },
    });
    let said = '';
    let told = (_text: string) => {};
    const line = new Promise<string>((resolve) => (told = resolve));
    const timer = setTimeout(() => told(''), START_MS);
    const drained = drain(socket, (stream, payload) => {
      if (stream === 'stdout') said += payload.toString();
      if (said.includes('\n')) told(said);
    });
    try {
      const [status] = readLines(await Promise.race([line, drained.then(() => said)]));
      if (status !== undefined) return status;
    } finally {
      clearTimeout(timer);
      socket.destroy();
    }
    await this.commands.requireRunning();
    throw new AppError('process_not_started', `The process "${name}" could not be started.`, {
      remedy: 'See whether the disk of the sandbox is full, or its number of processes used up.',
      retryable: true,
    });
  }

  async list(): Promise<ProcessStatus[]> {
    const { stdout } = await this.commands.script(STATUS_SCRIPT, ['']);
    return readLines(stdout.toString());
  }

  async status(name: string): Promise<ProcessStatus | undefined> {
    requireProcessName(name);
    const { stdout } = await this.commands.script(STATUS_SCRIPT, [name]);
    return readLines(stdout.toString())[0];
  }

  async log(name: string, tailBytes = DEFAULT_LOG_BYTES): Promise<string> {
    requireProcessName(name);
    const { stdout } = await this.commands.script(LOG_SCRIPT, [
      name,
      String(Math.max(0, Math.floor(tailBytes))),
    ]);
    return stdout.toString('utf8');
  }

  /** @throws AppError `process_not_running`, `process_input_full` */
  async input(name: string, data: string | Uint8Array): Promise<void> {
    requireProcessName(name);
    const bytes = Buffer.from(data as Uint8Array);
    const done =
      bytes.length > MAX_INPUT_BYTES
        ? undefined
        : await this.commands.run(['/bin/sh', '-c', INPUT_SCRIPT, 'showrunner', name], {
            cwd: '/',
            stdin: bytes,
            timeoutMs: INPUT_MS,
          });
    if (done?.exitCode === 3) throw processNotRunning(name);
    if (done?.exitCode !== 0)
      throw new AppError('process_input_full', `The process "${name}" does not read its input.`, {
        retryable: true,
        status: 409,
      });
  }

  /** @throws AppError `process_not_killed` (retryable) */
  async kill(name: string): Promise<void> {
    requireProcessName(name);
    const { code } = await this.commands.script(KILL_SCRIPT, [name]);
    if (code !== 0)
      throw new AppError('process_not_killed', `The process "${name}" did not end.`, { retryable: true });
  }
}

/** Lines `name running|ended code|none start`; what the sandbox may have changed about them is left out. */
function readLines(text: string): ProcessStatus[] {
  return text.split('\n').flatMap((line): ProcessStatus[] => {
    const [name = '', state, code = '', startedAt = ''] = line.split(' ');
    if (!isProcessName(name) || Number.isNaN(Date.parse(startedAt))) return [];
    if (state === 'running') return [{ name, running: true, exitCode: null, signal: null, startedAt }];
    // Nobody wrote how it ended: its shim was ended with it.
    const status = readExitStatus(/^\d{1,3}$/.test(code) ? Number(code) : 137);
    return [{ name, running: false, ...status, startedAt }];
  });
}
