import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CdpConnection } from './cdp-connection';
import { recordScreencast, type FrameSink } from './record-screencast';

const SIZE = { width: 1280, height: 720 };
const PAGE = `<!doctype html><title>moving</title><style>body{margin:0;font:20px sans-serif}
#b{position:absolute;top:200px;width:120px;height:120px;background:#d00}</style><h1>Moving</h1><div id=b></div>
<script>function f(t){b.style.transform='translateX('+(t/4)%1100+'px)';requestAnimationFrame(f)}requestAnimationFrame(f)</script>`;
const STILL = '<!doctype html><title>still</title><h1>Still</h1>';

let folder: string;
let chromium: ChildProcess;
let cdpUrl: string;
let server: Server;
let origin: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'screencast-'));
  server = createServer((request, response) =>
    response.setHeader('content-type', 'text/html').end(request.url === '/still' ? STILL : PAGE),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  [chromium, cdpUrl] = await startChromium(join(folder, 'profile'));
});
afterAll(async () => {
  const ended = once(chromium, 'close');
  // Its group: what Chromium started writes to the profile too.
  process.kill(-(chromium.pid ?? 0), 'SIGKILL');
  await ended;
  server.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
});

async function startChromium(profile: string): Promise<[ChildProcess, string]> {
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-sync',
  ];
  const child = spawn('/usr/bin/chromium', [
    ...flags, '--disable-background-networking', '--disable-component-update', `--user-data-dir=${profile}`,
    '--remote-debugging-port=0', '--window-size=1280,720', 'about:blank',
  ], { detached: true }); // prettier-ignore
  let log = '';
  const url = await new Promise<string>((resolve) =>
    child.stderr.on('data', (data: Buffer) => {
      log += data.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(log)?.[1];
      if (found !== undefined) resolve(found);
    }),
  );
  return [child, url];
}

/** Runs `act` with a plain client of the page's own. */
async function onPage(act: (cdp: CdpConnection, session: string) => Promise<unknown>): Promise<void> {
  const cdp = await CdpConnection.connect(cdpUrl, 3000);
  const { targetInfos } = (await cdp.send('Target.getTargets')) as {
    targetInfos: { targetId: string; type: string }[];
  };
  const targetId = targetInfos.find((target) => target.type === 'page')?.targetId;
  const { sessionId } = await cdp.send('Target.attachToTarget', { targetId, flatten: true });
  await act(cdp, sessionId as string);
  cdp.close();
}

class CountingSink implements FrameSink {
  times: number[] = [];
  gaps: string[] = [];
  framesLost = 0;
  private wanted: { count: number; resolve: () => void } | null = null;
  frame(atMs: number, jpeg: Buffer): boolean {
    expect(jpeg.readUInt16BE(0)).toBe(0xffd8);
    this.times.push(atMs);
    if (this.wanted !== null && this.times.length >= this.wanted.count) this.wanted.resolve();
    return true;
  }
  gap(fromMs: number, toMs: number, reason: string): void {
    expect(toMs).toBeGreaterThanOrEqual(fromMs);
    this.gaps.push(reason);
  }
  lost(frames: number): void {
    this.framesLost += frames;
  }
  reached(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.wanted = { count, resolve };
      if (this.times.length >= count) resolve();
    });
  }
}

async function navigate(path: string): Promise<void> {
  await onPage(async (cdp, session) => {
    await cdp.send(
      'Emulation.setDeviceMetricsOverride',
      { ...SIZE, deviceScaleFactor: 1, mobile: false },
      session,
    );
    await cdp.send('Page.navigate', { url: origin + path }, session);
  });
}

describe('recordScreencast', () => {
  test('an animated page at 1280x720: under 2 % lost, times on one clock and never backwards', async () => {
    await navigate('/');
    const sink = new CountingSink();
    const stop = new AbortController();
    const recording = recordScreencast({ cdpUrl, size: SIZE, sink, signal: stop.signal });
    await sink.reached(150);
    stop.abort();
    const report = await recording;
    expect(report.endedBy).toBe('signal');
    expect(report.framesCaptured).toBe(sink.times.length);
    expect(report.framesLost / report.framesPresented).toBeLessThan(0.02);
    expect(Math.abs(report.endedAtMs - (sink.times.at(-1) ?? 0))).toBeLessThan(1000);
    expect([...sink.times].sort((a, b) => a - b)).toEqual(sink.times);
    expect(sink.gaps).toEqual([]);
  });

  test('a still page gives its picture at once, and no gap', async () => {
    await navigate('/still');
    const sink = new CountingSink();
    const stop = new AbortController();
    const recording = recordScreencast({ cdpUrl, size: SIZE, sink, signal: stop.signal });
    await sink.reached(1);
    stop.abort();
    expect((await recording).framesLost).toBe(0);
    expect(sink.gaps).toEqual([]);
  });

  test('when the page closes, filming goes on with the next page and the gap is told', async () => {
    await navigate('/');
    const sink = new CountingSink();
    const stop = new AbortController();
    const recording = recordScreencast({ cdpUrl, size: SIZE, sink, signal: stop.signal });
    await sink.reached(5);
    const cdp = await CdpConnection.connect(cdpUrl, 3000);
    const { targetInfos } = (await cdp.send('Target.getTargets')) as {
      targetInfos: { targetId: string; type: string }[];
    };
    await cdp.send('Target.createTarget', { url: `${origin}/` });
    await cdp.send('Target.closeTarget', {
      targetId: targetInfos.find((target) => target.type === 'page')?.targetId,
    });
    cdp.close();
    await sink.reached(sink.times.length + 20);
    stop.abort();
    expect((await recording).endedBy).toBe('signal');
    expect(sink.gaps).toEqual(['the page was closed']);
  });

  test('a browser that dies ends the recording with what there is, not with an error', async () => {
    const [other, url] = await startChromium(join(folder, 'other'));
    const sink = new CountingSink();
    const recording = recordScreencast({
      cdpUrl: url,
      size: SIZE,
      sink,
      signal: new AbortController().signal,
      reconnectMs: 400,
    });
    await sink.reached(1);
    other.kill('SIGKILL');
    const report = await recording;
    expect(report.endedBy).toBe('sessionLost');
    expect(report.framesCaptured).toBeGreaterThanOrEqual(1);
  });

  test('a browser that never was is a lost session', async () => {
    const recording = recordScreencast({
      cdpUrl: 'ws://127.0.0.1:9/secret', size: SIZE, sink: new CountingSink(), signal: new AbortController().signal, connectMs: 300,
    }); // prettier-ignore
    await expect(recording).rejects.toMatchObject({ code: 'session_lost' });
  });

  test('frames that a sink refuses are told to it as lost, each once', async () => {
    await navigate('/');
    const sink = new CountingSink();
    const every = sink.frame.bind(sink);
    let seen = 0;
    sink.frame = (atMs, jpeg) => every(atMs, jpeg) && (seen += 1) % 2 === 0;
    const stop = new AbortController();
    const recording = recordScreencast({ cdpUrl, size: SIZE, sink, signal: stop.signal });
    await sink.reached(20);
    stop.abort();
    const { framesLost, framesCaptured } = await recording;
    expect(framesLost).toBeGreaterThanOrEqual(10);
    expect(framesCaptured + framesLost).toBeGreaterThanOrEqual(sink.times.length);
    expect(sink.framesLost).toBe(framesLost);
  });

  test('a sink that fails ends the recording with its error', async () => {
    await navigate('/');
    const sink: FrameSink = {
      frame: () => {
        throw new RangeError('disk full');
      },
      gap: () => undefined,
      lost: () => undefined,
    };
    const recording = recordScreencast({ cdpUrl, size: SIZE, sink, signal: new AbortController().signal });
    await expect(recording).rejects.toThrow('disk full');
  });
});
