import type { Node, PageView } from '../page-view';
import { forbiddenKind, leavesApp } from '../forbidden';
import { readable } from '../words';

const NOT_A_PAGE =
  /\.(png|jpe?g|gif|svg|ico|webp|css|js|json|xml|txt|rss|atom|woff2?|mp3|wav)(\?|#|$)|^\/(api|static|assets|feed|rss|graphql)(\/|$)|^\/(__|_next|@)/i;
/** Pages of a theme or a site that say little of what one can do there: they are visited last. */
const SAYS_LITTLE =
  /(?:^|[/_.-])(?:icons?|typography|colou?rs?|utilit(?:y|ies)|grid|blank|empty|starter|404|500|error|not-?found|maintenance|docs?|documentation|changelog|licen[cs]es?|terms|privacy|imprint|legal|upgrade|forgot|reset|lock-?screen|under-?construction|coming-?soon)(?:[/_.-]|\d|$)/i;
/** Pages that are alike (one for each entry) are visited so often. */
const MOST_ALIKE = 2;

/** Paths worth visiting from a page, best first: navigation, then content. */
export function linksToVisit(view: PageView, intent: string): string[] {
  const ranked = view.ofRole('link').flatMap((link) => {
    const path = pathToVisit(link, intent);
    return path === undefined ? [] : [{ path, rank: rankOf(view, link), index: link.index }];
  });
  return [
    ...new Set([...ranked].sort((a, b) => a.rank - b.rank || a.index - b.index).map((one) => one.path)),
  ];
}

/** The path of a link inside the app that is a page and does no harm; undefined otherwise. */
export function pathToVisit(link: Node, intent: string): string | undefined {
  const { href } = link;
  if (href === undefined || leavesApp(href) || NOT_A_PAGE.test(href)) return undefined;
  if (forbiddenKind(`${readable(link.name)} ${href.replace(/[-_/]+/g, ' ')}`, '') !== undefined)
    return undefined;
  if (forbiddenKind(href, intent) !== undefined) return undefined;
  const hash = href.indexOf('#');
  // A route in the hash is a page, a place on the page is none.
  return hash !== -1 && !/^#!?\//.test(href.slice(hash)) ? href.slice(0, hash) || undefined : href;
}

function rankOf(view: PageView, link: Node): number {
  if (
    /\b(new|add|create|write|compose|log ?in|sign ?in|register|sign ?up|demo|try|app|dashboard)\b/i.test(
      link.name,
    )
  )
    return 0;
  if (view.inside(link, 'navigation', 'menubar') !== undefined) return 1;
  if (view.inside(link, 'banner', 'complementary') !== undefined) return 2;
  return view.inside(link, 'contentinfo') !== undefined ? 5 : 3;
}

/** Pages to visit, each path once, of many alike only the first ones. */
export class VisitQueue {
  private readonly seen = new Set<string>();
  private readonly alike = new Map<string, number>();
  private readonly waiting: string[] = [];
  private readonly last: string[] = [];

  add(paths: readonly string[]): void {
    for (const path of paths) {
      const shape = shapeOf(path);
      const count = this.alike.get(shape) ?? 0;
      if (this.seen.has(path) || count >= MOST_ALIKE) continue;
      this.seen.add(path);
      this.alike.set(shape, count + 1);
      (SAYS_LITTLE.test(path) ? this.last : this.waiting).push(path);
    }
  }
  next(): string | undefined {
    return this.waiting.shift() ?? this.last.shift();
  }
  knows(path: string): boolean {
    return this.seen.has(path);
  }
  get size(): number {
    return this.waiting.length + this.last.length;
  }
}

/** `/items/17?page=2` and `/items/a-long-name` have the shape `/items/*`; a path of one segment is its own shape. */
export function shapeOf(path: string): string {
  const [place = '', query] = path.split('?');
  const segments = place.split('/').filter((part) => part !== '');
  const shaped = segments.map((part, at) =>
    /^\d+$|^[0-9a-f-]{16,}$/i.test(part) || (at > 0 && /[-_].*[-_]/.test(part)) ? '*' : part,
  );
  return `${shaped.join('/')}${query === undefined ? '' : `?${routeIn(query)}*`}`;
}

/** What a query says of the page that it leads to, where an app has one address for all of its pages: `view=events`. */
const routeIn = (query: string): string =>
  (query.split('#')[0] ?? '')
    .split('&')
    .filter((part) =>
      /^(?:view|page|tab|section|screen|route|module|action|mode|p)=[a-z][a-z_-]*$/i.test(part),
    )
    .map((part) => `${part}&`)
    .join('');
