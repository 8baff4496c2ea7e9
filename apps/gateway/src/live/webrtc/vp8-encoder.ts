import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { IvfFrames } from './ivf-frames';

type Ffmpeg = ChildProcessByStdio<Writable, Readable, null>;

const FRAMES_PER_SECOND = 25;
const TICK_MS = 1_000 / FRAMES_PER_SECOND;
/** A timer may come a little early. */
const EARLY_MS = 2;
/** Each picture as a part with its length: told by its pictures alone, where one ends is known only once the next has come. */
const BOUNDARY = 'picture';
const partHead = (bytes: number): string =>
  `--${BOUNDARY}\r\nContent-type: image/jpeg\r\nContent-length: ${bytes}\r\n\r\n`;
/** A picture that stays is sent again so often: what was lost on the way or drawn coarsely becomes whole. */
const STILL_EVERY_MS = 500;
/** A key frame is made at most so often, however many ask. */
const KEY_FRAME_EVERY_MS = 1_000;
const BIT_RATE = '2500k';
/** A page that is wider is scaled down. */
const WIDEST = 1920;

export interface Vp8EncoderOptions {
  ffmpegPath: string;
  /** Gets each encoded frame, the first after a start being a key frame. */
  onFrame: (frame: Buffer) => void;
  /** It cannot go on. */
  onFailure: (error: Error) => void;
  /** How long a picture that stays is not sent again, ms. */
  stillEveryMs?: number;
}

/**
 * Makes VP8 of the pictures of a page as they come, by ffmpeg: at most 25 a second, and while nothing changes two. Whoever comes late needs
 * a key frame, which ffmpeg makes only at its start: it is started anew, and the stream goes on with it.
 */
export class Vp8Encoder {
  private ffmpeg: Ffmpeg | undefined;
  private picture: Uint8Array | undefined;
  private isNew = false;
  private isFull = false;
  private startedAt = -Infinity;
  private writtenAt = -Infinity;
  private keyFrameWanted = false;
  private readonly ticks: NodeJS.Timeout;

  constructor(private readonly options: Vp8EncoderOptions) {
    this.ticks = setInterval(() => this.tick(performance.now()), TICK_MS);
  }

  /** @param jpeg replaces the picture that was not encoded yet, if there is one */
  show(jpeg: Uint8Array): void {
    this.picture = jpeg;
    this.isNew = true;
    const now = performance.now();
    if (now - this.writtenAt >= TICK_MS - EARLY_MS) this.tick(now);
  }

  /** The next frame, or the one after it, will be a key frame. */
  askForKeyFrame(): void {
    this.keyFrameWanted = true;
  }

  close(): void {
    clearInterval(this.ticks);
    this.end();
  }

  private tick(now: number): void {
    if (this.picture === undefined) return;
    const { stillEveryMs = STILL_EVERY_MS } = this.options;
    const isDue = this.keyFrameWanted && now - this.startedAt >= KEY_FRAME_EVERY_MS;
    if (this.ffmpeg === undefined || isDue) this.start(now);
    else if (this.isFull || (!this.isNew && now - this.writtenAt < stillEveryMs)) return;
    this.isNew = false;
    this.writtenAt = now;
    // It looks at two before it begins: the first one is given twice, and the encoder leaves out what is the same.
    const times = this.startedAt === now ? 2 : 1;
    for (let n = 0; n < times; n += 1) this.write(this.picture);
  }

  private write(jpeg: Uint8Array): void {
    const stdin = this.ffmpeg?.stdin;
    stdin?.write(partHead(jpeg.byteLength));
    stdin?.write(jpeg);
    this.isFull = stdin?.write('\r\n') === false;
  }

  private start(now: number): void {
    this.end();
    this.keyFrameWanted = false;
    this.startedAt = now;
    this.isFull = false;
    const ffmpeg: Ffmpeg = spawn(
      this.options.ffmpegPath,
      [
        ...['-v', 'quiet', '-protocol_whitelist', 'pipe', '-probesize', '32', '-analyzeduration', '0'],
        ...['-fflags', 'nobuffer', '-f', 'mpjpeg', '-i', 'pipe:0'],
        ...[
          '-vf',
          `scale='min(${WIDEST},iw)':-2`,
          '-c:v',
          'libvpx',
          '-deadline',
          'realtime',
          '-cpu-used',
          '8',
        ],
        ...['-lag-in-frames', '0', '-error-resilient', '1', '-b:v', BIT_RATE, '-g', '9999', '-threads', '1'],
        ...['-vsync', 'passthrough', '-flush_packets', '1', '-f', 'ivf', 'pipe:1'],
      ],
      { stdio: ['pipe', 'pipe', 'ignore'] },
    );
    this.ffmpeg = ffmpeg;
    const isCurrent = (): boolean => this.ffmpeg === ffmpeg;
    const frames = new IvfFrames();
    ffmpeg.stdin.on('drain', () => isCurrent() && (this.isFull = false));
    // Its end tells what happened.
    ffmpeg.stdin.on('error', () => undefined);
    ffmpeg.stdout.on('data', (bytes: Buffer) => {
      if (isCurrent()) for (const frame of frames.push(bytes)) this.options.onFrame(frame);
    });
    const fail = (why: string): void => {
      if (!isCurrent()) return;
      this.close();
      this.options.onFailure(new Error(`ffmpeg could not make a live video: ${why}`));
    };
    ffmpeg.once('error', (error) => fail(error.message));
    ffmpeg.once('exit', (code, signal) => fail(`it ended with ${signal ?? `code ${code}`}`));
  }

  private end(): void {
    const ending = this.ffmpeg;
    this.ffmpeg = undefined;
    ending?.kill('SIGKILL');
  }
}
