import { constants } from 'node:os';
import { PassThrough } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { InvalidInputError, StreamRequestSchema, type ErrorCode } from '@showrunner/contracts';
import type { StreamMessage, StreamRequest } from '@showrunner/contracts';
import type { ExecResult, Sandbox } from '@showrunner/sandbox';
import type { WebSocket } from 'ws';
import { closeRefused } from './close-refused';
import { parsedMessage } from './parsed-message';

const PING_EVERY_MS = 20_000;
/** What a client that reads slowly may have waiting; beyond it the command waits until the client has read. */
const MAX_WAITING_BYTES = 1024 * 1024;
/** Standard output that `execution_complete` repeats. */
const MAX_RESULT_BYTES = 64 * 1024;
const TIMED_OUT = 124;
const FAILED = 1;

type Execution = Exclude<StreamRequest, { type: 'stdin' }>;

/**
 * Runs commands and code of one client, one after the other: each sends its output as `log`, then one `execution_complete`. What runs waits
 * for a client that reads slowly, and is ended when the client goes: when it closes, or takes nothing at all between two pings.
 */
export class ExecutionStream {
  private readonly gone = new AbortController();
  private input: PassThrough | undefined;
  private busy = false;
  private alive = true;

  constructor(
    private readonly socket: WebSocket,
    private readonly sandbox: Sandbox,
  ) {}

  /** Resolves when the client has gone and nothing runs any more. @param before messages that have come already */
  async serve(before: readonly Buffer[] = []): Promise<void> {
    const { socket } = this;
    let running: Promise<void> = Promise.resolve();
    const heartbeat = setInterval(() => this.beat(), PING_EVERY_MS);
    socket.on('pong', () => (this.alive = true));
    const take = (data: Buffer): void => {
      try {
        const request = parsedMessage(StreamRequestSchema, data);
        if (request.type === 'stdin') this.feed(request);
        else running = this.begin(request);
      } catch (error) {
        closeRefused(this.socket, error);
      }
    };
    socket.on('message', take);
    for (const data of before) take(data);
    await new Promise<void>((resolve) => {
      if (socket.readyState === socket.CLOSED) resolve();
      socket.once('close', resolve);
      socket.on('error', () => socket.terminate());
    });
    clearInterval(heartbeat);
    this.gone.abort();
    await running;
  }

  private beat(): void {
    if (!this.alive) return this.socket.terminate();
    this.alive = false;
    this.socket.ping();
  }

  private feed({ data, end }: Extract<StreamRequest, { type: 'stdin' }>): void {
    if (this.input === undefined || this.input.writableEnded)
      throw refusal('no_input', 'Nothing runs that reads standard input.');
    if (data !== '') this.input.write(data);
    if (end) this.input.end();
  }

  private async begin(request: Execution): Promise<void> {
    if (this.busy) return closeRefused(this.socket, refusal('busy', 'The execution before has not ended.'));
    this.busy = true;
    try {
      const output = new Output(this.socket, () => (this.alive = true));
      const done =
        request.type === 'exec' ? await this.exec(request, output) : await this.code(request, output);
      output.end();
      this.send({ type: 'execution_complete', ...done });
    } catch (error) {
      if (!this.gone.signal.aborted) closeRefused(this.socket, error);
    } finally {
      this.busy = false;
      this.input = undefined;
    }
  }

  private async exec(
    { command, stdin, type: _type, ...options }: Extract<Execution, { type: 'exec' }>,
    output: Output,
  ): Promise<{ exit_code: number; result: string }> {
    // As with a pipe: what a command does not read is lost.
    this.input = stdin ? new PassThrough().on('error', () => undefined) : undefined;
    const done = await this.sandbox.exec(command, {
      ...options,
      ...(this.input === undefined ? {} : { stdin: this.input }),
      signal: this.gone.signal,
      maxOutputBytes: MAX_RESULT_BYTES,
      onOutput: (stream, chunk) => output.add(stream, chunk),
    });
    return { exit_code: exitCodeOf(done), result: done.stdout };
  }

  private async code(
    { code, type: _type, ...options }: Extract<Execution, { type: 'code' }>,
    output: Output,
  ): Promise<{ exit_code: number; result: string }> {
    const done = await this.sandbox.interpreter.run(code, {
      ...options,
      signal: this.gone.signal,
      onOutput: (stream, chunk) => output.add(stream, chunk),
    });
    if (done.error !== null && !done.stderr.includes(done.error.traceback))
      await output.add('stderr', Buffer.from(done.error.traceback));
    const exitCode = done.timedOut ? TIMED_OUT : done.error === null ? 0 : FAILED;
    return { exit_code: exitCode, result: done.result ?? '' };
  }

  private send(message: StreamMessage): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(JSON.stringify(message));
  }
}

/** Output as messages; characters are never cut in two. */
class Output {
  private readonly decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };

  /** @param onTaken the client has read on */
  constructor(
    private readonly socket: WebSocket,
    private readonly onTaken: () => void,
  ) {}

  /** Answers a promise when the client has too much to read already; it resolves when that was read, or the client has gone. */
  add(stream: 'stdout' | 'stderr', chunk: Buffer): Promise<void> | undefined {
    const content = this.decoders[stream].write(chunk);
    if (content === '') return undefined;
    const taken = this.send(stream, content);
    return this.socket.bufferedAmount > MAX_WAITING_BYTES ? taken : undefined;
  }

  end(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      const rest = this.decoders[stream].end();
      if (rest !== '') void this.send(stream, rest);
    }
  }

  private send(stream: 'stdout' | 'stderr', content: string): Promise<void> {
    const message: StreamMessage = { type: 'log', stream, content };
    if (this.socket.readyState !== this.socket.OPEN) return Promise.resolve();
    return new Promise((resolve) => {
      this.socket.send(JSON.stringify(message), (error) => {
        if (!error) this.onTaken();
        resolve();
      });
    });
  }
}

/** As a shell tells it: 124 for a time limit, 128 and the number of the signal. */
function exitCodeOf({ exitCode, signal, timedOut }: ExecResult): number {
  if (timedOut) return TIMED_OUT;
  if (exitCode !== null) return exitCode;
  return 128 + (constants.signals[signal as NodeJS.Signals] ?? constants.signals.SIGKILL);
}

const refusal = (code: ErrorCode, message: string): InvalidInputError => new InvalidInputError(code, message);
