import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, it } from '@jest/globals';
import { requireTool } from '@showrunner/config';
import { Vp8Encoder } from './vp8-encoder';

const ffmpegPath = requireTool('ffmpeg').path;
/** A first frame of VP8 has its lowest bit clear (RFC 6386, 9.1). */
const isKeyFrame = (frame: Buffer | undefined): boolean => ((frame?.[0] ?? 1) & 1) === 0;

describe('live video', () => {
  let encoder: Vp8Encoder | undefined;
  afterEach(() => encoder?.close());

  it('shows a picture without waiting for the next one, however long that takes to come', async () => {
    const jpeg = execFileSync(ffmpegPath, [
      ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=1280x720', '-frames:v', '1', '-f', 'mjpeg', '-'],
    ]);
    const frames: Buffer[] = [];
    let came: () => void = () => undefined;
    const atLeast = async (count: number): Promise<void> => {
      while (frames.length < count) await new Promise<void>((resolve) => (came = resolve));
    };
    encoder = new Vp8Encoder({
      ffmpegPath,
      stillEveryMs: 600_000,
      onFrame: (frame) => {
        frames.push(Buffer.from(frame));
        came();
      },
      onFailure: (error) => {
        throw error;
      },
    });
    for (const count of [1, 2, 3]) {
      encoder.show(jpeg);
      await atLeast(count);
    }
    expect(frames.slice(0, 3).map(isKeyFrame)).toEqual([true, false, false]);
  }, 60_000);
});
