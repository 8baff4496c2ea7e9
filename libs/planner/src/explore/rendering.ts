import { AppError, foldText } from '@showrunner/contracts';
import type { PageSnapshot } from '@showrunner/contracts';
import type { ExploreInput, ExplorerBrowser } from './explorer-browser';

const POLL_MS = 60;
/** A page that looks the same for so long is ready; when it loads nothing either, the shorter time is enough. */
const STILL_MS = 360;
const IDLE_MS = 180;
const LONGEST_SETTLE_MS = 1800;
/** A page that shows nothing yet runs its program: on a busy machine that takes a while. */
const LONGEST_BLANK_MS = 6000;
const LONGEST_LOADING_MS = 12_000;
/** An app may answer errors while it starts up. */
const ERROR_PATIENCE_MS = 6000;
const RETRY_MS = 1000;
/** A page that stays blank for so long while nothing is being loaded stays so: less when its own program said that it failed. */
const BLANK_AT_REST_MS = 45_000;
const FAILED_AT_REST_MS = 6000;

const LOADING =
  /^(loading|please wait|starting|initiali[sz]ing|compiling|connecting|one moment)\b|\bloading\s*(…|\.\.\.)/i;
/** Words of the error pages that development servers and frameworks put in place of the app. */
const ERROR_OVERLAY =
  /\b(internal server error|application error|unhandled (runtime )?error|failed to compile|build error|module not found|traceback \(most recent call last\)|cannot GET \/|whitelabel error page|failed to resolve import|exception value:|werkzeug debugger|something went wrong)\b/i;

export const isBlank = (page: PageSnapshot): boolean =>
  foldText(page.text) === '' && page.elements.length === 0;
export const isLoading = (page: PageSnapshot): boolean =>
  foldText(page.text).length < 60 && LOADING.test(foldText(page.text));

/** Side of a wheel that turns in the place of what a page will show, px. */
const WHEEL = 20;
/** Whether a page shows little more than that something is under way: a wheel or bar that names no amount, and hardly a word. */
export const isUnderWay = (page: PageSnapshot): boolean =>
  foldText(page.text).length < 60 &&
  page.elements.some(
    ({ role, value, inViewport, box }) =>
      role === 'progressbar' && value === '' && inViewport && Math.min(box.width, box.height) >= WHEEL,
  );

/** Why a page is an error instead of the app, or undefined. */
export function pageError(page: PageSnapshot): string | undefined {
  const text = foldText(page.text);
  if (page.status !== undefined && page.status >= 400)
    return `HTTP ${page.status}${text === '' ? '' : `: ${text.slice(0, 160)}`}`;
  const interactive = page.elements.filter((element) =>
    ['link', 'button', 'textbox'].includes(element.role),
  ).length;
  const match = ERROR_OVERLAY.exec(text.slice(0, 600));
  return match && interactive <= 6 ? text.slice(Math.max(0, match.index - 20), match.index + 160) : undefined;
}

/**
 * Loads the first page and waits until it shows something. Throws AppError `redirect_loop`, `app_unreachable`, `app_error_page`,
 * `blank_page`.
 */
export async function firstRender(browser: ExplorerBrowser, input: ExploreInput): Promise<PageSnapshot> {
  const { rootPath, limits, now, sleep } = input;
  const startedAt = now();
  let erring: number | undefined;
  let restingMs = 0;
  let lookedAt = startedAt;
  await load(browser, rootPath);
  for (;;) {
    input.signal?.throwIfAborted();
    const page = await arrived(browser, input);
    const error = isBlank(page) ? undefined : pageError(page);
    if (!isBlank(page) && error === undefined && !isLoading(page)) return page;
    const waited = now() - startedAt;
    if (error !== undefined) {
      erring ??= now();
      if (now() - erring >= ERROR_PATIENCE_MS || waited >= limits.firstRenderMs)
        throw errorPage(rootPath, error, page.status);
      await sleep(RETRY_MS);
      await load(browser, rootPath);
      continue;
    }
    if (waited >= limits.firstRenderMs && !isBlank(page)) return page;
    // A busy machine, on which a look takes long, is no page at rest.
    const sinceLook = Math.min(now() - lookedAt, LONGEST_BLANK_MS + RETRY_MS);
    lookedAt = now();
    restingMs = isBlank(page) && (await browser.isIdle()) ? restingMs + sinceLook : 0;
    const troubles = restingMs >= FAILED_AT_REST_MS ? ((await browser.troubles?.()) ?? []) : [];
    const isOver = restingMs >= (troubles.length > 0 ? FAILED_AT_REST_MS : BLANK_AT_REST_MS);
    if (isOver || waited >= limits.firstRenderMs) throw blankPage(rootPath, waited, troubles);
    input.onProgress?.(`Waiting for the first page (${Math.round(waited / 1000)} s)`);
    await sleep(POLL_MS * 4);
  }
}

async function load(browser: ExplorerBrowser, path: string): Promise<void> {
  const { errorText } = await browser.goto(path);
  if (errorText === undefined) return;
  if (/REDIRECT/i.test(errorText)) {
    throw new AppError('redirect_loop', `The app redirects ${path} in an endless loop.`, {
      status: 422,
      remedy: 'Check the base URL and sign-in settings of the app; give the address it expects with --env.',
    });
  }
  if (/ABORTED/i.test(errorText)) return;
  throw new AppError('app_unreachable', `The browser could not open ${path}: ${errorText}.`, {
    status: 422,
    retryable: true,
    remedy: 'Look at the log of the app: it may have ended.',
  });
}

const blankPage = (path: string, waitedMs: number, troubles: readonly string[]): AppError =>
  new AppError(
    'blank_page',
    `The app answers at ${path}, but its page stayed blank for ${Math.round(waitedMs / 1000)} s${troubles.length === 0 ? '.' : `: ${troubles.join(' ')}`}`,
    {
      status: 422,
      ...(troubles.length > 0 && { details: { troubles } }),
      remedy:
        'Open the preview and look at the browser console: often an outside API or a build step is missing. Set it with --env or --start.',
    },
  );

const errorPage = (path: string, error: string, status: number | undefined): AppError =>
  new AppError('app_error_page', `The app answers with an error page at ${path}: ${error}`, {
    status: 422,
    details: { status: status ?? null },
    remedy:
      'Look at the log of the app; a missing environment variable (--env), database or outside API is the usual cause.',
  });

/** The page as loaded, settled, and without what lies over it. */
export async function arrived(
  browser: ExplorerBrowser,
  input: Pick<ExploreInput, 'now' | 'sleep' | 'signal'>,
): Promise<PageSnapshot> {
  const until = input.now() + LONGEST_BLANK_MS;
  let page = await settled(browser, input);
  while (isUnderWay(page) && input.now() < until) {
    await input.sleep(POLL_MS * 4);
    page = await settled(browser, input);
  }
  return (await browser.clearTheWay()) ? settled(browser, input) : page;
}

/** The page when it no longer changes, or as it is after a while. */
export async function settled(
  browser: ExplorerBrowser,
  input: Pick<ExploreInput, 'now' | 'sleep' | 'signal'>,
): Promise<PageSnapshot> {
  const startedAt = input.now();
  let last = (await browser.atRest?.()) ?? (await browser.snapshot());
  input.signal?.throwIfAborted();
  if (browser.atRest !== undefined && !isBlank(last) && !isLoading(last)) return last;
  let stillSince = input.now();
  let idleSince = stillSince;
  for (;;) {
    await input.sleep(POLL_MS);
    input.signal?.throwIfAborted();
    const page = await browser.snapshot();
    const waited = input.now() - startedAt;
    const changed = page.fingerprint !== last.fingerprint || page.text !== last.text;
    if (changed) stillSince = input.now();
    if (changed || !(await browser.isIdle())) idleSince = input.now();
    last = page;
    const busy = isBlank(page) || isLoading(page);
    const still = input.now() - stillSince >= STILL_MS || input.now() - idleSince >= IDLE_MS;
    if (still && !busy) return page;
    const longest = isBlank(page) ? LONGEST_BLANK_MS : busy ? LONGEST_LOADING_MS : LONGEST_SETTLE_MS;
    if (waited >= longest) return page;
  }
}
