import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

type Media = { colorScheme?: 'light' | 'dark' | null; reducedMotion?: 'reduce' | null };
/** What is needed of a page of Playwright. */
interface Page {
  evaluate<Answer>(script: string): Promise<Answer>;
  emulateMedia(media: Media): Promise<void>;
  viewportSize(): { width: number; height: number } | null;
  setViewportSize(size: { width: number; height: number }): Promise<void>;
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Rules of axe-core: all in light; what is left to tell in dark are its colours. */
const RULES = { light: '{}', dark: "{ runOnly: ['color-contrast'] }" } as const;

/** Colours of before fade out for a moment. */
const SETTLED =
  'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))).then(() => Promise.all(document.getAnimations().map(({ finished }) => finished))).then(() => 0)';

/** Faults that axe-core finds in a page, in light and in dark: rule and part of the page. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const found: string[] = [];
  await page.evaluate(`${AXE};0`);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(SETTLED);
    const faults = await page.evaluate<string[]>(
      `axe.run(${RULES[colorScheme]}).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 160))))`,
    );
    found.push(...faults.map((fault) => `${colorScheme}: ${fault}`));
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  return found;
}

/** How far a page can be moved sideways on a phone, px. */
export async function sidewaysOnPhone(page: Page): Promise<number> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  if (before !== null) await page.setViewportSize(before);
  return Math.max(0, over);
}
