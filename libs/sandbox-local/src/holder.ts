import { spawn, type ChildProcess } from 'node:child_process';
import { open, readFile, writeFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@showrunner/contracts';
import { DISK } from './disk-image';
import { HOST_ENVIRONMENT } from './enter';
import { HOLDER_FILES, holderCommand, MOUNTED, READY, type HolderOptions } from './holder-command';

/** Where bubblewrap writes the pid of process 1; lies beside the image. */
export const HOLDER_INFO = 'holder.json';
const HOLDER_PID = 'holder.pid';
const START_TIMEOUT_MS = 15_000;
const MAX_SAID = 1000;

/**
 * The process that becomes a sandbox. With its disk mounted it waits until it is told which one; until then it belongs to this process
 * alone and ends with it, whatever ends that.
 */
export class Holder {
  private said = '';
  private complained = '';
  /** Why it ended. */
  readonly ended: Promise<string>;

  constructor(
    private readonly child: ChildProcess,
    readonly hostUid: number | undefined,
  ) {
    this.ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(`its holder ended with ${signal ?? code}`));
    });
    child.stdin?.on('error', () => undefined); // it ended first
    child.stdout?.on('data', (chunk: Buffer) => (this.said += chunk.toString('latin1')));
    child.stderr?.on('data', (chunk: Buffer) => {
      this.complained = (this.complained + chunk.toString('utf8')).slice(-MAX_SAID);
    });
    // Waiting for its next use, it keeps nobody from ending.
    child.unref();
    for (const stream of child.stdio) if (stream instanceof Socket) stream.unref();
  }

  /** @throws AppError `sandbox_start_failed` (retryable), once it has ended */
  async waitFor(word: string): Promise<void> {
    const timer = new AbortController();
    const heard = new Promise<undefined>((resolve) => {
      const look = () => void (this.said.includes(word) && resolve(undefined));
      this.child.stdout?.on('data', look);
      look();
    });
    const late = delay(START_TIMEOUT_MS, `nothing within ${START_TIMEOUT_MS} ms`, { signal: timer.signal });
    const failure = await Promise.race([heard, this.ended, late]).finally(() => {
      late.catch(() => undefined);
      timer.abort();
    });
    if (failure === undefined) return;
    await this.end();
    throw startFailed(failure, this.complained.trim());
  }

  /**
   * Joins groups, by their files as `ControlGroup.enter` gives them. Before `become`, so that nothing of the sandbox runs outside.
   * @throws AppError `sandbox_start_failed` (retryable)
   */
  async join(files: readonly string[]): Promise<void> {
    try {
      await Promise.all(files.map((file) => writeFile(file, String(this.child.pid), { flag: 'r+' })));
    } catch (error) {
      throw startFailed('its holder could not join the control groups', String(error));
    }
  }

  /**
   * From here on it belongs to nobody: it goes on when this process ends.
   * @param folder of the sandbox, where `holder.json` lies; what ends a sandbox whose creator died is written there first
   * @returns pids of bubblewrap's outer process and of process 1 inside, as the host sees them
   * @throws AppError `sandbox_start_failed` (retryable)
   */
  async become(id: string, folder: string): Promise<{ holderPid: number; initPid: number }> {
    const { child } = this;
    await writeFile(join(folder, HOLDER_PID), `${child.pid}\n`);
    child.stdin?.end(`${id}\n`);
    await this.waitFor(READY);
    child.stdout?.destroy();
    child.stderr?.destroy();
    const text = await readFile(join(folder, HOLDER_INFO), 'utf8');
    return { holderPid: child.pid ?? 0, initPid: Number(/"child-pid": (\d+)/.exec(text)?.[1]) };
  }

  /** Ends it where it waits; what it has become is ended by the sandbox's folder and groups. */
  async end(): Promise<void> {
    const { child } = this;
    child.stdin?.destroy();
    child.ref(); // its end is waited for
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      child.kill('SIGKILL');
    await this.ended;
  }
}

function startFailed(reason: string, said: string): AppError {
  return new AppError(
    'sandbox_start_failed',
    `The sandbox did not start: ${reason}${said === '' ? '' : `: ${said}`}.`,
    { remedy: 'Run `showrunner doctor` to see what this machine lacks.', retryable: true },
  );
}

/**
 * Starts a holder, detached from this process, and waits until its disk is mounted.
 * @throws AppError `sandbox_start_failed` (retryable)
 */
export async function mountHolder(options: HolderOptions): Promise<Holder> {
  const opened = await Promise.all([
    open(join(options.folder, HOLDER_INFO), 'w+', 0o600),
    ...HOLDER_FILES.map((name) =>
      open((name === 'hosts' ? options.hostsFile : undefined) ?? join(options.etcDir, name), 'r'),
    ),
  ]);
  try {
    const [file = 'sh', ...args] = holderCommand(options, join(options.folder, DISK));
    const child = spawn(file, args, {
      cwd: '/',
      detached: true,
      env: HOST_ENVIRONMENT,
      stdio: ['pipe', 'pipe', 'pipe', ...opened.map((handle) => handle.fd)],
    });
    const holder = new Holder(child, options.hostUid);
    await holder.waitFor(MOUNTED);
    return holder;
  } finally {
    await Promise.all(opened.map((handle) => handle.close()));
  }
}
