import type { ExploredPage } from '@showrunner/contracts';
import type { ExploreInput, ExplorerBrowser } from './explorer-browser';
import { arrived, settled } from './rendering';

/** Loads a page and takes the clicks that lead to its state. */
export async function comeTo(
  browser: ExplorerBrowser,
  input: ExploreInput,
  page: ExploredPage,
): Promise<boolean> {
  if ((await browser.goto(page.path)).errorText !== undefined) return false;
  await arrived(browser, input);
  for (const target of page.revealedBy) {
    if ((await browser.act({ type: 'click', target })).error !== undefined) return false;
    await settled(browser, input);
  }
  return true;
}
