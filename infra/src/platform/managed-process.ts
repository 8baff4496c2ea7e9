import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { EnvironmentError } from '@showrunner/contracts';
import { LogFile } from './log-file';
import { processFacts } from './process-table';
import { isCrashLooping, restartDelayMs } from './restart-policy';
import { signalGroup } from './signal-group';
import { waitUntil } from './wait-until';

export interface ProcessSpec {
  name: string;
  command: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** Other user to run as; needs root. */
  user?: { uid: number; gid: number };
  /** Written to its standard input, which is then closed. */
  input?: string;
  /** Main port, for people. */
  port?: number;
  stopSignal: NodeJS.Signals;
  /** After this time without an end the whole process group is killed. */
  stopTimeoutMs: number;
  /** Runs before every start, also before a restart; has to end soon, with all that it started, when `signal` asks for it. */
  prepare?: (signal: AbortSignal) => Promise<void> | void;
  /** Whether it serves; asked every 50 ms while it starts. */
  isReady: () => Promise<boolean>;
}

export type ProcessState = 'waiting' | 'starting' | 'ready' | 'restarting' | 'stopped';

export interface ProcessReport {
  name: string;
  state: ProcessState;
  pid: number | null;
  startTime: string | null;
  port: number | null;
  restarts: number;
  /** It ended several times within a minute and does not serve; it is started again and again all the same. */
  crashLooping: boolean;
  /** How it last ended, with the end of its log. */
  lastExit: string | null;
  log: string;
  /** From start to serving. */
  readyMs: number | null;
}

const FAILED_STARTS_UNTIL_GIVING_UP = 3;
const LAST_WORDS_LINES = 3;

/** A process that is kept running: started in its own group, tied to our life, logged, restarted when it ends unasked. */
export class ManagedProcess {
  private child: ChildProcess | undefined;
  private state: ProcessState = 'waiting';
  private wanted = false;
  private exitTimes: number[] = [];
  private lastExit: string | null = null;
  private readyMs: number | null = null;
  private startTime: string | null = null;
  private startedAt = 0;
  private restartTimer: NodeJS.Timeout | undefined;
  private readonly stopping = new AbortController();
  private preparing: Promise<void> | undefined;
  private readonly log: LogFile;

  constructor(
    readonly spec: ProcessSpec,
    private readonly options: {
      setpriv: string;
      logs: string;
      onChange: () => void;
      /** Gets one sentence for each start, unasked end and restart: what and why. */
      tell: (text: string) => void;
    },
  ) {
    this.log = new LogFile(join(options.logs, `${spec.name}.log`));
  }

  report(): ProcessReport {
    return {
      name: this.spec.name,
      state: this.state,
      pid: this.child?.pid ?? null,
      startTime: this.child ? this.startTime : null,
      port: this.spec.port ?? null,
      restarts: this.exitTimes.length,
      crashLooping:
        this.state !== 'stopped' &&
        this.state !== 'ready' &&
        isCrashLooping(this.exitTimes, performance.now()),
      lastExit: this.lastExit,
      log: this.log.path,
      readyMs: this.readyMs,
    };
  }

  /**
   * Starts and waits until it serves.
   * @throws EnvironmentError `component_failed` with the end of its log when it keeps ending or does not serve within `timeoutMs`
   */
  async start(timeoutMs: number): Promise<void> {
    this.wanted = true;
    await this.launch();
    const gaveUp = () => this.state !== 'ready' && this.exitTimes.length >= FAILED_STARTS_UNTIL_GIVING_UP;
    await waitUntil(() => this.state === 'ready' || gaveUp() || !this.wanted, { timeoutMs });
    if (this.state === 'ready' || !this.wanted) return;
    const reason = gaveUp()
      ? `ended ${this.exitTimes.length} times`
      : `did not answer within ${timeoutMs / 1000} s`;
    throw new EnvironmentError('component_failed', `${this.spec.name} ${reason}:\n${this.log.tail(12)}`, {
      remedy: `Read ${this.log.path} for the whole story.`,
      details: { component: this.spec.name },
    });
  }

  /** Ends it gracefully, after `stopTimeoutMs` by force, with everything in its process group. */
  async stop(): Promise<void> {
    this.wanted = false;
    clearTimeout(this.restartTimer);
    this.stopping.abort();
    await this.preparing;
    const child = this.child;
    if (child?.pid !== undefined) {
      signalGroup(child.pid, this.spec.stopSignal, 'leader');
      const ended = await waitUntil(() => this.child !== child, {
        timeoutMs: this.spec.stopTimeoutMs,
        everyMs: 20,
      });
      if (!ended) {
        const why = `did not end within ${this.spec.stopTimeoutMs} ms and is killed`;
        this.note(why);
        this.options.tell(`${this.spec.name} ${why}`);
      }
      signalGroup(child.pid, 'SIGKILL', 'group');
      await waitUntil(() => this.child !== child, { timeoutMs: 5_000, everyMs: 20 });
    }
    this.change('stopped');
  }

  /** Never rejects: a failure counts as an end, and leads to another start. */
  private async launch(): Promise<void> {
    this.change('starting');
    try {
      await this.prepare();
      if (this.wanted) await this.launchPrepared();
    } catch (error) {
      if (!this.wanted) return;
      if (!this.child)
        this.ended(`could not be started: ${error instanceof Error ? error.message : String(error)}`);
      else this.note(`could not be asked whether it serves: ${String(error)}`);
    }
  }

  private async prepare(): Promise<void> {
    const work = Promise.resolve(this.spec.prepare?.(this.stopping.signal));
    this.preparing = work.catch(() => undefined);
    await work;
  }

  private async launchPrepared(): Promise<void> {
    this.startedAt = performance.now();
    const child = this.spawn();
    this.child = child;
    this.startTime = child.pid === undefined ? null : (processFacts(child.pid)?.startTime ?? null);
    this.options.onChange();
    child.once('error', (error) => this.childEnded(child, `could not be started: ${error.message}`));
    child.once('exit', (code, signal) => {
      // What it left in its group would hold its port or its files.
      if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL', 'group');
      this.childEnded(child, signal ? `was ended by ${signal}` : `exited with code ${code}`);
    });
    const isCurrent = () => this.child === child;
    const serves = await waitUntil(async () => !isCurrent() || (await this.spec.isReady()), {
      timeoutMs: Infinity,
    });
    if (!serves || !isCurrent()) return;
    this.readyMs = Math.round(performance.now() - this.startedAt);
    this.change('ready');
    const again = this.exitTimes.length > 0 ? ' again' : '';
    this.options.tell(
      `${this.spec.name} serves${again} (pid ${child.pid}), ${this.readyMs} ms after its start`,
    );
  }

  private spawn(): ChildProcess {
    const { spec } = this;
    // The kernel ends it when we die, however we die.
    const prefix = ['--pdeathsig', 'KILL'];
    if (spec.user) prefix.push(`--reuid=${spec.user.uid}`, `--regid=${spec.user.gid}`, '--clear-groups');
    const child = spawn(this.options.setpriv, [...prefix, '--', spec.command, ...spec.args], {
      cwd: spec.cwd,
      env: spec.env,
      detached: true,
      stdio: [spec.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    child.stdin?.on('error', (error) => this.note(`did not read its input: ${error.message}`));
    child.stdin?.end(spec.input);
    child.stdout?.on('data', (chunk: Buffer) => this.log.write(chunk));
    child.stderr?.on('data', (chunk: Buffer) => this.log.write(chunk));
    return child;
  }

  private childEnded(child: ChildProcess, how: string): void {
    if (this.child !== child) return;
    this.child = undefined;
    if (this.wanted) this.ended(how);
    else this.note(how);
  }

  private ended(how: string): void {
    const lastWords = this.log.tail(LAST_WORDS_LINES);
    this.note(how);
    this.lastExit = `${how}\n${this.log.tail(5)}`;
    const now = performance.now();
    this.exitTimes.push(now);
    this.change('restarting');
    const delayMs = restartDelayMs(this.exitTimes);
    const loop = isCrashLooping(this.exitTimes, now) ? ', crash-looping' : '';
    this.options.tell(
      `${this.spec.name} ${how} ${Math.round(now - this.startedAt)} ms after its start and is started again in ${delayMs} ms ` +
        `(end ${this.exitTimes.length}${loop}); its log ends with:\n${indented(lastWords)}`,
    );
    this.restartTimer = setTimeout(() => void this.launch(), delayMs);
  }

  private note(text: string): void {
    this.log.write(`[supervisor] ${new Date().toISOString()} ${this.spec.name} ${text}\n`);
  }

  private change(state: ProcessState): void {
    this.state = state;
    this.options.onChange();
  }
}

const indented = (text: string): string => text.replace(/^/gm, '    ');
