import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { FrameSize } from '@showrunner/contracts';
import { TakeWriter, type TakeIndex } from '@showrunner/recorder';

/** So many pictures differ to the eye; all differ in their bytes. */
const PICTURES = 60;
/** Handed over before the disk is waited for. */
const FRAMES_AT_ONCE = 60;

/**
 * Writes a take of a page that moves at every refresh: no two frames are equal. `quality` is ffmpeg's `-q:v`, 2 (a page full of photographs)
 * to 31.
 */
export async function writeMovingTake(input: {
  path: string;
  size: FrameSize;
  durationMs: number;
  quality: number;
  ffmpegPath: string;
  framesPerSecond?: number;
}): Promise<TakeIndex> {
  const { path, size, durationMs, framesPerSecond = 60 } = input;
  const pictures = await movingPictures(input);
  const startedAtMs = 1_790_000_000_000;
  const writer = await TakeWriter.create(path, { startedAtMs, ...size });
  const frames = Math.floor((durationMs * framesPerSecond) / 1000);
  for (let n = 0; n < frames; n += 1) {
    const picture = pictures[n % pictures.length] as Buffer;
    writer.writeFrame(startedAtMs + (n * 1000) / framesPerSecond, numbered(picture, n));
    if (n % FRAMES_AT_ONCE === 0) await writer.settled();
  }
  return writer.finalise(startedAtMs + durationMs);
}

async function movingPictures(input: {
  path: string;
  size: FrameSize;
  quality: number;
  ffmpegPath: string;
}): Promise<Buffer[]> {
  const { size, quality, ffmpegPath } = input;
  const folder = await mkdtemp(join(dirname(input.path), 'pictures-'));
  try {
    const source = `testsrc2=s=${size.width}x${size.height}:r=30,noise=alls=6:allf=t`;
    await promisify(execFile)(ffmpegPath, [
      ...['-v', 'error', '-f', 'lavfi', '-i', source, '-frames:v', String(PICTURES)],
      ...['-pix_fmt', 'yuvj420p', '-q:v', String(quality), join(folder, '%03d.jpg')],
    ]);
    const names = (await readdir(folder)).sort();
    return await Promise.all(names.map((name) => readFile(join(folder, name))));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The picture with its number in a comment segment (ITU T.81, B.2.4.5), behind the start of image. */
function numbered(jpeg: Buffer, n: number): Buffer {
  const comment = Buffer.from([0xff, 0xfe, 0, 6, 0, 0, 0, 0]);
  comment.writeUInt32BE(n, 4);
  return Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]);
}
