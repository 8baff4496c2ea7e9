import { Duplex } from 'node:stream';
import { AppError } from '@showrunner/contracts';
import { encodeFrame, FRAME, MAX_PAYLOAD, WINDOW_BYTES } from './frames';

/** One TCP connection inside, carried over the tunnel. Each direction keeps to the window that the other side grants. */
export class TunnelStream extends Duplex {
  private credit = WINDOW_BYTES;
  private waiting?: () => void;
  private unread = 0;
  private received = 0;

  constructor(
    private readonly number: number,
    private readonly sendFrame: (frame: Buffer) => void,
    private readonly gone: () => void,
  ) {
    super({ allowHalfOpen: true, readableHighWaterMark: WINDOW_BYTES });
    // A break shows as `close`; whoever wants to know more listens himself.
    this.on('error', () => undefined);
  }

  takeData(payload: Buffer): void {
    this.received += payload.length;
    this.unread += payload.length;
    if (this.received > WINDOW_BYTES) return void this.destroy(overrun());
    if (this.push(payload)) this.grant();
  }

  takeEnd(): void {
    this.push(null);
  }

  takeReset(): void {
    this.resetByPeer = true;
    this.destroy();
  }
  private resetByPeer = false;

  takeCredit(bytes: number): void {
    this.credit = Math.min(this.credit + bytes, WINDOW_BYTES);
    const go = this.waiting;
    this.waiting = undefined;
    go?.();
  }

  override _read(): void {
    this.grant();
  }

  private grant(): void {
    if (this.unread === 0) return;
    const size = Buffer.alloc(4);
    size.writeUInt32BE(this.unread);
    this.received -= this.unread;
    this.unread = 0;
    this.sendFrame(encodeFrame(FRAME.credit, this.number, size));
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    let rest = chunk;
    const step = () => {
      while (rest.length > 0) {
        if (this.credit === 0) {
          this.waiting = step;
          return;
        }
        const part = rest.subarray(0, Math.min(this.credit, MAX_PAYLOAD));
        this.credit -= part.length;
        rest = rest.subarray(part.length);
        this.sendFrame(encodeFrame(FRAME.data, this.number, part));
      }
      done();
    };
    step();
  }

  override _final(done: (error?: Error | null) => void): void {
    this.sendFrame(encodeFrame(FRAME.end, this.number));
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    const clean = this.readableEnded && this.writableFinished;
    if (!clean && !this.resetByPeer) this.sendFrame(encodeFrame(FRAME.reset, this.number));
    this.gone();
    done(error);
  }
}

function overrun(): AppError {
  return new AppError('sandbox_bridge_malformed', 'The bridge sent more than it may.');
}
