import { WATCH_STYLE } from './watch-style';
import watchScript from './watch.program.cjs';

export interface WatchChapter {
  title: string;
  /** Seconds of the film. */
  start: number;
}
/** What a page of a shared film shows. Titles come from strange apps: they stand in the page as text alone. */
export interface WatchedFilm {
  title: string;
  chapters: readonly WatchChapter[];
  durationMs: number | null;
  size: { width: number; height: number } | null;
  /** Addresses below the platform's own. */
  paths: { page: string; embed: string; video: string; captions?: string; poster?: string };
  videoType: string;
}
export interface PageOptions {
  /** `https://films.example`, as the browser asked. */
  origin: string;
  /** Under which this answer's style and script run. */
  nonce: string;
}

/** Page of a film with its chapters, and what link previews show of it (https://ogp.me). */
export function watchPage(film: WatchedFilm, options: PageOptions): string {
  const { title, chapters } = film;
  const buttons = chapters.map(
    ({ title: name, start }) =>
      `<li><button type="button" data-start="${start}"><span class="time">${clock(start)}</span>${html(name)}</button></li>`,
  );
  const list = buttons.length === 0 ? '' : `<ol aria-label="Chapters">${buttons.join('')}</ol>`;
  const body = `<main><h1>${html(title)}</h1>${player(film)}${list}<p class="muted">Filmed with Showrunner.</p></main>`;
  return page({
    title,
    head: previewTags(film, options.origin),
    body,
    nonce: options.nonce,
    isScripted: true,
  });
}

/** The film alone, for an `<iframe>` of any page. */
export const embedPage = (film: WatchedFilm, { nonce }: PageOptions): string =>
  page({ title: film.title, body: `<main>${player(film)}</main>`, nonce, className: 'embed' });

/** One sentence, where there is no film (any more). */
export const plainPage = (message: string, remedy: string, nonce: string): string =>
  page({
    title: message,
    body: `<main><h1>${html(message)}</h1><p>${html(remedy)}</p></main>`,
    nonce,
  });

function page(parts: {
  title: string;
  head?: string;
  body: string;
  nonce: string;
  className?: string;
  isScripted?: boolean;
}): string {
  const { title, head = '', body, nonce, className = '', isScripted = false } = parts;
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">',
    `<title>${html(title)}</title>${head}<style nonce="${nonce}">${WATCH_STYLE}</style></head>`,
    `<body class="${className}">${body}${isScripted ? `<script nonce="${nonce}">${watchScript}</script>` : ''}</body></html>\n`,
  ].join('\n');
}

function player({ title, paths }: WatchedFilm): string {
  const poster = paths.poster === undefined ? '' : ` poster="${html(paths.poster)}"`;
  const track =
    paths.captions === undefined
      ? ''
      : `<track kind="captions" srclang="en" label="Captions" src="${html(paths.captions)}">`;
  return `<video controls playsinline preload="metadata" src="${html(paths.video)}"${poster} aria-label="${html(title)}">${track}</video>`;
}

function previewTags(film: WatchedFilm, origin: string): string {
  const { title, chapters, paths, size, durationMs, videoType } = film;
  const at = (path: string): string => `${origin}${path}`;
  const description = chapters.map(({ title: name }) => name).join(' · ') || 'A film of an app in use.';
  const dimensions = (name: string): [string, string][] =>
    size === null
      ? []
      : [
          [`${name}:width`, String(size.width)],
          [`${name}:height`, String(size.height)],
        ];
  const tags: [string, string][] = [
    ['og:type', 'video.other'],
    ['og:site_name', 'Showrunner'],
    ['og:title', title],
    ['og:description', description],
    ['og:url', at(paths.page)],
    ['og:video', at(paths.video)],
    ['og:video:type', videoType],
    ...dimensions('og:video'),
    ...(durationMs === null
      ? []
      : [['video:duration', String(Math.round(durationMs / 1000))] as [string, string]]),
    ...(paths.poster === undefined ? [] : [['og:image', at(paths.poster)] as [string, string]]),
    ['twitter:card', 'player'],
    ['twitter:title', title],
    ['twitter:player', at(paths.embed)],
    ...dimensions('twitter:player'),
  ];
  return tags
    .map(([name, value]) => {
      const attribute = name.startsWith('twitter:') ? 'name' : 'property';
      return `<meta ${attribute}="${name}" content="${html(value)}">`;
    })
    .join('\n');
}

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** As text of HTML, also within a quoted attribute. */
const html = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
