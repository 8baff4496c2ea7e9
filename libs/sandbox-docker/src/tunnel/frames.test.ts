import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeFrame, FrameReader } from './frames';

const frame = fc.record({
  kind: fc.integer({ min: 1, max: 9 }),
  stream: fc.nat({ max: 2 ** 32 - 1 }),
  payload: fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
});

describe('FrameReader', () => {
  it('reads what was written, wherever the chunks are cut', () => {
    fc.assert(
      fc.property(fc.array(frame), fc.integer({ min: 1, max: 23 }), (frames, size) => {
        const wire = Buffer.concat(
          frames.map(({ kind, stream, payload }) => encodeFrame(kind, stream, payload)),
        );
        const reader = new FrameReader();
        const read = [];
        for (let at = 0; at < wire.length; at += size)
          read.push(...reader.push(wire.subarray(at, at + size)));
        expect(read).toEqual(frames);
      }),
    );
  });

  it('refuses unknown kinds and frames that are too long', () => {
    const malformed = expect.objectContaining({ code: 'sandbox_bridge_malformed' });
    expect(() => new FrameReader().push(encodeFrame(77, 1))).toThrow(malformed);
    const long = encodeFrame(4, 1);
    long.writeUInt32BE(2 ** 31, 5);
    expect(() => new FrameReader().push(long)).toThrow(malformed);
  });
});
