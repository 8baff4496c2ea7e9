import { posix } from 'node:path';
import { readHtmlPage } from './html-page';
import type { HtmlPage } from './html-page';
import type { ProjectFile } from './project-file';

/** A site of plain HTML, CSS, scripts and images as the sources of a Next.js app. */
export interface ConvertedSite {
  /** `page.tsx`, and `<name>/page.tsx` for each further page. */
  pages: ProjectFile[];
  globals: string;
  assets: ProjectFile[];
  title: string | null;
  description: string | null;
  lang: string | null;
}

const FAR = /^([a-z][a-z0-9+.-]*:|\/\/|#|\?)/i;

/** @param files by path; every `.html` becomes a page, every `.css` goes into the global styles, the rest into public/assets */
export function convertSite(files: ReadonlyMap<string, string>): ConvertedSite {
  const paths = [...files.keys()];
  const htmlPaths = paths.filter(isHtml);
  const main = htmlPaths.includes('index.html') ? 'index.html' : (htmlPaths[0] ?? '');
  const assetPaths = paths.filter((path) => !isHtml(path) && !path.endsWith('.css'));
  const renamedIn =
    (from: string) =>
    (reference: string): string => {
      if (reference === '' || FAR.test(reference)) return reference;
      const [name = '', rest = ''] = split(reference);
      const path = posix.normalize(posix.join(name.startsWith('/') ? '.' : posix.dirname(from), name));
      if (assetPaths.includes(path)) return assetUrl(path) + rest;
      if (htmlPaths.includes(path)) return routeOf(path, main) + rest;
      return reference;
    };
  const pages = new Map(
    htmlPaths.map((path) => [path, readHtmlPage(files.get(path) ?? '', renamedIn(path))] as const),
  );
  const first = pages.get(main);
  const css = paths.filter((path) => path.endsWith('.css'));
  const far = [...pages.values()].flatMap(({ linkedStyles }) =>
    linkedStyles.filter((link) => FAR.test(link)),
  );
  const globals = [
    // Imports must come before all other rules.
    ...[...new Set(far)].map((link) => `@import url(${JSON.stringify(link)});`),
    ...css.map((path) => withUrls(files.get(path) ?? '', renamedIn(path))),
    ...[...pages].map(([path, page]) => withUrls(page.styles, renamedIn(path))),
  ];
  return {
    pages: [...pages].map(([path, page]) => ({
      path: path === main ? 'page.tsx' : `${routeOf(path, main).slice(1)}/page.tsx`,
      content: pageSource(page),
    })),
    globals: globals.filter((part) => part.trim() !== '').join('\n\n'),
    assets: assetPaths.map((path) => ({ path: `public${assetUrl(path)}`, content: files.get(path) ?? '' })),
    title: first?.title ?? null,
    description: first?.description ?? null,
    lang: first?.lang ?? null,
  };
}

const isHtml = (path: string): boolean => /\.html?$/.test(path);
const assetUrl = (path: string): string => `/assets/${path.replace(/^(public\/)?(assets\/)?/, '')}`;
const routeOf = (path: string, main: string): string =>
  path === main ? '/' : `/${path.replace(/\.html?$/, '').replace(/\/index$/, '')}`;
const split = (reference: string): string[] => {
  const at = reference.search(/[?#]/);
  return at < 0 ? [reference] : [reference.slice(0, at), reference.slice(at)];
};
const withUrls = (css: string, renamed: (reference: string) => string): string =>
  css.replace(
    /url\(\s*(['"]?)([^'")]+)\1\s*\)/g,
    (_all, quote: string, reference: string) => `url(${quote}${renamed(reference)}${quote})`,
  );

/** The body as it is: what React would make of each element plays no part for a page that was written by hand. */
function pageSource(page: HtmlPage): string {
  const scripts = page.headScripts.map(({ src, code }, index) =>
    src === null
      ? `      <Script id="head-${index}" dangerouslySetInnerHTML={{ __html: ${literal(code)} }} />`
      : `      <Script src={${literal(src)}} />`,
  );
  const className = page.bodyClass === '' ? '' : ` className={${literal(page.bodyClass)}}`;
  return [
    ...(scripts.length === 0 ? [] : [`import Script from 'next/script';`, '']),
    `const html = ${literal(page.body)};`,
    '',
    'export default function Page() {',
    '  return (',
    '    <>',
    `      <div${className} dangerouslySetInnerHTML={{ __html: html }} />`,
    ...scripts,
    '    </>',
    '  );',
    '}',
    '',
  ].join('\n');
}

/** A string of TypeScript, whatever the text holds. */
const literal = (text: string): string =>
  JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
