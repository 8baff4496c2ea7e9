import type { FileListing } from '../listing';

/** Packages by the module that a file imports, with what pip calls them; used only when nothing lists packages. */
const PACKAGES: Readonly<Record<string, string>> = {
  flask: 'flask',
  django: 'django',
  fastapi: 'fastapi',
  streamlit: 'streamlit',
  gradio: 'gradio',
  dash: 'dash',
  nicegui: 'nicegui',
  bottle: 'bottle',
  aiohttp: 'aiohttp',
  tornado: 'tornado',
  starlette: 'starlette',
  sanic: 'sanic',
  panel: 'panel',
  fasthtml: 'python-fasthtml',
  requests: 'requests',
  httpx: 'httpx',
  jinja2: 'jinja2',
  numpy: 'numpy',
  pandas: 'pandas',
  matplotlib: 'matplotlib',
  plotly: 'plotly',
  altair: 'altair',
  sklearn: 'scikit-learn',
  pil: 'pillow',
  yaml: 'pyyaml',
  dotenv: 'python-dotenv',
  sqlalchemy: 'sqlalchemy',
  flask_sqlalchemy: 'flask-sqlalchemy',
  flask_login: 'flask-login',
  flask_wtf: 'flask-wtf',
  flask_migrate: 'flask-migrate',
};

/** What pip calls the known packages that these files import. */
export function importedPackages(listing: FileListing, sources: readonly string[]): string[] {
  const found = new Set<string>();
  for (const file of sources) {
    for (const match of (listing.read(file) ?? '').matchAll(
      /^[ \t]{0,16}(?:from|import)[ \t]+([A-Za-z_]\w*)/gm,
    )) {
      const name = match[1]?.toLowerCase() ?? '';
      const pip = Object.hasOwn(PACKAGES, name) ? PACKAGES[name] : undefined;
      if (pip !== undefined) found.add(pip);
    }
  }
  return [...found].sort();
}

/** Requirement lines as lower-case names with the version or range that they name. */
export const namesIn = (lines: readonly string[]): Map<string, string | null> =>
  new Map(
    lines.flatMap((line) => {
      const [, name, range] =
        /^\s{0,8}([A-Za-z0-9][\w.-]{0,100})(?:\[[\w,. -]{0,80}\])?\s{0,4}([~=<>!][^;#\s]{1,40})?/.exec(
          line,
        ) ?? [];
      return name === undefined ? [] : [[name.toLowerCase().replaceAll('_', '-'), range ?? null] as const];
    }),
  );

/** A line that imports a module. */
export const importsModule = (module: string): RegExp =>
  new RegExp(`^[ \\t]{0,16}(?:from|import)[ \\t]+${module}\\b`, 'm');
