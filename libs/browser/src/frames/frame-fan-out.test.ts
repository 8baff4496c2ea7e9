import { describe, expect, it, jest } from '@jest/globals';
import type { Frame, FrameMessage } from '@showrunner/contracts';
import { FrameFanOut, type FrameSubscription } from './frame-fan-out';

const frame = (swapMs: number, bytes = 10): Frame => ({
  swapMs,
  arrivedMs: swapMs,
  jpeg: new Uint8Array(bytes),
});
const short = (message: FrameMessage | undefined): unknown =>
  message?.kind === 'frame'
    ? message.frame.swapMs
    : message?.kind === 'lost'
      ? `lost ${message.frames}`
      : message?.kind;
const take = async (from: FrameSubscription, count: number): Promise<unknown[]> => {
  const taken: unknown[] = [];
  while (taken.length < count) taken.push(short(await from.next()));
  return taken;
};

describe('frames for several consumers', () => {
  it('gives every consumer all of them, in order', async () => {
    const fanOut = new FrameFanOut(() => undefined);
    const [one, two] = [fanOut.subscribe(1000), fanOut.subscribe(1000)];
    for (const at of [1, 2, 3]) fanOut.frame(frame(at));
    expect([await take(one, 3), await take(two, 3)]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  it('a consumer that does not read never slows the take, nor keeps more than it may', async () => {
    const fanOut = new FrameFanOut(() => undefined);
    const [recorder, viewer] = [fanOut.subscribe(1e9), fanOut.subscribe(25)];
    for (let at = 1; at <= 1000; at += 1) fanOut.frame(frame(at));
    expect(await take(recorder, 1000)).toEqual(Array.from({ length: 1000 }, (_, n) => n + 1));
    // Two had room; of the rest the viewer gets the newest, and how many it missed.
    expect(await take(viewer, 4)).toEqual([1, 2, 'lost 997', 1000]);
  });

  it('whoever wants only the newest picture has it', async () => {
    const fanOut = new FrameFanOut(() => undefined);
    const viewer = fanOut.subscribe(0);
    for (const at of [1, 2, 3, 4]) fanOut.frame(frame(at));
    expect(await take(viewer, 3)).toEqual([1, 'lost 2', 4]);
    fanOut.frame(frame(5));
    expect(await take(viewer, 1)).toEqual([5]);
  });

  it('takes a frame larger than the limit when nothing else waits', async () => {
    const fanOut = new FrameFanOut(() => undefined);
    const viewer = fanOut.subscribe(5);
    fanOut.frame(frame(1, 100));
    expect(await take(viewer, 1)).toEqual([1]);
  });

  it('tells losses where they belong, before what follows them', async () => {
    const fanOut = new FrameFanOut(() => undefined);
    const viewer = fanOut.subscribe(10);
    fanOut.frame(frame(1));
    fanOut.frame(frame(2));
    fanOut.notice({ kind: 'lost', frames: 2 });
    fanOut.notice({ kind: 'interrupted', atMs: 3, reason: 'closed' });
    fanOut.end();
    expect(await take(viewer, 4)).toEqual([1, 'lost 3', 'interrupted', undefined]);
  });

  it('wakes a reader that waits, with what comes and with the end', async () => {
    const fanOut = new FrameFanOut(() => undefined);
    const viewer = fanOut.subscribe(10);
    const waiting = viewer.next();
    fanOut.frame(frame(7));
    expect(short(await waiting)).toBe(7);
    const last = viewer.next();
    viewer.end();
    expect(await last).toBeUndefined();
  });

  it('is idle when the last has gone, and keeps no picture then', async () => {
    const onIdle = jest.fn();
    const fanOut = new FrameFanOut(onIdle);
    const [one, two] = [fanOut.subscribe(10), fanOut.subscribe(10)];
    fanOut.frame(frame(1));
    one.close();
    expect(onIdle).not.toHaveBeenCalled();
    expect(fanOut.picture?.swapMs).toBe(1);
    two.close();
    two.close();
    expect(onIdle).toHaveBeenCalledTimes(1);
    expect([fanOut.isIdle, fanOut.picture]).toEqual([true, undefined]);
    expect(await one.next()).toBeUndefined();
  });
});
