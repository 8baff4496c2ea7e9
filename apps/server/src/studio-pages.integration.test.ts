import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { requireTool } from '@showrunner/config';
import { PERMISSIONS, sessionIdOf } from '@showrunner/contracts';
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
import type { Browser, Page } from 'playwright-core';
import { startAll } from './start-all';
import { accessibilityFaults, sidewaysOnPhone } from './testing/accessibility';
import { startFramesWorker } from './testing/frames-worker';
import type { FramesWorker } from './testing/frames-worker';

const PASSWORD = 'a few easy words';
const FILMED = 'filmed';
const FILMING = 'filming';
jest.setTimeout(120_000);

/** The studio as people meet it who have no key: on the real services, with one film that there is and one that is being made. */
let postgres: TestPostgres;
let redis: TestRedis;
let server: RunningService;
let database: Database;
let browser: Browser;
let worker: FramesWorker;
let owner: Page;
const key = newApiKey();
const faults: string[] = [];

/** Somebody at a browser of his own. */
async function someone(): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => void faults.push(error.message));
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
  });
  return page;
}
const at = (path: string): string => `${server.url}${path}`;
async function ask<Body>(path: string, body: object = {}): Promise<Body> {
  const headers = { 'x-api-key': key, 'content-type': 'application/json' };
  const answer = await fetch(at(`/api${path}`), { method: 'POST', headers, body: JSON.stringify(body) });
  expect(answer.status).toBe(201);
  return (await answer.json()) as Body;
}
/** Opens an invitation and makes an account by it. */
async function join(page: Page, role: string, mail: string): Promise<void> {
  const { path } = await ask<{ path: string }>('/invitations', { role });
  await page.goto(at(path));
  await page.getByText(`as ${role}`).waitFor();
  await page.getByLabel('Mail address').fill(mail);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByLabel('Password').press('Enter');
  await page.getByRole('navigation', { name: 'Studio' }).waitFor();
}

beforeAll(async () => {
  [postgres, redis] = await Promise.all([startTestPostgres(), startTestRedis()]);
  const config = {
    ...testConfig({ databaseUrl: postgres.url, redisUrl: redis.url }),
    ...{ AUTH_SIGN_UP: 'open' as const, AUTH_GUESTS: 'on' as const, SOURCE_ALLOWED_HOSTS: [] },
  };
  database = createDatabase({ url: postgres.url });
  await database.apiKeys.ensure(key, { name: 'first', tenantId: 'default', permissions: [...PERMISSIONS] });
  const source = { kind: 'git', url: 'https://example.test/p' } as const;
  await database.projects.create({ id: 'p1', name: 'p', source });
  await storeFilmedRun({ database, store: createObjectStore(config) }, FILMED);
  server = await startAll(config);
  browser = await chromium.launch({ executablePath: requireTool('chromium').path, args: ['--no-sandbox'] });
  owner = await someone();
  await join(owner, 'owner', 'owner@example.test');
}, 120_000);
afterAll(async () => {
  worker?.close();
  await browser?.close();
  await server?.close();
  await database?.close();
  await Promise.all([postgres?.stop(), redis?.stop()]);
});
afterEach(() => expect(faults.splice(0)).toEqual([]));

describe('pages of the studio', () => {
  it.each([
    ['/', 'What should we film?'],
    ['/runs', 'Films'],
    [`/runs/${FILMED}`, 'A film'],
    [`/runs/${FILMED}/edit`, 'Edit A film'],
    ['/apps', 'Apps'],
    ['/people', 'People'],
    ['/keys', 'Keys'],
    ['/account', 'Account'],
    ['/none', 'There is nothing here'],
  ])('%s is accessible, and fits a phone', async (path, heading) => {
    await owner.goto(at(`/studio${path}`));
    await owner.getByRole('heading', { level: 1, name: heading }).waitFor();
    await owner.waitForLoadState('networkidle');
    expect(await accessibilityFaults(owner)).toEqual([]);
    expect(await sidewaysOnPhone(owner)).toBe(0);
  });

  it('for who is not in yet are accessible, and fit a phone', async () => {
    const page = await someone();
    const { path } = await ask<{ path: string }>('/invitations', { role: 'viewer' });
    for (const entrance of ['/studio/sign-in', '/studio/sign-up', path, '/studio/join#none']) {
      await page.goto('about:blank');
      await page.goto(at(entrance));
      await page.waitForLoadState('networkidle');
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await sidewaysOnPhone(page)).toBe(0);
    }
    await page.context().close();
  });

  it('are reached by keyboard alone: sign-in, the way past the menu, an invitation that is made', async () => {
    const page = await someone();
    await page.goto(at('/studio/sign-in'));
    await page.getByLabel('Mail address').focus();
    await page.keyboard.type('owner@example.test');
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'What should we film?' }).waitFor();
    await page.goto(at('/studio/people'));
    await page.getByRole('heading', { name: 'owner@example.test' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the page');
    await page.keyboard.press('Enter');
    // From the page on, and not through the menu again.
    const order: string[] = [];
    for (let n = 0; n < 6 && order.at(-1) !== 'Mail address'; n += 1) {
      await page.keyboard.press('Tab');
      order.push(
        await page.evaluate(() => {
          const now = document.activeElement;
          return (now as HTMLInputElement).labels?.[0]?.firstChild?.textContent ?? now?.textContent ?? '';
        }),
      );
    }
    expect(order).toEqual(['Role of owner@example.test', 'Take out', 'Mail address']);
    await page.keyboard.type('new@example.test');
    await page.keyboard.press('Enter');
    await page.getByText('it is not shown again').waitFor();
    await page.getByRole('button', { name: 'Copy the link' }).waitFor();
    await page.context().close();
  });
});

describe('somebody who comes in', () => {
  it('by an address that signs in, is in also where he pastes it into the open sign-in page', async () => {
    const page = await someone();
    await page.goto(at('/studio/sign-in'));
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    const { path } = await ask<{ path: string }>('/sign-ins');
    await page.goto(at(path));
    await page.getByRole('heading', { level: 1, name: 'What should we film?' }).waitFor();
    expect(new URL(page.url()).hash).toBe('');
    await page.context().close();
  });

  it('as a viewer, sees films, and is offered nothing that he may not do', async () => {
    const page = await someone();
    await join(page, 'viewer', 'viewer@example.test');
    await page.getByText('ask an owner for the role of an editor').waitFor();
    const menu = page.getByRole('navigation', { name: 'Studio' });
    expect(await menu.getByRole('link').allTextContents()).toEqual(['Films', 'Apps']);
    await page.goto(at(`/studio/runs/${FILMED}`));
    await page.getByRole('heading', { level: 1, name: 'A film' }).waitFor();
    await page.waitForLoadState('networkidle');
    for (const name of ['Make a link', 'Edit the film', 'Film it again'])
      expect(await page.getByText(name).count()).toBe(0);
    await page.context().close();
  });

  it('as a guest, keeps his team when he makes an account', async () => {
    const page = await someone();
    await page.goto(at('/studio/sign-in'));
    await page.getByRole('button', { name: 'Try it as a guest' }).click();
    await page.getByRole('link', { name: 'Guest' }).click();
    const team = (): Promise<string | null> =>
      page.getByRole('listitem').filter({ hasText: 'You work here' }).locator('strong').textContent();
    const before = await team();
    expect(before).toMatch(/^guest-/);
    await page.getByRole('link', { name: 'Make an account' }).click();
    await page.getByLabel('Mail address').fill('guest@example.test');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByRole('link', { name: 'Account' }).click();
    await page.getByText('guest@example.test').waitFor();
    expect(await team()).toBe(before);
    await page.context().close();
  });
});

describe('a film that is being made', () => {
  it('is seen as a video by who is signed in, and the pictures end once it is', async () => {
    const picture = (colour: string): Promise<Buffer> =>
      owner.setContent(`<body style="background:${colour}">`).then(() => owner.screenshot({ type: 'jpeg' }));
    worker = await startFramesWorker([await picture('red'), await picture('blue')]);
    const size = { width: 1280, height: 720 };
    await database.runs.create({
      ...{ id: FILMING, projectId: 'p1', intent: '', provider: 'local', size, keepSandbox: false },
    });
    await database.runs.setState({ id: FILMING, state: 'filming', message: 'Filming' });
    const sessionId = sessionIdOf(FILMING, { film: 1, number: 1, opening: 1 });
    await database.sessions.open({ sessionId, runId: FILMING, workerAddress: worker.address });
    await owner.goto(at(`/studio/runs/${FILMING}`));
    const video = owner.locator('.live video');
    await video.waitFor({ state: 'visible' });
    const decoded = (): Promise<number> =>
      video.evaluate((shown: HTMLVideoElement) => shown.getVideoPlaybackQuality().totalVideoFrames);
    const before = await decoded();
    await owner.waitForFunction(
      (least) =>
        (document.querySelector<HTMLVideoElement>('.live video')?.getVideoPlaybackQuality()
          .totalVideoFrames ?? 0) > least,
      before + 5,
    );
    expect(await owner.locator('.live canvas').isVisible()).toBe(false);
    expect(await accessibilityFaults(owner)).toEqual([]);
  });
});
