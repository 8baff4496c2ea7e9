import { AppError } from '@showrunner/contracts';

const HEADER_BYTES = 8;
const STREAMS = { 1: 'stdout', 2: 'stderr' } as const;

/**
 * Takes the multiplexed stream of an attached exec apart: frames of 1 byte stream, 3 bytes zero, 4 bytes length (big endian), payload.
 * Frames may be cut anywhere between two chunks; payload is handed on as it comes, so that no frame is ever held whole.
 */
export class Demultiplexer {
  private header = Buffer.alloc(0);
  private stream: 'stdout' | 'stderr' = 'stdout';
  private left = 0;

  constructor(private readonly onPayload: (stream: 'stdout' | 'stderr', payload: Buffer) => void) {}

  /** @throws AppError `docker_stream_malformed` when the bytes are no such stream */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.left === 0) {
        const part = chunk.subarray(at, at + HEADER_BYTES - this.header.length);
        this.header = Buffer.concat([this.header, part]);
        at += part.length;
        if (this.header.length < HEADER_BYTES) return;
        const name = STREAMS[this.header[0] as 1 | 2] as 'stdout' | 'stderr' | undefined;
        if (name === undefined || this.header.readUIntBE(1, 3) !== 0)
          throw new AppError('docker_stream_malformed', 'The engine sent a stream that cannot be read.', {
            remedy: 'Check that nothing between this host and the engine changes its replies.',
            details: { header: this.header.toString('hex') },
          });
        this.stream = name;
        this.left = this.header.readUInt32BE(4);
        this.header = Buffer.alloc(0);
        continue;
      }
      const payload = chunk.subarray(at, at + this.left);
      this.left -= payload.length;
      at += payload.length;
      this.onPayload(this.stream, payload);
    }
  }

  /** False in the middle of a frame: a stream that ends there was cut. */
  get atBoundary(): boolean {
    return this.left === 0 && this.header.length === 0;
  }
}
