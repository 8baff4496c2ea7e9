import { randomInt } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { AppError, InvalidInputError } from '@showrunner/contracts';
import type { ContainerCommands } from '../commands/container-commands';
import { drain } from '../commands/run-exec';
import { NODE_BRIDGE } from './bridge-node.text';
import { PERL_BRIDGE } from './bridge-perl.text';
import { PYTHON_BRIDGE } from './bridge-python.text';
import { encodeFrame, FRAME, FrameReader, type Frame } from './frames';
import { unreachable } from './plain-connection';
import { TunnelStream } from './tunnel-stream';

const START_MS = 20_000;
const CONNECT_MS = 5000;
const MAX_STREAMS = 1024;
/** Python first: it is one small process. */
const CHOOSE = `if command -v python3 >/dev/null 2>&1; then exec python3 -u -c "$1"; fi
if command -v node >/dev/null 2>&1; then exec node -e "$2"; fi
if perl -MSocket -MFcntl -MErrno -e 1 >/dev/null 2>&1; then exec perl -e "$3"; fi
exit 44`;

type Answer = (frame: Frame | undefined) => void;

/**
 * A bridge process inside and the exec that it hangs on: carries TCP connections in both directions between this process and the
 * container, which has no network. When this process dies, the bridge ends, and with it every way in and out.
 */
export class Tunnel {
  private readonly streams = new Map<number, TunnelStream>();
  private readonly answers = new Map<number, Answer>();
  private readonly reader = new FrameReader();
  private next = 1;
  private queue: Promise<unknown> = Promise.resolve();
  private closedBy?: Error;
  /** Where connections of programs inside go; undefined: they are refused. */
  onOutward?: (stream: Duplex) => void;

  private constructor(private readonly socket: Duplex) {}

  /** @throws AppError `sandbox_capability_missing` when the image has neither Python nor Node.js nor Perl; what `attach` throws */
  static async open(commands: ContainerCommands): Promise<Tunnel> {
    const mark = String(randomInt(2 ** 40));
    const { socket } = await commands.attach({
      argv: ['/bin/sh', '-c', CHOOSE, 'showrunner', PYTHON_BRIDGE, NODE_BRIDGE, PERL_BRIDGE],
      env: { SANDBOX_EXEC: `bridge-${mark}` },
      stdin: true,
    });
    const tunnel = new Tunnel(socket);
    const ready = tunnel.answer(0, START_MS);
    drain(socket, (stream, payload) => {
      if (stream === 'stdout') tunnel.take(payload);
    }).then(
      () => tunnel.close(),
      () => tunnel.close(),
    );
    if ((await ready)?.kind === FRAME.opened) return tunnel;
    tunnel.close();
    await commands.requireRunning();
    throw unreachable();
  }

  get closed(): boolean {
    return this.closedBy !== undefined || this.socket.destroyed;
  }

  /** A raw stream to a TCP port inside. @throws AppError `port_refused`, `port_timeout` (both retryable), `port_invalid` */
  async connect(port: number): Promise<Duplex> {
    if (!Number.isInteger(port) || port < 1 || port > 65535)
      throw new InvalidInputError('port_invalid', `${port} is not a TCP port.`);
    const number = this.next;
    this.next += 2;
    // Known before the answer: data may come right behind it.
    const stream = this.add(number);
    const answered = this.answer(number, CONNECT_MS);
    this.send(encodeFrame(FRAME.open, number, Buffer.from(String(port))));
    const answer = await answered;
    if (answer?.kind === FRAME.opened) return stream;
    stream.destroy();
    if (answer?.kind === FRAME.refused)
      throw new AppError('port_refused', `Nothing listens on port ${port} in the sandbox.`, {
        status: 502,
        retryable: true,
      });
    throw new AppError('port_timeout', 'The port did not answer.', { status: 504, retryable: true });
  }

  /** @returns false when the port is taken inside: by another process of this platform, or by a program of the app */
  listen(port: number): Promise<boolean> {
    return this.ask(encodeFrame(FRAME.listen, 0, Buffer.from(String(port))));
  }

  /** Closes the port and every connection that came by it. */
  async unlisten(): Promise<void> {
    for (const [number, stream] of this.streams) if (number % 2 === 0) stream.destroy();
    await this.ask(encodeFrame(FRAME.unlisten, 0));
  }

  /** One question at a time: answers on stream 0 carry no number. */
  private ask(frame: Buffer): Promise<boolean> {
    const asked = this.queue.then(async () => {
      if (this.closed) return false;
      const answered = this.answer(0, CONNECT_MS);
      this.send(frame);
      return (await answered)?.kind === FRAME.opened;
    });
    this.queue = asked.catch(() => undefined);
    return asked;
  }

  private answer(number: number, timeoutMs: number): Promise<Frame | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle(undefined), timeoutMs);
      const settle: Answer = (frame) => {
        clearTimeout(timer);
        this.answers.delete(number);
        resolve(frame);
      };
      if (this.closed) settle(undefined);
      else this.answers.set(number, settle);
    });
  }

  private add(number: number): TunnelStream {
    const stream = new TunnelStream(
      number,
      (frame) => this.send(frame),
      () => this.streams.delete(number),
    );
    this.streams.set(number, stream);
    return stream;
  }

  private send(frame: Buffer): void {
    if (!this.closed) this.socket.write(frame);
  }

  private take(chunk: Buffer): void {
    try {
      for (const frame of this.reader.push(chunk)) this.takeFrame(frame);
    } catch (error) {
      this.close(error as Error);
    }
  }

  private takeFrame(frame: Frame): void {
    const { kind, stream: number, payload } = frame;
    if (kind === FRAME.opened || kind === FRAME.refused) return this.answers.get(number)?.(frame);
    if (kind === FRAME.open) return this.takeOutward(number);
    const stream = this.streams.get(number);
    if (kind === FRAME.data) stream?.takeData(payload);
    else if (kind === FRAME.end) stream?.takeEnd();
    else if (kind === FRAME.reset) stream?.takeReset();
    else if (kind === FRAME.credit && payload.length === 4) stream?.takeCredit(payload.readUInt32BE(0));
  }

  private takeOutward(number: number): void {
    const wanted = this.onOutward !== undefined && number % 2 === 0 && number > 0;
    if (!wanted || this.streams.has(number) || this.streams.size >= MAX_STREAMS)
      return this.send(encodeFrame(FRAME.reset, number));
    this.onOutward?.(this.add(number));
  }

  close(
    reason: Error = new AppError('sandbox_bridge_closed', 'The bridge was closed.', { retryable: true }),
  ): void {
    this.closedBy ??= reason;
    for (const settle of [...this.answers.values()]) settle(undefined);
    for (const stream of [...this.streams.values()]) stream.destroy();
    this.socket.destroy();
  }
}
