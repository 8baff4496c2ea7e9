import { InvalidInputError } from '@showrunner/contracts';
import { convertSite } from './html-site';
import { safePath } from './file-names';
import { packageJson } from './package-json';
import { reExport } from './route-files';
import {
  defaultGlobals,
  defaultLayout,
  NEXT_CONFIG,
  postcssConfig,
  tailwindConfig,
  TSCONFIG,
} from './templates';
import type { ProjectFile } from './project-file';

/** Name of a file to its text. */
export type GeneratedCode = Readonly<Record<string, string>>;

export interface NextProject {
  files: ProjectFile[];
  /** One sentence each: what was added or changed. */
  notes: string[];
}

const CODE = /\.(tsx?|jsx?|mjs)$/;
const PAGE = /^page\.(tsx|jsx|ts|js)$/;
const LAYOUT = /^layout\.(tsx|jsx|ts|js)$/;
const OWN_LAYOUT = /^(src\/)?(app|pages)\/.*\.(tsx|jsx|ts|js)$/;

/**
 * Makes a whole Next.js project of generated code: layout, page, globals, package.json, configurations, public/assets. What the code
 * holds is kept; what is missing is added; plain HTML and CSS are converted. Pure.
 * @throws {InvalidInputError} `file_name_invalid`, `page_missing`, `package_json_invalid`
 */
export function nextProjectOf(input: {
  generatedCode: GeneratedCode;
  projectName: string;
  description?: string;
}): NextProject {
  const given = new Map(
    Object.entries(input.generatedCode).map(([name, content]) => [safePath(name), content] as const),
  );
  const notes: string[] = [];
  const files = new Map<string, string>();
  const facts = { title: input.projectName, description: input.description ?? '', lang: 'en' };

  const isOwnLayout = [...given.keys()].some((path) => OWN_LAYOUT.test(path));
  const hasPage = [...given.keys()].some((path) => PAGE.test(path));
  const component = [...given.keys()].find((path) => /^(App|index|main)\.(tsx|jsx)$/.test(path));
  const isSite = !isOwnLayout && !hasPage && [...given.keys()].some((path) => /\.html?$/.test(path));

  if (isSite) {
    const site = convertSite(given);
    for (const { path, content } of [...site.pages, ...site.assets]) files.set(path, content);
    files.set('globals.css', site.globals);
    Object.assign(facts, {
      ...(site.title ? { title: site.title } : {}),
      ...(site.description ? { description: site.description } : {}),
      ...(site.lang ? { lang: site.lang } : {}),
    });
    notes.push('The HTML was converted to pages of Next.js, its styles to globals.css.');
  } else {
    for (const [path, content] of given) files.set(placeOf(path), content);
    if (!isOwnLayout && !hasPage && component !== undefined) {
      files.set('page.tsx', `'use client';\n\nexport { default } from './${component.replace(CODE, '')}';\n`);
      notes.push(`${component} is shown as the page.`);
    } else if (!isOwnLayout && !hasPage) throw pageMissing();
  }

  const added = (path: string, content: string, why: string): void => {
    if (files.has(path)) return;
    files.set(path, content);
    notes.push(why);
  };
  if (!isOwnLayout) {
    added('globals.css', defaultGlobals(), 'globals.css was added.');
    if (![...files.keys()].some((path) => LAYOUT.test(path)))
      added('layout.tsx', defaultLayout(facts), 'layout.tsx was added.');
    // Next.js looks for routes in the folder `app`; the files themselves lie where the generated code imports from.
    for (const path of [...files.keys()]) {
      const isRoute = PAGE.test(path) || LAYOUT.test(path) || (isSite && path.endsWith('/page.tsx'));
      if (isRoute) files.set(`app/${path.replace(CODE, '.tsx')}`, reExport(path, files.get(path) ?? ''));
    }
  }
  const sources = [...files].filter(([path]) => CODE.test(path)).map(([, content]) => content);
  const styles = [...files].filter(([path]) => path.endsWith('.css')).map(([, content]) => content);
  const version = styles.some((css) => /@import\s+['"]tailwindcss/.test(css)) ? 4 : 3;
  const folders = [
    ...new Set(
      [...files.keys()].filter((path) => path.includes('/')).map((path) => path.split('/')[0] ?? ''),
    ),
  ];
  added('next.config.js', NEXT_CONFIG, 'next.config.js was added.');
  added('postcss.config.js', postcssConfig(version), 'postcss.config.js was added.');
  added('tailwind.config.js', tailwindConfig(folders), 'tailwind.config.js was added.');
  added('tsconfig.json', TSCONFIG, 'tsconfig.json was added.');
  files.set(
    'package.json',
    packageJson(files.get('package.json'), { name: input.projectName, sources, tailwind: version }),
  );
  if (![...files.keys()].some((path) => path.startsWith('public/assets/')))
    files.set('public/assets/.gitkeep', '');
  return {
    files: [...files]
      .map(([path, content]) => ({ path, content }))
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
    notes,
  };
}

/** Images and fonts that lie beside the code are served from public/assets. */
const placeOf = (path: string): string =>
  /\.(svg|png|jpe?g|gif|webp|avif|ico|woff2?|ttf|mp4|webm)$/i.test(path) && !path.includes('/')
    ? `public/assets/${path}`
    : path;

const pageMissing = (): InvalidInputError =>
  new InvalidInputError('page_missing', 'The generated code has no page.', {
    remedy: 'Send page.tsx, app/page.tsx, App.tsx or index.html.',
  });
