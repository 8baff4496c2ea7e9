import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { requireTool } from '@showrunner/config';
import { PERMISSIONS } from '@showrunner/contracts';
import { createDatabase, newApiKey } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import { storeFilmedRun } from '@showrunner/editor-app/testing';
import { startTestRedis } from '@showrunner/events/testing';
import type { TestRedis } from '@showrunner/events/testing';
import type { RunningService } from '@showrunner/service';
import { testConfig } from '@showrunner/service/testing';
import { createObjectStore } from '@showrunner/storage';
import { chromium } from 'playwright-core';
import type { Browser, Locator, Page } from 'playwright-core';
import { startAll } from './start-all';

const PATIENCE_MS = 20_000;
jest.setTimeout(120_000);

/** What of a timeline is looked at here; ms. */
interface Edited {
  version: number;
  durationMs: number;
  timeline: {
    title: string;
    theme: string;
    items: { id: string; kind: string; inMs?: number; outMs?: number }[];
    captions: { id: string; text: string }[];
  };
}

/** The editor's page as the gateway shows it, on the real services and a filmed run; a run of its own for each test. */
let postgres: TestPostgres;
let redis: TestRedis;
let server: RunningService;
let database: Database;
let browser: Browser;
let page: Page;
let film: (runId: string) => Promise<void>;
let runId = '';
let films = 0;
const key = newApiKey();
const onePixel = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64');
const faults: string[] = [];

beforeAll(async () => {
  [postgres, redis] = await Promise.all([startTestPostgres(), startTestRedis()]);
  const config = testConfig({ databaseUrl: postgres.url, redisUrl: redis.url });
  database = createDatabase({ url: postgres.url });
  const store = createObjectStore(config);
  await database.apiKeys.ensure(key, { name: 'editor', tenantId: 'default', permissions: [...PERMISSIONS] });
  const source = { kind: 'git', url: 'https://example.test/p' } as const;
  await database.projects.create({ id: 'p1', name: 'p', source });
  film = (id) => storeFilmedRun({ database, store }, id);
  server = await startAll({ ...config, SOURCE_ALLOWED_HOSTS: [] });
  browser = await chromium.launch({ executablePath: requireTool('chromium').path, args: ['--no-sandbox'] });
  page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('pageerror', (error) => void faults.push(error.message));
  await page.goto(`${server.url}/studio/sign-in`);
  await page.getByLabel('API key').fill(key);
  await page.getByRole('button', { name: 'Sign in with the key' }).click();
  await page.getByRole('heading', { level: 1, name: 'What should we film?' }).waitFor();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await database?.close();
  await Promise.all([postgres?.stop(), redis?.stop()]);
});
beforeEach(async () => {
  runId = `film${(films += 1)}`;
  // Composing pictures takes a processor for itself: the first test is about them, the others are not.
  if (films === 2)
    await page.route('**/timeline/frames?*', (route) =>
      route.fulfill({ body: onePixel, contentType: 'image/gif' }),
    );
  await film(runId);
  await page.goto(`${server.url}/studio/runs/${runId}/edit`);
  await page.getByRole('heading', { name: 'What is shown' }).waitFor();
});

afterEach(() => expect(faults.splice(0)).toEqual([]));

const ask = async (path: string, init: RequestInit = {}): Promise<Edited> => {
  const headers = { 'x-api-key': key, 'content-type': 'application/json', ...init.headers };
  return (await (
    await fetch(`${server.url}/api/runs/${runId}/${path}`, { ...init, headers })
  ).json()) as Edited;
};
const stored = (): Promise<Edited> => ask('timeline');
/** What somebody else does meanwhile. */
const editElsewhere = async (operation: object): Promise<Edited> =>
  ask('timeline/operations', {
    method: 'POST',
    headers: { 'if-match': `"${(await stored()).version}"` },
    body: JSON.stringify({ operations: [operation] }),
  });
/** The stored timeline once it is `version`. */
async function atVersion(version: number): Promise<Edited> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const now = await stored();
    if (now.version >= version || Date.now() > until) {
      expect(now.version).toBe(version);
      return now;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const rows = (): Locator => page.getByRole('region', { name: 'What is shown' }).getByRole('listitem');
const footage = (): Locator =>
  rows()
    .filter({ has: page.getByLabel('From, s') })
    .first();
const undo = (): Locator => page.getByRole('button', { name: 'Undo' });
const caption = (): Locator => page.getByRole('region', { name: 'Captions' }).getByRole('textbox').first();
const isInView = (note: Locator): Promise<boolean> =>
  note.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
/** A line shows `value`, at once or when the answer is there. */
async function holds(line: Locator, value: string): Promise<void> {
  await page.waitForFunction(([element, wanted]) => (element as HTMLInputElement).value === wanted, [
    await line.elementHandle(),
    value,
  ] as const);
}

describe('the editor in a browser', () => {
  it('shows the film at a moment, and goes to another by keyboard', async () => {
    const picture = page.getByRole('img', { name: /^The film at/ });
    const width = (): Promise<number> =>
      picture.evaluate(async (image: HTMLImageElement) => {
        if (!image.complete) await new Promise((resolve) => image.addEventListener('load', resolve));
        return image.naturalWidth;
      });
    expect(await width()).toBeGreaterThan(300);
    await page.locator('body').press('Shift+ArrowRight');
    await page.getByRole('img', { name: 'The film at 0:01.0' }).waitFor();
    expect(await width()).toBeGreaterThan(300);
    await page.getByText('This frame could not be composed.').waitFor({ state: 'detached' });
  });

  it('trims footage, undoes it by button and by keys, and does it again', async () => {
    const { timeline } = await stored();
    const { id, inMs = 0 } = timeline.items.find(({ kind }) => kind === 'footage') ?? { id: '' };
    expect(await undo().isDisabled()).toBe(true);
    await footage()
      .getByLabel('From, s')
      .fill(String((inMs + 200) / 1000));
    await page.keyboard.press('Tab');
    const inOf = ({ timeline: { items } }: Edited) => items.find((item) => item.id === id)?.inMs;
    expect(inOf(await atVersion(2))).toBe(inMs + 200);
    await undo().click();
    expect(inOf(await atVersion(3))).toBe(inMs);
    await page.locator('body').press('Control+Shift+z');
    expect(inOf(await atVersion(4))).toBe(inMs + 200);
    await page.locator('body').press('Control+z');
    expect(inOf(await atVersion(5))).toBe(inMs);
    await holds(footage().getByLabel('From, s'), String(inMs / 1000));
  });

  it('puts what is shown into another order, and the button that did it keeps the focus', async () => {
    const before = (await stored()).timeline.items.map(({ id }) => id);
    await rows()
      .nth(1)
      .getByRole('button', { name: /^Earlier/ })
      .press('Enter');
    const after = (await atVersion(2)).timeline.items.map(({ id }) => id);
    expect(after).toEqual([before[1], before[0], ...before.slice(2)]);
    expect(
      await rows()
        .first()
        .getByRole('button', { name: /^Earlier/ })
        .isDisabled(),
    ).toBe(true);
  });

  it('changes a caption once, by Enter or by going on, and it is there after the page was loaded again', async () => {
    await caption().fill('Log in, as anybody would');
    await caption().press('Enter');
    await page.keyboard.press('Tab');
    const { timeline } = await atVersion(2);
    expect(timeline.captions[0]?.text).toBe('Log in, as anybody would');
    await page.reload();
    expect(await caption().inputValue()).toBe('Log in, as anybody would');
    await undo().click();
    expect((await atVersion(3)).timeline.captions[0]?.text).not.toBe('Log in, as anybody would');
    expect(await undo().isDisabled()).toBe(true);
  });

  it('says why an edit cannot be done, and shows the film as it is', async () => {
    const to = footage().getByLabel('To, s');
    const was = await to.inputValue();
    await to.fill('99999');
    await to.press('Enter');
    await page.getByRole('alert').waitFor();
    await holds(to, was);
    expect((await stored()).version).toBe(1);
    // The next one that can be done takes the note away.
    await page.getByLabel('Theme').selectOption('aurora');
    expect((await atVersion(2)).timeline.theme).toBe('aurora');
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('tells who was slower of it, loses nothing of either, and does what waits when told to', async () => {
    const first = await caption().inputValue();
    await editElsewhere({ op: 'setTheme', theme: 'graphite' });
    await caption().fill('Mine');
    await caption().press('Enter');
    const note = page.getByRole('alert').filter({ hasText: 'Somebody else has edited this film' });
    await note.getByText('Caption: “Mine”').waitFor();
    expect(await isInView(note)).toBe(true);
    expect(await page.getByLabel('Theme').inputValue()).toBe('graphite');
    await holds(caption(), first);
    await note.getByRole('button', { name: 'Do them now' }).click();
    const { timeline } = await atVersion(3);
    expect([timeline.theme, timeline.captions[0]?.text]).toEqual(['graphite', 'Mine']);
    await note.waitFor({ state: 'detached' });
  });

  it('leaves what waits undone when told to', async () => {
    const first = await caption().inputValue();
    await editElsewhere({ op: 'setTheme', theme: 'midnight' });
    await caption().fill('Yours');
    await caption().press('Enter');
    const note = page.getByRole('alert');
    await note.getByRole('button', { name: 'Leave them' }).click();
    await note.waitFor({ state: 'detached' });
    await holds(caption(), first);
    expect((await stored()).version).toBe(2);
  });

  it('undoes nothing of somebody else unseen: it shows his edit, and says that undo undoes that', async () => {
    await page.getByLabel('Theme').selectOption('aurora');
    await atVersion(2);
    await editElsewhere({ op: 'setTitle', title: 'His title' });
    await undo().click();
    const note = page.getByRole('alert');
    await note.getByText('Somebody else has edited this film meanwhile').waitFor();
    expect(await note.textContent()).not.toMatch(/ETag|GET /);
    await page.getByRole('heading', { level: 1, name: 'Edit His title' }).waitFor();
    expect((await stored()).version).toBe(3);
    await undo().click();
    expect((await atVersion(4)).timeline).toMatchObject({ theme: 'aurora' });
    await note.waitFor({ state: 'detached' });
  });

  it('fits a phone, where nothing has to be moved sideways', async () => {
    await page.setViewportSize({ width: 375, height: 740 });
    try {
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
    } finally {
      await page.setViewportSize({ width: 1280, height: 720 });
    }
  });
});
