import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@showrunner/contracts';
import type { Sandbox as Box } from '@daytonaio/sdk';
import type { DaytonaConnection } from '../daytona-connection';
import { execAborted, allTaken } from '@showrunner/sandbox/provider';
import { asAppError, refusalOf, sandboxLost } from '../daytona-errors';
import { FrameReader, type Frame } from './frames';
import { LogDemux } from './log-demux';
import { followLog, type LogEnd } from './log-socket';

export interface RunJob {
  /** Shell text that starts the supervisor. */
  text: string;
  /** Sent line by line after the start, at most so long as the command reads. */
  input?: Readable;
  signal?: AbortSignal;
  /** A promise: nothing more of the log is read until it is settled. */
  onFrame: (frame: Frame) => unknown;
}

export interface RunEnd {
  exitCode: number | null;
  signal: number | null;
  timedOut: boolean;
  /** What came outside the supervisor's lines: shells and Perl complaining. */
  complaints: string;
}

export interface RunLimits {
  /** The supervisor gives a sign of life every 3 s. */
  silenceMs: number;
  /** Connections to the log in a row that brought nothing new. */
  reconnects: number;
}

export const DEFAULT_RUN_LIMITS: RunLimits = { silenceMs: 15_000, reconnects: 3 };

const INPUT_CHUNK = 512 * 1024;
const KEPT_COMPLAINTS = 4096;
const PIECE_BYTES = 64 * 1024;

/** Runs one job of the supervisor in a session of its own, which is deleted at the end with everything that still runs in it. */
export class SupervisedRun {
  private readonly session = `showrunner-${randomBytes(8).toString('hex')}`;
  private readonly over = new AbortController();
  private end?: Extract<Frame, { kind: 'exit' }>;
  private complaints = '';
  private received = 0;
  private inputFailure?: AppError;
  private readonly busy: Promise<unknown>[] = [];

  constructor(
    private readonly id: string,
    private readonly box: Box,
    private readonly connection: DaytonaConnection,
    private readonly limits: RunLimits,
  ) {}

  /** @throws AppError `exec_aborted` after everything has ended, `sandbox_lost`, `sandbox_not_running`, `sandbox_unavailable` */
  async run(job: RunJob): Promise<RunEnd> {
    const { signal } = job;
    if (signal?.aborted) throw execAborted(signal.reason);
    const abort = () => this.over.abort();
    signal?.addEventListener('abort', abort, { once: true });
    try {
      const command = await this.start(job.text);
      const input = this.sendInput(command, job.input);
      input.catch(() => undefined); // told below
      await this.follow(command, job.onFrame);
      this.over.abort();
      await input;
      if (signal?.aborted && this.end === undefined) throw execAborted(signal.reason);
      if (this.inputFailure !== undefined) throw this.inputFailure;
      return this.ended();
    } catch (error) {
      if (job.signal?.aborted) throw execAborted(job.signal.reason);
      throw error;
    } finally {
      signal?.removeEventListener('abort', abort);
      this.over.abort();
      const deleted = this.deleteSession();
      // What has ended needs no waiting for; what was given up has to be over when the caller hears of it.
      if (this.end === undefined) await deleted;
    }
  }

  private async start(text: string): Promise<string> {
    const { process: sessions } = this.box;
    await this.answered('open a session', async () => {
      try {
        await sessions.createSession(this.session);
      } catch (error) {
        // It is there from an attempt whose answer was lost.
        if (refusalOf(error).status !== 409) throw error;
      }
    });
    const request = { command: text, runAsync: true, suppressInputEcho: true };
    return this.answered('run a command', async () => {
      // A repeated attempt must not run it twice.
      const known = await this.knownCommand();
      return known ?? (await sessions.executeSessionCommand(this.session, request)).cmdId;
    });
  }

  private attempts = 0;
  private async knownCommand(): Promise<string | undefined> {
    if (this.attempts++ === 0) return undefined;
    const { commands } = await this.box.process.getSession(this.session);
    return commands?.[0]?.id;
  }

  private answered<T>(action: string, work: () => Promise<T>): Promise<T> {
    return this.connection.call(action, work, { signal: this.over.signal }).catch(async (error: unknown) => {
      throw await this.explained(asAppError(action, error));
    });
  }

  /** A toolbox that does not answer may be that of a box that is no more. */
  private async explained(error: AppError): Promise<AppError> {
    if (!['sandbox_refused', 'sandbox_unavailable', 'sandbox_not_running'].includes(error.code)) return error;
    const state = await this.currentState();
    return state === 'gone' || state === 'error' ? sandboxLost(this.id) : error;
  }

  private async currentState(): Promise<string | undefined> {
    try {
      await this.box.refreshData();
      return this.box.state === 'destroyed' || this.box.state === 'destroying' ? 'gone' : this.box.state;
    } catch (error) {
      return refusalOf(error).status === 404 ? 'gone' : undefined;
    }
  }

  /** Reads the log until the supervisor says that all is over. A connection that breaks is made again: the log is told from its start. */
  private async follow(command: string, onFrame: RunJob['onFrame']): Promise<void> {
    const frames = new FrameReader(
      (frame) => {
        if (frame.kind !== 'exit') {
          const answer = onFrame(frame);
          if (answer instanceof Promise) this.busy.push(answer);
          return;
        }
        this.end = frame;
        this.over.abort();
      },
      (line) => this.complain(line),
    );
    const demux = new LogDemux((stream, bytes) =>
      stream === 'stdout' ? frames.push(bytes) : this.complain(bytes.toString()),
    );
    for (let idle = 0; this.end === undefined;) {
      const before = this.received;
      const how = await this.connect(command, demux);
      if (this.end !== undefined || how === 'aborted') return;
      if (how === 'missing') throw await this.lost('its session is gone');
      if (how === 'closed' && (await this.hasEnded(command))) {
        // Once more from where we were: the last lines may have come between.
        if (this.received === before) return;
        idle = 0;
        continue;
      }
      idle = this.received > before ? 0 : idle + 1;
      const state = await this.currentState();
      if (state === 'gone') throw sandboxLost(this.id);
      if (state !== undefined && state !== 'started') throw sandboxLost(this.id, `it is "${state}"`);
      if (idle >= this.limits.reconnects) throw await this.lost('it does not answer any more');
      await delay(100 * 2 ** idle, undefined, { signal: this.over.signal }).catch(() => undefined);
    }
  }

  private connect(command: string, demux: LogDemux): Promise<LogEnd> {
    let skip = this.received;
    const base = `${this.box.toolboxProxyUrl.replace(/\/$/, '')}/${this.box.id}`.replace(/^http/, 'ws');
    return followLog({
      url: `${base}/process/session/${this.session}/command/${command}/logs?follow=true`,
      headers: this.connection.headers(),
      previewToken: async () => (await this.box.getPreviewLink(1)).token,
      silenceMs: this.limits.silenceMs,
      signal: this.over.signal,
      onBytes: (bytes) => {
        const fresh = bytes.subarray(Math.min(skip, bytes.length));
        skip -= bytes.length - fresh.length;
        this.received += fresh.length;
        return this.taken(demux, fresh);
      },
    });
  }

  /** A message can hold all that a command has said: whoever reads slowly gets it piece by piece, too. */
  private taken(demux: LogDemux, bytes: Buffer): Promise<void> | undefined {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      demux.push(bytes.subarray(at, at + PIECE_BYTES));
      const taken = allTaken(this.busy.splice(0));
      if (taken !== undefined) return taken.then(() => this.taken(demux, bytes.subarray(at + PIECE_BYTES)));
    }
    return undefined;
  }

  private async lost(how: string): Promise<AppError> {
    const state = await this.currentState();
    return sandboxLost(this.id, state === undefined ? 'Daytona does not answer any more' : how);
  }

  private async hasEnded(command: string): Promise<boolean> {
    try {
      return (await this.box.process.getSessionCommand(this.session, command)).exitCode !== undefined;
    } catch {
      return false; // the state of the box decides
    }
  }

  private complain(text: string): void {
    if (this.complaints.length < KEPT_COMPLAINTS) this.complaints += text;
  }

  /** Without a last word the supervisor was killed, and its whole tree is swept by the caller. */
  private ended(): RunEnd {
    const complaints = this.complaints.slice(0, KEPT_COMPLAINTS);
    const { exitCode = null, signal = 9, timedOut = false } = this.end ?? {};
    return { exitCode, signal, timedOut, complaints };
  }

  get wasKilled(): boolean {
    return this.end === undefined;
  }

  /** @throws AppError when input was lost while the command still runs */
  private async sendInput(command: string, input: Readable | undefined): Promise<void> {
    if (input === undefined) return;
    input.on('error', () => undefined); // as with a pipe: what came is the input
    const stop = () => input.destroy();
    this.over.signal.addEventListener('abort', stop, { once: true });
    let count = 0;
    try {
      for await (const chunk of input) {
        const bytes = Buffer.from(chunk as Uint8Array);
        for (let at = 0; at < bytes.length; at += INPUT_CHUNK) {
          const part = bytes.subarray(at, at + INPUT_CHUNK).toString('base64');
          if (!(await this.sendLine(command, `D ${count++} ${part}`))) return;
        }
      }
    } catch (error) {
      if (error instanceof AppError) throw error;
    }
    await this.sendLine(command, '.');
  }

  /** @returns whether more may be sent */
  private async sendLine(command: string, line: string): Promise<boolean> {
    const { signal } = this.over;
    if (signal.aborted) return false;
    try {
      const send = () => this.box.process.sendSessionCommandInput(this.session, command, `${line}\n`);
      await this.connection.call('send input', send, { signal });
      return true;
    } catch (error) {
      // What is over takes no input, by right; the log may tell it a moment later.
      for (let look = 0; look < 20 && !signal.aborted; look++) {
        if (await this.hasEnded(command)) return false;
        await delay(100, undefined, { signal }).catch(() => undefined);
      }
      if (signal.aborted) return false;
      this.inputFailure = asAppError('send input', error);
      this.over.abort();
      throw this.inputFailure;
    }
  }

  private async deleteSession(): Promise<void> {
    try {
      await this.box.process.deleteSession(this.session);
    } catch {
      // It ends with the box at the latest.
    }
  }
}
