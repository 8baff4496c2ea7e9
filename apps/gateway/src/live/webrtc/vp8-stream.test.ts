import { describe, expect, it } from '@jest/globals';
import { IvfFrames } from './ivf-frames';
import { vp8Payloads } from './vp8-payloads';

const ivf = (...frames: Buffer[]): Buffer =>
  Buffer.concat([
    Buffer.alloc(32),
    ...frames.flatMap((frame) => {
      const head = Buffer.alloc(12);
      head.writeUInt32LE(frame.length, 0);
      return [head, frame];
    }),
  ]);

describe('frames of an IVF stream', () => {
  const frames = [Buffer.from('one'), Buffer.alloc(0), Buffer.alloc(5_000, 7)];

  it.each([1, 7, 31, 33, 4_096, 100_000])('are whole however the bytes come, %d at a time', (size) => {
    const stream = ivf(...frames);
    const reader = new IvfFrames();
    const read: Buffer[] = [];
    for (let at = 0; at < stream.length; at += size)
      read.push(...reader.push(stream.subarray(at, at + size)));
    expect(read).toEqual(frames);
  });
});

describe('payloads of a VP8 frame', () => {
  it('are small, in order, and only the first says that it begins one', () => {
    const frame = Buffer.from(Array.from({ length: 3_000 }, (_, index) => index % 251));
    const payloads = vp8Payloads(frame);
    expect(payloads.map((payload) => payload[0])).toEqual([0x10, 0, 0]);
    expect(Math.max(...payloads.map((payload) => payload.length))).toBeLessThan(1_200);
    expect(Buffer.concat(payloads.map((payload) => payload.subarray(1)))).toEqual(frame);
  });
});
