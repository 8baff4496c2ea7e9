import { foldText } from '@showrunner/contracts';
import type { ExploredPage, PageSnapshot } from '@showrunner/contracts';
import { PageView } from '../page-view';
import { readable, sentence } from '../words';

/** What an app says of its own name. Data of the app, never instructions. */
export interface AppNames {
  /** `name` or `short_name` of its web manifest. */
  manifest?: string;
  /** `application-name` or `apple-mobile-web-app-title`. */
  application?: string;
  /** `og:site_name`. */
  site?: string;
}
export interface NameSources extends AppNames {
  readme: string;
  /** `name` of package.json. */
  packageName?: string;
}

/** What templates of frameworks and hosts are called: whoever left that in has not named the app. */
const TEMPLATE =
  /^(?:(?:getting started with )?create react app(?: sample)?|(?:my |new )?(?:create )?(?:react|vue(?:\.js)?|svelte(?:kit)?|angular|next(?:\.?js)?|nuxt(?:\.?js)?|astro(?: basics)?|solid(?:start)?|remix|react router|vite|gatsby|ember|preact|qwik|electron|tauri|expo|ionic|node(?:\.?js)?|express|flask|django|fastapi|rails|laravel|spring boot|streamlit|gradio|dash)(?: \+ .*)?(?: \(?(?:app|project|starter|template|example|demo|minimal|sample)\)?)?|vite \+ .*|.*\b(?:starter|boilerplate|template)(?: kit| app)?|create next app|create-.*|(?:my |the |a |your )?(?:app|application|web ?app|web ?site|site|project|page|document|frontend|front-end|client|web|ui|server|demo|example|sample|test|website title|page title|title|untitled(?: document)?|localhost|hello,? world|monorepo|root|workspace|main|index|new tab|todo: .*))$/i;
/** Pages that every app has. */
const PAGE =
  /^(?:home(?: ?page)?|index|welcome(?: back)?|start|overview|dashboard|inbox|settings|sign ?-?in|log ?-?in|sign ?-?up|register|account|profile|about(?: us)?|contact|search|404|not found|error|loading|table of contents|introduction|readme|anmelden|connexion|iniciar sesión|accueil|startseite|inicio)(?:\.{3}|…|!)?$/i;
const DOOR = /sign|log|regist|error|404|not found|loading|welcome|home|index|readme|anmeld|connexion|sesión/i;
const LONGEST = 60;
const MOST_WORDS = 6;

/** A name such as `Kanban example`: what a thing is an example of. */
const DESCRIBES =
  /\b(?:example|demo|sample|app|application|project|tutorial|exercise|clone|challenge|test)s?$/i;
/** Some games and years are names. */
const NUMBER = /^\d{3,4}$/;

interface Named {
  name: string;
  weight: number;
}

/**
 * What the product is called: as most of what names it says, the more deliberate sources counting more. Names of templates and of single
 * pages are none. '' when nothing names it.
 */
export function productName(pages: readonly ExploredPage[], sources: NameSources): string {
  const snapshots = pages.filter((page) => page.revealedBy.length === 0).map((page) => page.snapshot);
  const found: Named[] = [
    { name: sources.manifest ?? '', weight: 5 },
    { name: sources.application ?? '', weight: 4 },
    { name: sources.site ?? '', weight: 4 },
    // The heading of a README that calls itself an example or after a folder describes what it is, more than it names it.
    ...[readmeHeading(sources.readme)].map((name) => ({ name, weight: DESCRIBES.test(name) ? 1.6 : 3.5 })),
    ...titleParts(snapshots),
    ...snapshots.slice(0, 1).flatMap(brandMarks),
    { name: fromPackage(sources.packageName ?? ''), weight: 2 },
    ...snapshots.slice(0, 1).flatMap(mainHeading),
  ]
    .map(({ name, weight }) => ({ name: tidy(name), weight }))
    .filter(({ name }) => isName(name));
  const score = (one: Named): number =>
    found.filter((other) => key(other.name) === key(one.name)).reduce((sum, { weight }) => sum + weight, 0);
  const best = [...found].sort((a, b) => score(b) - score(a) || b.weight - a.weight)[0]?.name;
  return best ?? pageName(snapshots[0]);
}

/** An app that nothing names is called what its page is called, unless that is a door, an error or a template. */
function pageName(page: PageSnapshot | undefined): string {
  if (page === undefined) return '';
  const heading = PageView.of(page).mainHeading()?.name ?? '';
  const names = [...partsOf(page.title), heading].map(tidy);
  return (
    names.find(
      (name) => name.length <= LONGEST && /\p{L}{2}/u.test(name) && !TEMPLATE.test(name) && !DOOR.test(name),
    ) ?? ''
  );
}

const key = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

const tidy = (name: string): string => readable(foldText(name)).replace(/[\s:·|–—-]+$/u, '');

const isName = (name: string): boolean =>
  name.length >= 2 &&
  name.length <= LONGEST &&
  name.split(' ').length <= MOST_WORDS &&
  (/\p{L}{2}/u.test(name) || NUMBER.test(name)) &&
  !TEMPLATE.test(name) &&
  !PAGE.test(name) &&
  !/^https?:|localhost|^[45]\d\d$/i.test(name);

/** The first heading of a README, without badges, links and what explains it. */
function readmeHeading(readme: string): string {
  const text = readme
    .slice(0, 20_000)
    .replace(/<!--[\s\S]{0,4000}?-->/g, ' ')
    // Badges, mostly with a link around them.
    .replace(/\[!\[[^\]\n]{0,200}\]\([^)\n]{0,400}\)\]\([^)\n]{0,400}\)/g, ' ');
  const marked =
    /^#[ \t]+(.+)$/m.exec(text)?.[1] ??
    /<h1[^>]{0,300}>([\s\S]{1,400}?)<\/h1>/i.exec(text)?.[1] ??
    /^([^\n]{2,80})\n={3,}[ \t]*$/m.exec(text)?.[1] ??
    '';
  const plain = marked
    .replace(/!\[[^\]]*\]\([^)]*\)/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]*>/g, ' ')
    .replace(/[*_`#]+/g, ' ')
    .replace(/:[a-z0-9_+-]+:/g, ' ');
  const name = foldText(plain).split(/\s[–—|·-]\s|:\s/)[0] ?? '';
  return /^[a-z0-9]+(?:[-_][a-z0-9]+)+$/.test(name) ? fromPackage(name) : name;
}

const NO_PRODUCT = /\b(?:app|web|frontend|client|ui|site|demo|example|main|monorepo)\b/gi;

/** `@acme/launch-board` → `Launch board`. */
function fromPackage(name: string): string {
  const bare = name.replace(/^@[^/]*\//, '').replace(/[-_.]+/g, ' ');
  const less = foldText(bare.replace(NO_PRODUCT, ' '));
  return sentence(less === '' ? bare : less);
}

const partsOf = (title: string): string[] =>
  title
    .split(/\s(?:[|·•–—:-]|\/|::)\s|\s\|\s|:\s/)
    .map((part) => foldText(part))
    .filter((part) => part !== '');

/** Parts of titles: one that all share counts most; one that is the page's own heading is the page's name. */
function titleParts(pages: readonly PageSnapshot[]): Named[] {
  const titles = [...new Set(pages.map((page) => page.title))];
  const shared =
    titles.length < 2
      ? []
      : partsOf(titles[0] ?? '').filter((part) => titles.every((title) => partsOf(title).includes(part)));
  const named = shared.map((name) => ({ name, weight: 4.5 }));
  const first = pages[0];
  if (first === undefined) return named;
  const headings = first.elements.filter(({ role }) => role === 'heading').map(({ name }) => key(name));
  const parts = partsOf(first.title);
  // `Compound – savings explorer`: what begins with a small letter says what the product is.
  const names = parts.some((part) => !isDescription(part))
    ? parts.filter((part) => !isDescription(part))
    : parts;
  // A first part that is the heading is the page's name; a last one is the site's, whatever the heading says.
  const own =
    names.length > 1 && titles.length < 2
      ? names.filter((part, at) => at === names.length - 1 || !headings.includes(key(part)))
      : names;
  // With one title alone its last part is mostly the site's.
  const single = own.map((name, at) => ({
    name,
    weight: titles.length < 2 ? 2.5 - (own.length - 1 - at) * 0.2 : 1.2 - at * 0.1,
  }));
  return [...named, ...single];
}

const isDescription = (part: string): boolean => /^\p{Ll}+ /u.test(part) || /^\p{Ll}+$/u.test(part);

/** The name at the top that leads home, or stands in the banner. */
/** What a link home says to who cannot see it. */
const SAYS_WHERE = /^(?:visit|go|back|return|open|toggle|skip|view|see|to)\b|\b(?:home ?page|logo)$/i;

function brandMarks(page: PageSnapshot): Named[] {
  const view = PageView.of(page);
  const home = view
    .ofRole('link')
    .filter(
      (link) =>
        (link.href === '/' || link.href === page.path) &&
        view.inside(link, 'banner', 'navigation', 'complementary') !== undefined,
    );
  const [mark] = home.filter(
    ({ name }) => isName(tidy(name)) && tidy(name).length <= 30 && !SAYS_WHERE.test(tidy(name)),
  );
  if (mark === undefined) return [];
  // The one way home of a navigation may be an entry of it like the others.
  const isEntry = home.length === 1 && view.inside(mark, 'navigation') !== undefined;
  return [{ name: tidy(mark.name), weight: isEntry ? 1.5 : 3 }];
}

function mainHeading(page: PageSnapshot): Named[] {
  const heading = PageView.of(page).mainHeading();
  return heading?.level === 1 ? [{ name: heading.name, weight: 1 }] : [];
}
