import { execFileSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connectToPage, startChromium } from '@showrunner/browser/testing';
import { plainLine, webVtt } from '@showrunner/media';
import { demoFile } from './demo';
import { guideFiles } from './guide';
import { HOSTILE_TEXTS, outlineOf } from './testing/outlines';

type Page = Awaited<ReturnType<typeof connectToPage>>;

const SAID = HOSTILE_TEXTS.map((text) => plainLine(text));
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let folder: string;
let server: Server;
let chromium: ChildProcess;
let page: Page;
const asked: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'walk-'));
  const jpeg = execFileSync('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=320x240', '-frames:v', '1', '-pix_fmt', 'yuvj420p'],
    ...['-f', 'mjpeg', '-'],
  ]);
  const input = { outline: outlineOf(HOSTILE_TEXTS), pictureAt: () => Promise.resolve(jpeg), folder };
  const made = [
    ...(await guideFiles({ ...input, ffmpegPath: 'ffmpeg' })),
    ...(await demoFile({ ...input, ffmpegPath: '' })),
  ];
  expect(made).toEqual(expect.arrayContaining(['guide.html', 'guide.md', 'guide-01.jpg', 'demo.html']));
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const name = request.url?.slice(1) ?? '';
    if (!made.includes(name)) return void response.writeHead(name === 'blank' ? 200 : 404).end('');
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(readFileSync(join(folder, name)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const [started, cdpUrl] = await startChromium(join(folder, 'profile'));
  chromium = started;
  page = await connectToPage(cdpUrl);
}, 120_000);
afterAll(async () => {
  // Its own way to end waits for what it has started, which would go on writing to its profile.
  const ended = once(chromium, 'exit');
  await page.send('Browser.close', {}).catch(() => chromium.kill('SIGKILL'));
  await ended;
  page.close();
  server.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
});

async function evaluate<T>(expression: string): Promise<T> {
  const options = { expression, returnByValue: true, awaitPromise: true };
  const { result, exceptionDetails } = await page.send('Runtime.evaluate', options);
  if (exceptionDetails !== undefined) throw new TypeError(JSON.stringify(exceptionDetails));
  return (result as { value: T }).value;
}

async function open(name: string): Promise<void> {
  const { port } = server.address() as AddressInfo;
  await page.send('Page.navigate', { url: `http://127.0.0.1:${port}/${name}` });
  const isReady = `location.pathname === '/${name}' && document.readyState === 'complete'`;
  while (!(await evaluate<boolean>(isReady))) await new Promise((resolve) => setTimeout(resolve, 50));
}

async function press(key: string, code: number): Promise<void> {
  const event = { key, code: key, windowsVirtualKeyCode: code, ...(key === 'Enter' && { text: '\r' }) };
  await page.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event });
  await page.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
}

/** Faults of weight that axe-core finds in the page. */
async function seriousFaults(): Promise<unknown[]> {
  await evaluate(`${AXE};0`);
  const found = await evaluate<{ id: string; impact: string; nodes: { html: string }[] }[]>(
    'axe.run().then(({ violations }) => violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ html }) => ({ html: html.slice(0, 200) })) })))',
  );
  return found.filter(({ impact }) => ['serious', 'critical'].includes(impact));
}

const shownStep = 'document.querySelector(".step:not([hidden]) h2").textContent';

describe('the interactive demo', () => {
  test('shows each step, with its text as it was typed, by arrows and by the place in the picture', async () => {
    await open('demo.html');
    const seen: string[] = [];
    for (let n = 0; n < SAID.length; n += 1) {
      seen.push(await evaluate<string>(shownStep));
      if (n % 2 === 0) await press('ArrowRight', 39);
      else {
        // From the heading, which has the focus, the next stop is the place in the picture.
        await press('Tab', 9);
        expect(await evaluate<string>('document.activeElement.className')).toBe('hotspot');
        await press('Enter', 13);
      }
    }
    expect(seen).toEqual(SAID);
    await press('Home', 36);
    expect(await evaluate<string>(shownStep)).toBe(SAID[0]);
    await press('End', 35);
    expect(await evaluate<string>('document.getElementById("where").textContent')).toBe(
      `${SAID.length + 1} / ${SAID.length + 1}`,
    );
    await press('ArrowLeft', 37);
    expect(await evaluate<string>(shownStep)).toBe(SAID.at(-1));
    await evaluate('document.getElementById("back").click()');
    expect(await evaluate<string>(shownStep)).toBe(SAID.at(-2));
  });

  test('runs no script but its own, and fetches nothing', async () => {
    const before = asked.length;
    await open('demo.html');
    expect(await evaluate<number>('document.scripts.length')).toBe(1);
    expect(await evaluate<number>('document.images.length')).toBe(SAID.length + 1);
    const ran =
      'new Promise((done) => { const s = document.createElement("script"); s.textContent = "window.ran = 1"; document.body.append(s); setTimeout(() => done(String(window.ran)), 50); })';
    expect(await evaluate<string>(ran)).toBe('undefined');
    expect(asked.slice(before).filter((url) => url !== '/favicon.ico')).toEqual(['/demo.html']);
  });

  test('has no serious fault for who reads it by a screen reader', async () => {
    await open('demo.html');
    expect(await seriousFaults()).toEqual([]);
  });
});

describe('the guide', () => {
  test('shows each text as it was typed and each picture, and nothing runs', async () => {
    await open('guide.html');
    const texts = await evaluate<string[]>(
      '[...document.querySelectorAll("li p")].map((p) => p.textContent)',
    );
    expect(texts.slice(0, -1)).toEqual(SAID.map((text, n) => `${n + 1}. ${text}`));
    expect(
      await evaluate<boolean>(
        '[...document.images].every((image) => image.complete && image.naturalWidth > 0)',
      ),
    ).toBe(true);
    expect(await evaluate<number>('document.scripts.length')).toBe(0);
    expect(await seriousFaults()).toEqual([]);
  });
});

describe('captions', () => {
  test('a browser reads each text of the WebVTT as it was typed', async () => {
    await open('blank');
    const cues = HOSTILE_TEXTS.map((text, n) => ({ startMs: n * 1000, endMs: n * 1000 + 900, text }));
    const source = `data:text/vtt;base64,${Buffer.from(webVtt(cues)).toString('base64')}`;
    const read = `new Promise((done) => {
      const video = document.body.appendChild(document.createElement('video'));
      const track = video.appendChild(document.createElement('track'));
      track.onload = () => done([...track.track.cues].map((cue) => cue.getCueAsHTML().textContent));
      track.src = ${JSON.stringify(source)};
      track.track.mode = 'hidden';
    })`;
    expect(await evaluate<string[]>(read)).toEqual(SAID);
  });
});
