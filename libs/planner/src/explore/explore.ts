import { findTargets } from '@showrunner/contracts';
import type { AppAccess, Exploration, ExploredPage, PageElement, PageSnapshot } from '@showrunner/contracts';
import { itemsOf } from '../items';
import { PageView, showsTheSame } from '../page-view';
import type { Node } from '../page-view';
import { enterApp } from './access';
import { comeTo } from './come-to';
import type { ExploreInput, ExplorerBrowser } from './explorer-browser';
import { linksToVisit, VisitQueue } from './links';
import { isOpenToAll } from './open-to-all';
import { openersOf, placesOf } from './openers';
import { productName } from './product-name';
import { arrived, firstRender, isBlank, pageError, settled } from './rendering';
import { unfold } from './unfold';

/**
 * Looks at the running app as a visitor would: breadth first over its own links, then behind the clicks that reveal hidden parts, then,
 * where the app or the intent names a way, behind the sign-in. Never leaves the app, never follows what ends, destroys, pays or downloads.
 * Throws what `firstRender` throws when no page shows anything.
 */
export async function explore(browser: ExplorerBrowser, input: ExploreInput): Promise<Exploration> {
  const first = await firstRender(browser, input);
  const exploration: Exploration = {
    appTitle: '',
    readme: input.readme.slice(0, 20_000),
    pages: [],
    notes: [],
  };
  const names = (await browser.names?.()) ?? {};
  await visitAll(browser, input, exploration, first, false);
  const entered = await enterApp(browser, input, exploration);
  if (entered) {
    exploration.access = entered.access satisfies AppAccess;
    await visitAll(browser, input, exploration, entered.page, true);
  }
  const { readme, packageName } = input;
  exploration.appTitle = productName(exploration.pages, {
    ...names,
    readme,
    ...(packageName === undefined ? {} : { packageName }),
  });
  return exploration;
}

async function visitAll(
  browser: ExplorerBrowser,
  input: ExploreInput,
  exploration: Exploration,
  first: PageSnapshot,
  signedIn: boolean,
): Promise<void> {
  const { limits, now, intent } = input;
  const bounds: Bounds = { deadline: now() + limits.maxMs, clicks: limits.maxClicks };
  const queue = new VisitQueue();
  const loaded: ExploredPage[] = [];
  const keep = (page: ExploredPage): void => {
    const known = exploration.pages.some(
      (one) =>
        one.path === page.path &&
        one.revealedBy.length === 0 &&
        page.revealedBy.length === 0 &&
        one.snapshot.fingerprint === page.snapshot.fingerprint,
    );
    if (known) return;
    const open = signedIn && isOpenToAll(exploration, page);
    // Whoever signs in at a door that stands beside open pages sees nothing else there.
    if (open && page.revealedBy.length === 0) return;
    exploration.pages.push(signedIn && !open ? { ...page, signedIn } : page);
  };
  const take = (page: ExploredPage): void => {
    loaded.push(page);
    keep(page);
    queue.add(linksToVisit(new PageView(page), intent));
  };

  queue.add([first.path]);
  queue.next();
  take({ path: first.path, snapshot: first, revealedBy: [] });
  // The first page's hidden parts matter more than the tenth page.
  await reveal(browser, input, exploration, loaded[0], keep, queue, bounds, !signedIn);
  await unfold(browser, input, loaded[0], queue, bounds.deadline);
  const places = await visitPlaces(browser, input, exploration, loaded[0], keep, queue, bounds);
  let shown: ExploredPage | undefined;
  for (let path = queue.next(); path !== undefined; path = queue.next()) {
    input.signal?.throwIfAborted();
    if (loaded.length + places.length >= limits.maxPages || now() >= bounds.deadline) {
      exploration.notes.push(
        `${queue.size + 1} more pages were not visited: the limit of ${loaded.length + places.length >= limits.maxPages ? `${limits.maxPages} pages` : `${limits.maxMs / 1000} s`} was reached.`,
      );
      break;
    }
    input.onProgress?.(`Looking at ${path}`);
    const page = await visit(browser, input, path, exploration);
    shown = page;
    if (page) take(page);
  }
  const others = [...loaded.slice(1), ...places];
  for (const [n, page] of others.entries()) {
    // Nobody has touched the page that was visited last.
    const isShown = page === shown;
    shown = undefined;
    if (await reveal(browser, input, exploration, page, keep, queue, bounds, isShown)) continue;
    const reason = bounds.clicks <= 0 ? `${limits.maxClicks} clicks` : `${limits.maxMs / 1000} s`;
    exploration.notes.push(
      `Hidden parts of ${others.length - n} pages were not looked for: the limit of ${reason} was reached.`,
    );
    break;
  }
}

/** What is left of the limits; clicks are counted down. */
interface Bounds {
  /** On the clock of the input. */
  readonly deadline: number;
  clicks: number;
}

/**
 * The places of an app that leads around by buttons: each is a state of the page, kept with the click that leads to it. As many as there
 * may be pages.
 */
async function visitPlaces(
  browser: ExplorerBrowser,
  input: ExploreInput,
  exploration: Exploration,
  page: ExploredPage | undefined,
  keep: (page: ExploredPage) => void,
  queue: VisitQueue,
  bounds: Bounds,
): Promise<ExploredPage[]> {
  if (page === undefined) return [];
  const view = new PageView(page);
  const found: ExploredPage[] = [];
  for (const place of placesOf(view, input.intent)) {
    if (input.now() >= bounds.deadline || found.length + 1 >= input.limits.maxPages) {
      exploration.notes.push(`Not all places of ${page.path} were looked at: a limit was reached.`);
      break;
    }
    input.signal?.throwIfAborted();
    input.onProgress?.(`Looking at ${place.name}`);
    if (!(await comeTo(browser, input, page))) break;
    const target = view.targetOf(place);
    const { error, after } = await browser.act({ type: 'click', target });
    if (error !== undefined) continue;
    const shown = after.path === page.path ? await settled(browser, input) : after;
    if (shown.path !== page.path && shown.path.startsWith('/')) queue.add([shown.path]);
    if (shown.path !== page.path || pageError(shown) !== undefined || isBlank(shown)) continue;
    const isKnown = exploration.pages.some(
      (one) => one.path === page.path && showsTheSame(one.snapshot, shown),
    );
    if (isKnown) continue;
    const state = { path: page.path, snapshot: shown, revealedBy: [...page.revealedBy, target] };
    found.push(state);
    keep(state);
  }
  return found;
}

/** Loads one page; undefined with a note when it is an error, empty, or another one that is known. */
async function visit(
  browser: ExplorerBrowser,
  input: ExploreInput,
  path: string,
  exploration: Exploration,
): Promise<ExploredPage | undefined> {
  const { errorText } = await browser.goto(path);
  if (errorText !== undefined) {
    exploration.notes.push(`${path} could not be opened: ${errorText}.`);
    return undefined;
  }
  const snapshot = await arrived(browser, input);
  const error = isBlank(snapshot) ? 'it stayed blank' : pageError(snapshot);
  if (error !== undefined) {
    exploration.notes.push(`${path} was left out: ${error}.`);
    return undefined;
  }
  // A redirect ends elsewhere: what is seen belongs to where it ended.
  if (
    snapshot.path !== path &&
    exploration.pages.some((one) => one.path === snapshot.path && one.revealedBy.length === 0)
  )
    return undefined;
  // Another address of a page that is known.
  if (
    exploration.pages.some((one) => one.signedIn !== true && showsTheSame(one.snapshot, snapshot)) &&
    exploration.access === undefined
  )
    return undefined;
  return { path: snapshot.path, snapshot, revealedBy: [] };
}

/**
 * `isShown`: the browser shows this page as it was loaded. Answers false when a limit ended it before its last opener.
 */
async function reveal(
  browser: ExplorerBrowser,
  input: ExploreInput,
  exploration: Exploration,
  page: ExploredPage | undefined,
  keep: (page: ExploredPage) => void,
  queue: VisitQueue,
  bounds: Bounds,
  isShown = false,
): Promise<boolean> {
  if (page === undefined) return true;
  const view = new PageView(page);
  if (page.revealedBy.length === 0) await pointAtItem(browser, input, page, view, keep, isShown);
  // What a place offers is what its page did not.
  const base = exploration.pages.find((one) => one.path === page.path && one.revealedBy.length === 0);
  const isFresh = (node: Node): boolean =>
    page.revealedBy.length === 0 ||
    base === undefined ||
    findTargets(base.snapshot.elements, { role: node.role, name: node.name, exact: true }).length === 0;
  const openers = openersOf(view, input.intent).filter(isFresh).slice(0, input.limits.maxReveals);
  for (const [n, opener] of openers.entries()) {
    if (input.now() >= bounds.deadline || bounds.clicks <= 0) return false;
    bounds.clicks -= 1;
    input.signal?.throwIfAborted();
    // Just loaded and touched by nobody: loading it again would bring the same.
    if ((!isShown || n > 0) && !(await comeTo(browser, input, page))) return true;
    const target = view.targetOf(opener);
    const { error, after } = await browser.act({ type: 'click', target });
    if (error !== undefined) continue;
    const shown = after.path === page.path ? await settled(browser, input) : after;
    if (shown.path !== page.path) {
      // A button that leads to another page of the app.
      if (shown.path.startsWith('/')) queue.add([shown.path]);
      continue;
    }
    const known = exploration.pages.some(
      (one) => one.path === page.path && one.snapshot.fingerprint === shown.fingerprint,
    );
    if (!known && pageError(shown) === undefined && !isBlank(shown))
      keep({ path: page.path, snapshot: shown, revealedBy: [...page.revealedBy, target] });
  }
  return true;
}

/** What an entry offers only while the pointer is over it. The page stays as it was loaded. */
async function pointAtItem(
  browser: ExplorerBrowser,
  input: ExploreInput,
  page: ExploredPage,
  view: PageView,
  keep: (page: ExploredPage) => void,
  isShown: boolean,
): Promise<void> {
  const item = itemToPointAt(view);
  if (item === undefined) return;
  if (!isShown) {
    if ((await browser.goto(page.path)).errorText !== undefined) return;
    await settled(browser, input);
  }
  const target = view.targetOf(item);
  const { error, after } = await browser.act({ type: 'hover', target });
  const offers = (elements: readonly PageElement[]): number =>
    elements.filter(({ role }) => role === 'button' || role === 'checkbox' || role === 'link').length;
  const isMore = offers(after.elements) > offers(page.snapshot.elements);
  if (error === undefined && after.path === page.path && isMore)
    keep({ path: page.path, snapshot: after, revealedBy: [target], hovering: true });
}

/** The first entry of a list, where no entry offers anything yet. */
function itemToPointAt(view: PageView): Node | undefined {
  const items = itemsOf(view);
  const offersNothing = items.every(
    ({ node }) => !view.descendants(node).some((one) => one.role === 'button'),
  );
  return offersNothing ? items[0]?.node : undefined;
}
