import type { ExploredPage } from '@showrunner/contracts';
import { PageView } from '../page-view';
import { comeTo } from './come-to';
import type { ExploreInput, ExplorerBrowser } from './explorer-browser';
import { linksToVisit } from './links';
import type { VisitQueue } from './links';
import { groupsOf } from './openers';
import { settled } from './rendering';

/** Opens the groups of the navigation that fold their links away, and takes note of where these lead. */
export async function unfold(
  browser: ExplorerBrowser,
  input: ExploreInput,
  page: ExploredPage | undefined,
  queue: VisitQueue,
  /** On the clock of the input. */
  deadline: number,
): Promise<void> {
  if (page === undefined) return;
  const view = new PageView(page);
  const groups = groupsOf(view);
  if (groups.length === 0 || !(await comeTo(browser, input, page))) return;
  for (const group of groups) {
    if (input.now() >= deadline) return;
    const { error, after } = await browser.act({ type: 'click', target: view.targetOf(group) });
    if (error !== undefined) continue;
    if (after.path.split(/[?#]/)[0] !== page.path.split(/[?#]/)[0]) {
      queue.add([after.path]);
      if (!(await comeTo(browser, input, page))) return;
      continue;
    }
    const shown = await settled(browser, input);
    queue.add(linksToVisit(new PageView({ ...page, snapshot: shown }), input.intent));
  }
}
