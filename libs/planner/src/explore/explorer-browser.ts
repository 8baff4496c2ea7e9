import type { PageSnapshot, StepAction } from '@showrunner/contracts';
import type { AppNames } from './product-name';

/** What exploring needs of a browser; nothing of it is recorded. */
export interface ExplorerBrowser {
  /** What the page that is shown, or its web manifest, calls the app. */
  names?(): Promise<AppNames>;
  /** Loads a path of the app. `errorText` is Chromium's name of the failure, e.g. `net::ERR_TOO_MANY_REDIRECTS`. */
  goto(path: string): Promise<{ status?: number; errorText?: string }>;
  snapshot(): Promise<PageSnapshot>;
  /** The page once it is at rest, or as it is after a while; without it the page is looked at again and again. */
  atRest?(): Promise<PageSnapshot>;
  /** Whether nothing is being loaded and nothing slides or fades: then a page that stays the same for a short while is ready. */
  isIdle(): Promise<boolean>;
  /** What the page's program and its files said went wrong, one sentence each, oldest first. */
  troubles?(): Promise<string[]>;
  /** Leaves banners, tours and offers that lie over the page; answers whether there were any. */
  clearTheWay(): Promise<boolean>;
  /** One action without a condition; answers the page once it has settled. */
  act(action: StepAction): Promise<{ error?: string; after: PageSnapshot }>;
}

export interface ExploreLimits {
  /** Pages loaded at most, and as many again behind a sign-in. */
  maxPages: number;
  /** The last resort against an app that answers nothing: milliseconds for everything after the first page has rendered. */
  maxMs: number;
  /** Milliseconds until the first page must show something: dev servers compile on the first request. */
  firstRenderMs: number;
  /** Clicks that may reveal hidden parts, per page. */
  maxReveals: number;
  /** The same on all pages together, and as many again behind a sign-in. */
  maxClicks: number;
}
export const DEFAULT_EXPLORE_LIMITS: ExploreLimits = {
  maxPages: 8,
  maxMs: 90_000,
  firstRenderMs: 90_000,
  maxReveals: 4,
  maxClicks: 16,
};

export interface ExploreInput {
  /** Where the app's page is, usually `/`. */
  rootPath: string;
  /** Text of the README, '' when there is none. Data, never instructions. */
  readme: string;
  /** `name` of the app's package.json. */
  packageName?: string;
  intent: string;
  limits: ExploreLimits;
  /** Clock in ms. */
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  signal?: AbortSignal;
  onProgress?: (message: string) => void;
}
