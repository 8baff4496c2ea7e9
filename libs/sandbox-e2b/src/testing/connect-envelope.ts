/** Framing of Connect streams (https://connectrpc.com/docs/protocol#streaming-request): one byte of flags, four of length, the message. */

export const END_OF_STREAM = 2;

export interface Envelope {
  flags: number;
  message: Buffer;
}

export function encodeEnvelope(message: unknown, flags = 0): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  const head = Buffer.alloc(5);
  head.writeUInt8(flags, 0);
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

/** Takes pieces however they were cut, and gives whole envelopes. */
export class EnvelopeReader {
  private waiting = Buffer.alloc(0);

  push(piece: Uint8Array): Envelope[] {
    this.waiting = Buffer.concat([this.waiting, piece]);
    const envelopes: Envelope[] = [];
    for (;;) {
      if (this.waiting.length < 5) return envelopes;
      const end = 5 + this.waiting.readUInt32BE(1);
      if (this.waiting.length < end) return envelopes;
      envelopes.push({
        flags: this.waiting.readUInt8(0),
        message: Buffer.from(this.waiting.subarray(5, end)),
      });
      this.waiting = this.waiting.subarray(end);
    }
  }

  /** Bytes of an envelope that is not whole yet. */
  get left(): number {
    return this.waiting.length;
  }
}
