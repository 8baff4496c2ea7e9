import { constants } from 'node:os';
import { PassThrough } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { AppError, InvalidInputError, StreamRequestSchema } from '@showrunner/contracts';
import type { StreamMessage, StreamRequest } from '@showrunner/contracts';
import type { ExecResult, Sandbox } from '@showrunner/sandbox';
import type { WebSocket } from 'ws';

const PING_EVERY_MS = 20_000;
/** What a client that reads slowly may have waiting; beyond it output is left out, and said so. */
const MAX_WAITING_BYTES = 8 * 1024 * 1024;
/** Standard output that `execution_complete` repeats. */
const MAX_RESULT_BYTES = 64 * 1024;
const TIMED_OUT = 124;
const FAILED = 1;
/** RFC 6455, 7.4.2: codes from 4000 on are ours. */
const CLOSE_REFUSED = 4000;
const MAX_REASON_BYTES = 120;

type Execution = Exclude<StreamRequest, { type: 'stdin' }>;

/**
 * Runs commands and code of one client, one after the other: each sends its output as `log`, then one `execution_complete`. When the
 * client goes, what runs is ended.
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

  /** Resolves when the client has gone and nothing runs any more. */
  async serve(): Promise<void> {
    const { socket } = this;
    let running: Promise<void> = Promise.resolve();
    const heartbeat = setInterval(() => this.beat(), PING_EVERY_MS);
    socket.on('pong', () => (this.alive = true));
    socket.on('message', (data: Buffer) => {
      try {
        const request = parsed(data);
        if (request.type === 'stdin') this.feed(request);
        else running = this.begin(request);
      } catch (error) {
        this.refuse(error);
      }
    });
    await new Promise<void>((resolve) => {
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
    if (this.input === undefined) throw refusal('no_input', 'Nothing runs that reads standard input.');
    if (data !== '') this.input.write(data);
    if (end) this.input.end();
  }

  private async begin(request: Execution): Promise<void> {
    if (this.busy) return this.refuse(refusal('busy', 'The execution before has not ended.'));
    this.busy = true;
    try {
      const output = new Output(this.socket);
      const done =
        request.type === 'exec' ? await this.exec(request, output) : await this.code(request, output);
      output.end();
      this.send({ type: 'execution_complete', ...done });
    } catch (error) {
      if (!this.gone.signal.aborted) this.refuse(error);
    } finally {
      this.busy = false;
      this.input = undefined;
    }
  }

  private async exec(
    { command, stdin, type: _type, ...options }: Extract<Execution, { type: 'exec' }>,
    output: Output,
  ): Promise<{ exit_code: number; result: string }> {
    this.input = stdin ? new PassThrough() : undefined;
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
      output.add('stderr', Buffer.from(done.error.traceback));
    const exitCode = done.timedOut ? TIMED_OUT : done.error === null ? 0 : FAILED;
    return { exit_code: exitCode, result: done.result ?? '' };
  }

  private send(message: StreamMessage): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(JSON.stringify(message));
  }

  /** There is no message for errors: the close code and its reason tell. */
  private refuse(error: unknown): void {
    const { code, message } = error instanceof AppError ? error : { code: 'internal_error', message: '' };
    const reason = Buffer.from(`${code}: ${message}`)
      .subarray(0, MAX_REASON_BYTES)
      .toString('utf8')
      .replace(/\uFFFD$/, '');
    this.socket.close(CLOSE_REFUSED, reason);
  }
}

/** Output as messages; characters are never cut in two. */
class Output {
  private readonly decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };
  private leftOut = 0;

  constructor(private readonly socket: WebSocket) {}

  add(stream: 'stdout' | 'stderr', chunk: Buffer): void {
    const content = this.decoders[stream].write(chunk);
    if (content === '') return;
    if (this.socket.bufferedAmount > MAX_WAITING_BYTES) {
      this.leftOut += chunk.length;
      return;
    }
    this.tellLeftOut();
    this.send(stream, content);
  }

  end(): void {
    this.tellLeftOut();
    for (const stream of ['stdout', 'stderr'] as const) {
      const rest = this.decoders[stream].end();
      if (rest !== '') this.send(stream, rest);
    }
  }

  private tellLeftOut(): void {
    if (this.leftOut === 0) return;
    this.send('stderr', `[${this.leftOut} bytes of output left out: they came faster than they were read]\n`);
    this.leftOut = 0;
  }

  private send(stream: 'stdout' | 'stderr', content: string): void {
    const message: StreamMessage = { type: 'log', stream, content };
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(JSON.stringify(message));
  }
}

/** As a shell tells it: 124 for a time limit, 128 and the number of the signal. */
function exitCodeOf({ exitCode, signal, timedOut }: ExecResult): number {
  if (timedOut) return TIMED_OUT;
  if (exitCode !== null) return exitCode;
  return 128 + (constants.signals[signal as NodeJS.Signals] ?? constants.signals.SIGKILL);
}

function parsed(data: Buffer): StreamRequest {
  let value: unknown;
  try {
    value = JSON.parse(data.toString('utf8'));
  } catch {
    throw refusal('bad_json', 'The message is not JSON.');
  }
  const result = StreamRequestSchema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw refusal('invalid_input', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

const refusal = (code: string, message: string): InvalidInputError => new InvalidInputError(code, message);
