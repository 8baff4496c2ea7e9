import { describe, expect, it } from '@jest/globals';
import { decodeFrameMessage, encodeFrameMessage, type FrameMessage } from './frame-stream';

describe('messages of a stream of frames', () => {
  it.each<FrameMessage>([
    { kind: 'clock', startedAtMs: 1_764_000_000_000.25 },
    { kind: 'lost', frames: 3 },
    { kind: 'interrupted', atMs: 12, reason: 'the page was closed' },
    { kind: 'ended', atMs: 13.5 },
    {
      kind: 'frame',
      frame: { swapMs: 1_764_000_000_000.125, arrivedMs: 1_764_000_000_004, jpeg: Uint8Array.of(1, 2, 3) },
    },
  ])('come out as they went in: $kind', (message) => {
    expect(decodeFrameMessage(encodeFrameMessage(message))).toEqual(message);
  });

  it('reads a frame that lies within a larger piece of memory', () => {
    const bytes = encodeFrameMessage({
      kind: 'frame',
      frame: { swapMs: 1, arrivedMs: 2, jpeg: Uint8Array.of(9) },
    });
    const within = Buffer.concat([Buffer.from([0, 0, 0]), bytes as Uint8Array]).subarray(3);
    expect(decodeFrameMessage(within)).toEqual({
      kind: 'frame',
      frame: { swapMs: 1, arrivedMs: 2, jpeg: Buffer.from([9]) },
    });
  });

  it.each<string | Uint8Array>([
    '',
    'nonsense',
    '{"kind":"frame"}',
    '{"kind":"lost","frames":-1}',
    new Uint8Array(16),
    new Uint8Array(3),
    new Uint8Array(new Float64Array([Number.NaN, 1, 1]).buffer),
  ])('knows what is none (%#)', (data) => {
    expect(decodeFrameMessage(data)).toBeUndefined();
  });
});
