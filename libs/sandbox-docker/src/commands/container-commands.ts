import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@showrunner/contracts';
import {
  requireEnvironment,
  wordsOf,
  DEFAULT_OUTPUT_BYTES,
  execAborted,
  type FinishedCommand,
  BoundedOutput,
  Hold,
} from '@showrunner/sandbox/provider';
import type { ExecOptions } from '@showrunner/sandbox';
import { sandboxLost, sandboxNotRunning } from '../docker-errors';
import type { EngineClient } from '../engine/engine-client';
import { isRefusal, refusalToAppError, EngineRefusal } from '../engine/engine-error';
import type { ContainerDetails, ContainerStats, ExecState } from '../engine/engine.types';
import { readExitStatus } from './exit-status';
import { oomKilledSince } from './oom-events';
import { drain, exitCodeOf, feed, newMark, startExec, type AttachedExec, type RawExec } from './run-exec';
import { END_SCRIPT, RUN_SCRIPT } from './sweep.text';

const END_TRIES = 5;
const KILLED = 137;
const DEATH_MS = 400;
/** How long an ended tree may hold the streams of its exec, and how long to wait for them before it is looked for again. */
const DRAIN_MS = 10_000;
const CLOSE_MS = 250;

/** The engine also tells whether memory ran out. */
interface FinishedInContainer extends FinishedCommand {
  outOfMemory: boolean;
}

/** Runs commands in one container. The engine can neither limit an exec's time nor end it; trees are ended by their mark, from inside. */
export class ContainerCommands {
  constructor(
    private readonly client: EngineClient,
    readonly container: string,
    private readonly id: string,
    /** Whether it has no container because it is archived. */
    private readonly isArchived: () => Promise<boolean> = () => Promise.resolve(false),
  ) {}

  /** @throws AppError `sandbox_lost`, `sandbox_not_running`, `sandbox_unavailable`, `exec_aborted` */
  async run(command: string | readonly string[], options: ExecOptions = {}): Promise<FinishedInContainer> {
    const cwd = options.cwd ?? '/app';
    const argv = wordsOf(command, cwd);
    requireEnvironment(options.env ?? {});
    if (options.signal?.aborted) throw execAborted(options.signal.reason);
    const mark = newMark();
    const started = performance.now();
    const startedAt = Date.now();
    const { execId, socket } = await this.attach({
      argv: ['/bin/sh', '-c', RUN_SCRIPT, 'showrunner', mark, cwd, ...argv],
      env: { ...options.env, SANDBOX_EXEC: mark },
      stdin: options.stdin !== undefined,
    });
    const limit = options.maxOutputBytes ?? DEFAULT_OUTPUT_BYTES;
    const output = { stdout: new BoundedOutput(limit), stderr: new BoundedOutput(limit) };
    const hold = new Hold(socket);
    const drained = drain(socket, (stream, payload) => {
      output[stream].push(payload);
      hold.take(options.onOutput?.(stream, payload));
    });
    feed(socket, options.stdin);
    let timedOut = false;
    let ending: Promise<void> | undefined;
    const end = () => {
      hold.release();
      return (ending ??= this.endForced(mark, socket, drained));
    };
    const timer =
      options.timeoutMs === undefined
        ? undefined
        : setTimeout(() => ((timedOut = true), void end().catch(() => undefined)), options.timeoutMs);
    const abort = () => void end().catch(() => undefined);
    options.signal?.addEventListener('abort', abort, { once: true });
    // It may have given up while the command was on its way.
    if (options.signal?.aborted) abort();
    try {
      const whole = await drained;
      clearTimeout(timer);
      await ending;
      if (options.signal?.aborted) throw execAborted(options.signal.reason);
      const code = ending === undefined ? await this.exitCode(execId, mark, whole) : 137;
      return {
        ...(ending === undefined ? readExitStatus(code) : { exitCode: null, signal: 'SIGKILL' }),
        ...output,
        timedOut,
        outOfMemory:
          !timedOut && code !== 0 && (await oomKilledSince(this.client, this.container, startedAt, code)),
        durationMs: Math.round(performance.now() - started),
      };
    } finally {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', abort);
      socket.destroy();
    }
  }

  /** Starts an exec without a mark of its own, for programs of ours. */
  async attach(exec: RawExec): Promise<AttachedExec> {
    try {
      return await startExec(this.client, this.container, exec);
    } catch (error) {
      throw await this.explain(error);
    }
  }

  /** Runs a script of ours and gives its output. */
  async script(
    script: string,
    args: readonly string[],
    stdin?: Uint8Array,
  ): Promise<{ code: number; stdout: Buffer }> {
    const { execId, socket } = await this.attach({
      argv: ['/bin/sh', '-c', script, 'showrunner', ...args],
      stdin: stdin !== undefined,
    });
    const chunks: Buffer[] = [];
    try {
      const drained = drain(socket, (stream, payload) => {
        if (stream === 'stdout') chunks.push(Buffer.from(payload));
      });
      feed(socket, stdin);
      const code = await this.exitCode(execId, undefined, await drained);
      return { code, stdout: Buffer.concat(chunks) };
    } finally {
      socket.destroy();
    }
  }

  /** Ends every process that carries the mark. When the sandbox is too full to start a process for that, all of it is ended. */
  async endTree(mark: string): Promise<void> {
    for (let attempt = 1; attempt <= END_TRIES; attempt++) {
      try {
        const { code } = await this.script(END_SCRIPT, [mark]);
        if (code === 0) return;
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'sandbox_start_failed') throw error;
      }
      await delay(50 * attempt);
    }
    await this.client.call('POST', `/containers/${this.container}/restart`, { query: { t: 0 } });
  }

  /** Ends the tree until its streams are closed: one that is only just started may not carry its mark yet. */
  private async endForced(
    mark: string,
    socket: AttachedExec['socket'],
    drained: Promise<boolean>,
  ): Promise<void> {
    const settled = drained.then(
      () => true,
      () => true,
    );
    try {
      for (const until = Date.now() + DRAIN_MS; Date.now() < until;) {
        await this.endTree(mark);
        if (await Promise.race([settled, delay(CLOSE_MS, false)])) return;
      }
    } finally {
      socket.destroy();
    }
  }

  /** The exit code of an exec whose stream has ended; otherwise what became of the sandbox or its engine. */
  private async exitCode(execId: string, mark: string | undefined, whole: boolean): Promise<number> {
    let code: number | undefined;
    try {
      if (whole) code = await exitCodeOf(this.client, execId);
      else {
        const state = await this.client.call<ExecState>('GET', `/exec/${execId}/json`);
        if (!state.Running && state.ExitCode !== null) code = undefined;
      }
    } catch (error) {
      throw await this.explain(error);
    }
    if (code !== undefined && code !== KILLED) return code;
    // Its death looks like that of a command, and the engine learns of it a moment later.
    for (const until = Date.now() + DEATH_MS; Date.now() < until; await delay(DEATH_MS / 4))
      await this.requireRunning();
    if (code !== undefined) return code;
    if (mark !== undefined) await this.endTree(mark);
    throw new AppError(
      'sandbox_unavailable',
      'The connection to the engine broke in the middle of a command, which was ended.',
      {
        remedy: 'Try again.',
        retryable: true,
        status: 503,
      },
    );
  }

  /** One reading of the engine's counters. */
  async stats(): Promise<ContainerStats> {
    try {
      const query = { stream: false, 'one-shot': true };
      return await this.client.call<ContainerStats>('GET', `/containers/${this.container}/stats`, { query });
    } catch (error) {
      throw await this.explain(error);
    }
  }

  async inspect(): Promise<ContainerDetails | undefined> {
    try {
      return await this.client.call<ContainerDetails>('GET', `/containers/${this.container}/json`);
    } catch (error) {
      if (isRefusal(error, 404)) return undefined;
      throw error;
    }
  }

  /** @throws AppError `sandbox_lost`, `sandbox_not_running` */
  async requireRunning(): Promise<void> {
    const details = await this.inspect();
    if (details === undefined)
      throw (await this.isArchived()) ? sandboxNotRunning(this.id, 'archived') : sandboxLost(this.id);
    const { Running, OOMKilled } = details.State;
    if (Running) return;
    if (wasStopped(details)) throw sandboxNotRunning(this.id, 'stopped');
    throw sandboxLost(this.id, OOMKilled);
  }

  /** What a refusal of the engine means for the sandbox. */
  private async explain(error: unknown): Promise<Error> {
    if (!(error instanceof EngineRefusal)) return error as Error;
    try {
      await this.requireRunning();
    } catch (reason) {
      return reason as Error;
    }
    return refusalToAppError(error, 'A command could not be started');
  }
}

const TERMINATED = 143;

/** Stopped by the engine on somebody's word, files kept; anything else that ended it was its death. */
export function wasStopped(details: ContainerDetails): boolean {
  const { Status, ExitCode, OOMKilled } = details.State;
  return Status === 'exited' && !OOMKilled && (ExitCode === TERMINATED || ExitCode === 0);
}
