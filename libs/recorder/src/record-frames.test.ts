import { describe, expect, it } from '@jest/globals';
import { AppError, SessionLostError, type FrameMessage } from '@showrunner/contracts';
import { recordFrames, type FrameConnection, type FrameSink } from './record-frames';

/** Connections that tell what they are given, one after the other; further attempts fail with `after`. */
function session(streams: FrameMessage[][], after: Error) {
  return async (onMessage: (message: FrameMessage) => void): Promise<FrameConnection> => {
    const messages = streams.shift();
    if (messages === undefined) throw after;
    for (const message of messages) onMessage(message);
    return { closed: Promise.resolve(), close: () => undefined };
  };
}
function sink() {
  const told: unknown[] = [];
  const keeping: FrameSink = {
    clock: (startedAtMs) => void told.push(['clock', startedAtMs]),
    frame: (atMs) => told.push(atMs) > 0,
    gap: (fromMs, toMs, reason) => void told.push(['gap', fromMs <= toMs, reason]),
    lost: (frames) => void told.push(['lost', frames]),
  };
  return { told, keeping };
}
const frame = (atMs: number): FrameMessage => ({
  kind: 'frame',
  frame: { swapMs: atMs, arrivedMs: Date.now(), jpeg: Uint8Array.of(1) },
});
const LOST = new SessionLostError('It is gone.');
const record = (
  streams: FrameMessage[][],
  after: Error,
  keeping: FrameSink,
  signal = new AbortController().signal,
) =>
  recordFrames({ connect: session(streams, after), sink: keeping, signal, connectMs: 50, reconnectMs: 50 });

describe('recordFrames', () => {
  it('ends when it is told to, at the time it is told', async () => {
    const { told, keeping } = sink();
    const messages: FrameMessage[] = [
      { kind: 'clock', startedAtMs: 5 },
      frame(5),
      { kind: 'lost', frames: 2 },
      { kind: 'ended', atMs: 90 },
      frame(95),
    ];
    expect(await record([messages], LOST, keeping)).toEqual({
      framesPresented: 3, framesCaptured: 1, framesLost: 2, endedBy: 'told', endedAtMs: 90,
    }); // prettier-ignore
    expect(told).toEqual([['clock', 5], 5, ['lost', 2]]);
  });

  it('goes on with a connection that comes back, and tells the gap when there is a picture again', async () => {
    const { told, keeping } = sink();
    const now = Date.now();
    const clock: FrameMessage = { kind: 'clock', startedAtMs: now };
    const again: FrameMessage[] = [clock, frame(now + 500), { kind: 'ended', atMs: now + 600 }];
    const report = await record([[clock, frame(now)], again], LOST, keeping);
    expect(report.endedBy).toBe('told');
    expect(told.slice(3)).toEqual([['gap', true, 'the browser connection was lost'], now + 500]);
  });

  it('keeps what it has when the session is gone', async () => {
    const { keeping } = sink();
    expect(await record([[frame(Date.now())]], LOST, keeping)).toMatchObject({
      endedBy: 'sessionLost',
      framesCaptured: 1,
    });
  });

  it('says why a session could not be reached at all', async () => {
    const away = new AppError('frames_unreachable', 'It does not answer.', { retryable: true });
    await expect(record([], away, sink().keeping)).rejects.toBe(away);
    await expect(record([], LOST, sink().keeping)).rejects.toBe(LOST);
  });

  it('ends at once when it is aborted', async () => {
    const stop = new AbortController();
    const { told, keeping } = sink();
    const aborting: FrameSink = { ...keeping, clock: () => stop.abort() };
    const streams: FrameMessage[][] = [[{ kind: 'clock', startedAtMs: 1 }, frame(2)]];
    expect((await record(streams, LOST, aborting, stop.signal)).endedBy).toBe('abort');
    expect(told).toEqual([]);
  });
});
