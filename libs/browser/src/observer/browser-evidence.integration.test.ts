import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PerformedAction } from '@showrunner/contracts';
import type { BrowserSession } from '../session/browser-session';
import { openTestSession } from '../testing/open-test-session';
import { page, startTestApp, type TestApp } from '../testing/test-app';

const PAGE = page(`<input id="u" value="https://crew.example/join"><p id="s" role="status"></p><script>
const say = (text) => { document.getElementById('s').textContent = text; };
const copied = 'Copied to the clipboard', down = 'fees.csv downloaded';
const blob = () => { const a = document.createElement('a'); a.href = URL.createObjectURL(new Blob(['Boat,Fee'])); a.download = 'fees.csv'; a.click(); };
const all = {
  'Copy by the clipboard': async () => { await navigator.clipboard.writeText(document.getElementById('u').value); say(copied); },
  'Copy by selection': () => { document.getElementById('u').select(); document.execCommand('copy'); say(copied); },
  'Copy in words alone': () => say(copied),
  'Copy nothing': async () => { await navigator.clipboard.writeText(''); say(copied); },
  'Copy what is forged': () => { navigator.clipboard.readText = async () => 'forged'; navigator.clipboard.read = async () => [{ types: ['text/plain'], getType: async () => new Blob(['forged']) }]; say(copied); },
  'Share': async () => { await navigator.clipboard.writeText('shared ' + Math.random()); say(copied); },
  'Fetch': () => { blob(); say(down); },
  'Fetch later': () => { setTimeout(blob, 300); say(down); },
  'Fetch in words alone': () => say(down),
  'Full screen': async () => { await document.body.requestFullscreen(); say('Large now'); },
  'Fullscreen in words': () => say('Large now'),
};
for (const [name, run] of Object.entries(all)) { const b = document.createElement('button'); b.textContent = name; b.onclick = run; document.body.append(b); }
</script>`);

describe('what only the browser knows', () => {
  let app: TestApp;
  let session: BrowserSession;
  beforeAll(async () => {
    app = await startTestApp({ '/': PAGE });
    session = await openTestSession(app);
  });
  afterAll(async () => {
    await session.close();
    await app.close();
  });

  let seq = 0;
  async function click(name: string, says: string): Promise<PerformedAction> {
    await session.beginFeature({
      feature: { id: 'f', kind: 'use', title: name, description: '', startPath: '/', steps: [] as never },
      ...{ seq: seq++, attempt: 1, pace: 'none' },
    });
    return session.performStep({
      ...{ feature: `f${seq}`, stepIndex: 0, seq: seq++, attempt: 1, pace: 'none' },
      step: {
        action: { type: 'click', target: { role: 'button', name, exact: true } },
        caption: name,
        success: { kind: 'textVisible', text: says },
        timeoutMs: 2000,
      },
    });
  }
  const bears = (record: PerformedAction, kind: string): string | undefined =>
    record.evidence?.find((one) => one.kind === kind)?.bearing;

  it.each(['Copy by the clipboard', 'Copy by selection', 'Share', 'Copy by the clipboard'])(
    '%s is verified by what lies in the clipboard',
    async (name) => {
      const record = await click(name, 'Copied to the clipboard');
      expect([record.verdict, bears(record, 'clipboard')]).toEqual(['verified', 'for']);
    },
  );

  it.each(['Copy in words alone', 'Copy nothing', 'Copy what is forged'])('%s is refuted', async (name) => {
    const record = await click(name, 'Copied to the clipboard');
    expect([record.verdict, bears(record, 'clipboard')]).toEqual(['refuted', 'against']);
  });

  it.each(['Fetch', 'Fetch later'])('%s is verified by a file that began to come', async (name) => {
    const record = await click(name, 'fees.csv downloaded');
    expect([record.verdict, bears(record, 'download')]).toEqual(['verified', 'for']);
  });

  it('a download in words alone is refuted', async () => {
    const record = await click('Fetch in words alone', 'fees.csv downloaded');
    expect([record.verdict, bears(record, 'download')]).toEqual(['refuted', 'against']);
  });

  it('a full screen is one by what fills it', async () => {
    expect((await click('Fullscreen in words', 'Large now')).verdict).toBe('refuted');
    expect((await click('Full screen', 'Large now')).verdict).toBe('verified');
  });
});
