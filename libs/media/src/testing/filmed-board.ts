import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ActionRecord, Box, Take } from '@showrunner/contracts';
import {
  connectInProcess,
  connectToPage,
  connectToPort,
  SessionFrames,
  startChromium,
} from '@showrunner/browser/testing';
import { TakeWriter, recordFrames } from '@showrunner/recorder';

export const SIZE = { width: 1280, height: 720 };

/** A small board: a field, an Add button, cards that slide in, a theme switch; pure red and white areas for measuring colours. */
const PAGE = `<!doctype html><meta charset="utf-8"><title>Board</title><style>
body{margin:0;font:16px/1.5 system-ui,sans-serif;background:#fff;color:#172033}
header{padding:18px 32px;border-bottom:1px solid #e4e8ef;font-weight:600;font-size:20px;display:flex;justify-content:space-between}
main{padding:28px 32px;display:grid;grid-template-columns:repeat(3,1fr);gap:24px}
.column{background:#f4f6fa;border-radius:12px;padding:16px;min-height:380px}.column h2{margin:0 0 12px;font-size:15px;color:#5a6780}
.card{background:#fff;border:1px solid #e4e8ef;border-radius:8px;padding:12px;margin-bottom:10px;animation:in .5s}
@keyframes in{from{opacity:0;transform:translateY(-20px)}}input{font:inherit;padding:8px 12px;border:1px solid #c5cedd;border-radius:8px;width:220px}
button{font:inherit;padding:8px 16px;border:0;border-radius:8px;background:#2f6fed;color:#fff}
#red{position:absolute;left:0;bottom:0;width:60px;height:60px;background:#f00}
body.dark{background:#10151f;color:#e8edf6}body.dark .column{background:#1a2232}body.dark .card{background:#232d42;border-color:#2e3a54}
</style><header>Launch board <button id="theme" onclick="document.body.classList.toggle('dark')">Dark theme</button></header>
<main><div class="column"><h2>To do</h2><div id="list"><div class="card">Write the announcement for the spring release</div></div>
<form onsubmit="event.preventDefault();setTimeout(()=>{const d=document.createElement('div');d.className='card';d.textContent=field.value;list.append(d);field.value=''},250)">
<input id="field" placeholder="New card"> <button id="add">Add</button></form></div>
<div class="column"><h2>Doing</h2><div class="card">Design the pricing page</div></div><div class="column"><h2>Done</h2></div></main><div id="red"></div>`;

type Page = Awaited<ReturnType<typeof connectToPage>>;

export interface FilmedBoard {
  take: Take;
  path: string;
  actions: ActionRecord[];
  /** Ms since the take's first frame: start and success of the two features `add-card` and `dark-theme`. */
  milestones: { feature: string; startMs: number; endMs: number }[];
}

/** Films a short visit to the board in a real Chromium: two features, every box read off the page. */
export async function filmBoard(folder: string): Promise<FilmedBoard> {
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(PAGE));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const [chromium, cdpUrl] = await startChromium(join(folder, 'profile'));
  try {
    const page = await connectToPage(cdpUrl);
    const film = await visit(page, url, cdpUrl, join(folder, 'take.mkv'));
    page.close();
    return film;
  } finally {
    chromium.kill('SIGKILL');
    server.close();
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function visit(page: Page, url: string, cdpUrl: string, path: string): Promise<FilmedBoard> {
  await page.send('Emulation.setDeviceMetricsOverride', { ...SIZE, deviceScaleFactor: 1, mobile: false });
  await page.send('Page.navigate', { url });
  await pause(300);
  const { signal } = new AbortController();
  let writer: TakeWriter | null = null;
  let firstFrame: (() => void) | null = null;
  const seen = new Promise<void>((resolve) => (firstFrame = resolve));
  const early: [number, Buffer][] = [];
  const created = { startedAtMs: 0 };
  const frames = new SessionFrames(await connectToPort(cdpUrl), SIZE);
  const recording = recordFrames({
    connect: connectInProcess(frames), signal,
    sink: {
      clock: (startedAtMs) => void (created.startedAtMs = startedAtMs),
      frame: (atMs, jpeg) => {
        if (writer !== null) writer.writeFrame(atMs, Buffer.from(jpeg));
        else early.push([atMs, Buffer.from(jpeg)]);
        firstFrame?.();
        return true;
      },
      gap: () => undefined,
      lost: () => undefined,
    },
  }); // prettier-ignore
  await seen;
  writer = await TakeWriter.create(path, { startedAtMs: created.startedAtMs, ...SIZE });
  for (const [atMs, jpeg] of early) writer.writeFrame(atMs, jpeg);
  const now = (): number => Date.now() - created.startedAtMs;
  const script = new Script(page, now);

  const firstStart = now();
  await script.act(
    'add-card',
    0,
    { type: 'click', target: target('textbox', 'New card') },
    '#field',
    'Choose the field for a new card',
  );
  await script.act(
    'add-card',
    1,
    { type: 'type', target: target('textbox', 'New card'), text: 'Plan the launch party', submit: false },
    '#field',
    'Type “Plan the launch party”',
  );
  await script.act(
    'add-card',
    2,
    { type: 'click', target: target('button', 'Add') },
    '#add',
    'Add the card to the board',
  );
  const firstEnd = now();
  await pause(3000);
  const secondStart = now();
  await pause(2500);
  await script.act(
    'dark-theme',
    0,
    { type: 'click', target: target('button', 'Dark theme') },
    '#theme',
    'Switch to the dark theme',
  );
  const secondEnd = now();
  await pause(200);

  frames.close();
  const report = await recording;
  if (report.framesLost > 0) writer.writeLost(report.framesLost);
  const { durationMs } = await writer.finalise(report.endedAtMs);
  return {
    path,
    actions: script.actions,
    milestones: [
      { feature: 'add-card', startMs: firstStart, endMs: firstEnd },
      { feature: 'dark-theme', startMs: secondStart, endMs: secondEnd },
    ],
    take: {
      takeId: 'take-1', sessionId: 'sess-1', storageKey: 'runs/run-1/takes/take-1.mkv', startedAtMs: created.startedAtMs, durationMs, ...SIZE,
      framesPresented: report.framesPresented, framesCaptured: report.framesCaptured, framesLost: report.framesLost, largestGapMs: 0, gaps: [],
    },
  }; // prettier-ignore
}

const target = (role: string, name: string) => ({ role, name, exact: true });

class Script {
  readonly actions: ActionRecord[] = [];
  constructor(
    private readonly page: Page,
    private readonly now: () => number,
  ) {}

  async act(
    feature: string,
    step: number,
    action: ActionRecord['action'],
    selector: string,
    caption: string,
  ): Promise<void> {
    const startMs = this.now();
    const box = await this.boxOf(selector);
    await pause(800);
    const actMs = this.now();
    if (action.type === 'type') await this.type(action.text);
    else await this.click(box);
    await pause(900);
    this.actions.push({
      seq: this.actions.length, feature, step, attempt: 1, caption, action, tool: `browser_${action.type}`, arguments: {},
      box, startMs, actMs, endMs: this.now(), result: 'succeeded', verified: true, fingerprintBefore: '', fingerprintAfter: '',
    }); // prettier-ignore
  }

  private async boxOf(selector: string): Promise<Box> {
    const expression = `(r=>({x:r.x,y:r.y,width:r.width,height:r.height}))(document.querySelector('${selector}').getBoundingClientRect())`;
    const reply = await this.page.send('Runtime.evaluate', { expression, returnByValue: true });
    return (reply['result'] as { value: Box }).value;
  }

  private async click(box: Box): Promise<void> {
    const at = { x: box.x + box.width / 2, y: box.y + box.height / 2, button: 'left', clickCount: 1 };
    await this.page.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at });
    await this.page.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at });
  }

  private async type(text: string): Promise<void> {
    for (const character of text) {
      await this.page.send('Input.insertText', { text: character });
      await pause(45);
    }
  }
}
