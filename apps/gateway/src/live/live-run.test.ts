import { afterEach, describe, expect, it } from '@jest/globals';
import type { FrameMessage } from '@showrunner/contracts';
import { actionRecord } from '@showrunner/contracts/testing';
import { LiveRun } from './live-run';
import { LiveViewer } from './live-viewer';

type Event = { type: never; data: Record<string, unknown> };

/** A run whose events and browsers a test makes. */
class Filming {
  readonly browsers: { show: (message: FrameMessage) => void; end: () => void; isClosed: boolean }[] = [];
  idle = 0;
  hasBrowser = true;
  private queue: Event[] = [];
  private wake: () => void = () => undefined;
  readonly run = new LiveRun(
    {
      events: (signal) => this.events(signal),
      connect: (show) => {
        if (!this.hasBrowser) return Promise.resolve(null);
        let end: () => void = () => undefined;
        const closed = new Promise<void>((resolve) => (end = resolve));
        const browser = { show, end, isClosed: false };
        this.browsers.push(browser);
        return Promise.resolve({
          closed,
          close: () => {
            browser.isClosed = true;
            end();
          },
        });
      },
      onNote: () => undefined,
    },
    () => (this.idle += 1),
  );

  tell(type: string, data: Record<string, unknown>): void {
    this.queue.push({ type: type as never, data });
    this.wake();
  }
  private async *events(signal: AbortSignal): AsyncGenerator<Event> {
    signal.addEventListener('abort', () => this.wake());
    while (!signal.aborted) {
      const event = this.queue.shift();
      if (event !== undefined) yield event;
      else await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}
/** Takes what it is sent at once, or never. */
function viewer(isStalled = false) {
  const got: (string | Uint8Array)[] = [];
  const closed: string[] = [];
  const socket = {
    readyState: 1,
    send: (data: string | Uint8Array, done: () => void) => {
      got.push(data);
      if (!isStalled) done();
    },
    close: (_code: number, reason: string) => void closed.push(reason),
  };
  const states = () =>
    got.filter((one) => typeof one === 'string').map((one) => JSON.parse(one) as Record<string, unknown>);
  const pictures = () => got.filter((one) => typeof one !== 'string').map((one) => [...one.subarray(8)]);
  return { viewer: new LiveViewer(socket), states, pictures, closed };
}
const frame = (n: number): FrameMessage => ({
  kind: 'frame',
  frame: { swapMs: 1_764_000_000_000 + n, arrivedMs: 0, jpeg: Uint8Array.of(n) },
});
const settled = () => new Promise((resolve) => setImmediate(resolve));
const opened: Filming[] = [];
const filming = (): Filming => {
  const one = new Filming();
  opened.push(one);
  return one;
};
afterEach(() => {
  for (const { run } of opened.splice(0)) run.close('');
});

describe('a run that is watched', () => {
  it('is fetched once for all, and who stalls keeps nobody from seeing it', async () => {
    const film = filming();
    const [quick, stalled, late] = [viewer(), viewer(true), viewer()];
    film.run.add(quick.viewer);
    film.run.add(stalled.viewer);
    await settled();
    for (let n = 1; n <= 50; n++) film.browsers[0]?.show(frame(n));
    expect(film.browsers).toHaveLength(1);
    expect(quick.pictures()).toHaveLength(50);
    expect(stalled.pictures()).toHaveLength(0);
    film.run.add(late.viewer);
    expect(late.pictures()).toEqual([[50]]);
  });

  it('tells what is done and where, and ends with the run', async () => {
    const film = filming();
    const one = viewer();
    film.run.add(one.viewer);
    film.tell('RUN_STATE', { state: 'filming' });
    film.tell('FEATURE_MILESTONE', { feature: 'add', kind: 'started', atMs: 0 });
    const box = { x: 10, y: 20, width: 100, height: 40 };
    film.tell('AGENT_ACTION', {
      action: { ...actionRecord(), feature: 'add', step: 0, caption: 'Add a card', box },
    });
    film.tell('FEATURE_MILESTONE', { feature: 'add', kind: 'succeeded', atMs: 9 });
    film.tell('SOMETHING_ELSE', {});
    film.tell('RUN_STATE', { state: 'done' });
    await settled();
    await settled();
    expect(one.states()).toMatchObject([
      { type: 'state', state: 'queued', current_feature: null, pointer: null },
      { state: 'filming' },
      { current_feature: 'add', step: null },
      { current_feature: 'add', step: 0, action: 'Add a card', pointer: { x: 60, y: 40 } },
      { current_feature: null, action: null, pointer: null },
      { state: 'done' },
    ]);
    expect(one.closed).toEqual(['the run is over']);
    expect([film.idle, film.browsers[0]?.isClosed]).toEqual([1, true]);
  });

  it('costs nothing once nobody looks on', async () => {
    const film = filming();
    const [one, other] = [viewer(), viewer()];
    film.run.add(one.viewer);
    film.run.add(other.viewer);
    await settled();
    film.run.remove(one.viewer);
    expect(film.browsers[0]?.isClosed).toBe(false);
    film.run.remove(other.viewer);
    expect([film.idle, film.browsers[0]?.isClosed]).toEqual([1, true]);
  });

  it('goes on with the browser that follows one that died', async () => {
    const film = filming();
    const one = viewer();
    film.run.add(one.viewer);
    await settled();
    film.browsers[0]?.show(frame(1));
    film.browsers[0]?.end();
    while (film.browsers.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    film.browsers[1]?.show(frame(2));
    expect(one.pictures()).toEqual([[1], [2]]);
  });
});
