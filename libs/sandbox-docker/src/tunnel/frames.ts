import { AppError } from '@showrunner/contracts';

/** One byte kind, 4 bytes stream, 4 bytes length, payload; numbers big endian. */
export const FRAME = {
  /** To the bridge: connect to the port (decimal) inside. From it: a program inside came to the proxy's port. */
  open: 1,
  opened: 2,
  refused: 3,
  data: 4,
  /** No more data in this direction. */
  end: 5,
  reset: 6,
  /** So many bytes (4 bytes) were consumed; the other side may send as many again. */
  credit: 7,
  /** Listen on the port (decimal) of 127.0.0.1 for programs that look for the proxy; stream 0. Answered by opened or refused. */
  listen: 8,
  unlisten: 9,
} as const;

export const HEADER_BYTES = 9;
export const MAX_PAYLOAD = 64 * 1024;
/** What may be on its way in one direction of one stream. */
export const WINDOW_BYTES = 256 * 1024;

export interface Frame {
  kind: number;
  stream: number;
  payload: Buffer;
}

export function encodeFrame(kind: number, stream: number, payload: Uint8Array = Buffer.alloc(0)): Buffer {
  const frame = Buffer.allocUnsafe(HEADER_BYTES + payload.length);
  frame.writeUInt8(kind, 0);
  frame.writeUInt32BE(stream, 1);
  frame.writeUInt32BE(payload.length, 5);
  frame.set(payload, HEADER_BYTES);
  return frame;
}

/** Reads frames from chunks that are cut anywhere. The bridge runs among hostile programs: its bytes are held to the protocol. */
export class FrameReader {
  private rest = Buffer.alloc(0);

  /** @throws AppError `sandbox_bridge_malformed` */
  push(chunk: Buffer): Frame[] {
    let all = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const frames: Frame[] = [];
    while (all.length >= HEADER_BYTES) {
      const kind = all.readUInt8(0);
      const length = all.readUInt32BE(5);
      if (kind < FRAME.open || kind > FRAME.unlisten || length > MAX_PAYLOAD)
        throw new AppError(
          'sandbox_bridge_malformed',
          'The bridge into the sandbox sent what it never would.',
          {
            remedy: 'Something in the sandbox interferes with it; build again.',
          },
        );
      if (all.length < HEADER_BYTES + length) break;
      const payload = Buffer.from(all.subarray(HEADER_BYTES, HEADER_BYTES + length));
      frames.push({ kind, stream: all.readUInt32BE(1), payload });
      all = all.subarray(HEADER_BYTES + length);
    }
    this.rest = Buffer.from(all);
    return frames;
  }
}
