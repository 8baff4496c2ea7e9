import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { requireTool } from '@showrunner/config';
import type { RunReport } from '@showrunner/contracts';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { TestPlatform } from './testing/platform';

const CATALOGUE = path.resolve(import.meta.dirname, '../examples/catalogue');

describe('a film is made, watched and fetched in a browser', () => {
  let platform: TestPlatform;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];
  beforeAll(async () => {
    platform = await TestPlatform.start();
    browser = await chromium.launch({ executablePath: requireTool('chromium').path, args: ['--no-sandbox'] });
    page = await browser.newPage();
    page.on('pageerror', (error) => void faults.push(error.message));
    page.on('response', (response) => {
      // A page asks for things of a run that may not be there yet; its own parts always are.
      const isOwn = response.url().includes('/studio/');
      if (response.status() >= (isOwn ? 400 : 500)) faults.push(`${response.status()} ${response.url()}`);
    });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await platform?.stop();
  }, 60_000);

  it('by clicks alone: an archive is given, what was found is looked over, the film is seen and downloaded', async () => {
    const { stdout } = await platform.showrunner(['studio']);
    const address = /http\S+#\S+/.exec(stdout)?.[0] ?? '';
    await page.goto(address);
    await page.getByText('Folder or archive').click();
    const archive = path.join(platform.home, 'catalogue.tar.gz');
    execFileSync('tar', ['-czf', archive, '-C', CATALOGUE, '.']);
    await page.locator('input[type=file]:not([webkitdirectory])').setInputFiles(archive);
    await page.getByRole('button', { name: 'Look at the app' }).click();
    await page.getByText('index.html is a static page.').waitFor({ timeout: 60_000 });
    await page.getByLabel('Let me look at the plan').check();
    await page.getByRole('button', { name: 'Make the film' }).click();

    // The plan waits in the page that is open, and goes on without the one that is dropped.
    const proposed = page.getByRole('region', { name: 'Look at the plan' }).getByRole('listitem');
    await proposed.first().waitFor({ timeout: 60_000 });
    const dropped = proposed.last().getByRole('checkbox');
    await dropped.uncheck();
    const chosen = (await proposed.count()) - 1;
    await page.getByRole('button', { name: `Film these ${chosen}` }).click();

    // The pictures as they come, and then the film.
    await page.getByText('AI is interacting').waitFor({ timeout: 120_000 });
    // The live view is a video, too: the film is the one that can be fetched.
    await page.getByRole('link', { name: 'The film', exact: true }).waitFor({ timeout: 120_000 });
    await page.locator('video').waitFor();
    const played = await page.locator('video').evaluate(async (video: HTMLVideoElement) => {
      await video.play();
      await new Promise((resolve) => video.addEventListener('timeupdate', resolve, { once: true }));
      return { width: video.videoWidth, seconds: video.duration };
    });
    expect(played).toEqual({ width: 1280, seconds: expect.any(Number) });
    expect(played.seconds).toBeGreaterThan(5);
    expect(await page.getByText('Proven', { exact: true }).count()).toBeGreaterThanOrEqual(3);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'The film', exact: true }).click(),
    ]);
    expect(await download.failure()).toBeNull();

    // Who has the link, and no key and no cookie, sees the film and its chapters; once it was taken back, a page that says so.
    await page.getByRole('button', { name: 'Make a link' }).click();
    const link = (await page.getByRole('link', { name: 'Open the page' }).getAttribute('href')) ?? '';
    const guest = await (await browser.newContext()).newPage();
    await guest.goto(new URL(link, address).href);
    const chapter = guest.getByRole('list', { name: 'Chapters' }).getByRole('button').last();
    const startS = Number(await chapter.getAttribute('data-start'));
    await chapter.click();
    await guest.waitForFunction(
      (from) => (document.querySelector('video')?.currentTime ?? 0) >= from,
      startS,
    );
    expect(startS).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Take it back' }).click();
    await page.getByRole('link', { name: 'Open the page' }).waitFor({ state: 'detached' });
    expect((await guest.reload())?.status()).toBe(410);
    await guest.getByText('This link was taken back.').waitFor();

    const runId = page.url().split('/').at(-1) ?? '';
    const { state, features } = await platform.get<RunReport>(`/runs/${runId}`);
    expect(state).toBe('done');
    expect(features.filter(({ verified }) => !verified)).toEqual([]);
    expect(features).toHaveLength(chosen);
    expect(faults).toEqual([]);
  }, 300_000);
});
