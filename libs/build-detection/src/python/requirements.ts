import { parse as parseToml, TomlError } from 'smol-toml';
import { hasFile, type FileListing } from '../listing';
import { quote } from '../draft';

export interface PythonDependencies {
  /** Arguments of `pip install`; empty when nothing names what to install. */
  pip: string[];
  /** Lower-case names of what will be there. */
  names: Set<string>;
  reason: string;
}

/** Web frameworks by the module that a file imports, with what pip calls them. */
const IMPORTED: Readonly<Record<string, string>> = {
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
  requests: 'requests',
  numpy: 'numpy',
  pandas: 'pandas',
  flask_sqlalchemy: 'flask-sqlalchemy',
  flask_login: 'flask-login',
  flask_wtf: 'flask-wtf',
};

/** What pip has to install, from requirements.txt, pyproject.toml, Pipfile, or else from the imports of the app's files. */
export function pythonDependencies(
  listing: FileListing,
  sources: readonly string[],
): PythonDependencies | undefined {
  const requirements = [
    'requirements.txt',
    'requirements/dev.txt',
    'requirements/base.txt',
    'requirements-dev.txt',
  ].find((file) => hasFile(listing, file));
  if (requirements !== undefined) {
    return {
      pip: ['-r', quote(requirements)],
      names: namesIn((listing.read(requirements) ?? '').split('\n')),
      reason: `${requirements} lists its packages.`,
    };
  }
  if (hasFile(listing, 'pyproject.toml')) return fromPyproject(listing);
  if (hasFile(listing, 'Pipfile')) return fromPipfile(listing.read('Pipfile') ?? '');
  const imported = importedPackages(listing, sources);
  return imported.length === 0
    ? undefined
    : {
        pip: imported.map(quote),
        names: new Set(imported),
        reason: `Nothing lists its packages; its files import ${imported.join(', ')}.`,
      };
}

function fromPyproject(listing: FileListing): PythonDependencies | undefined {
  const table = tomlOf(listing.read('pyproject.toml') ?? '');
  const project = recordAt(table, 'project');
  const poetry = recordAt(recordAt(table, 'tool'), 'poetry');
  const declared = Array.isArray(project['dependencies'])
    ? project['dependencies'].filter((one) => typeof one === 'string')
    : [];
  const listed = declared.length > 0 ? declared : poetryDependencies(recordAt(poetry, 'dependencies'));
  const names = namesIn(listed);
  const builds =
    isPackage(listing, String(project['name'] ?? poetry['name'] ?? ''), table) &&
    poetry['package-mode'] !== false;
  if (builds)
    return {
      pip: ['-e', '.'],
      names,
      reason: 'pyproject.toml describes it as a package, which is installed in place.',
    };
  return listed.length === 0
    ? undefined
    : { pip: listed.map(quote), names, reason: 'pyproject.toml lists its packages.' };
}

/** A package that pip can build: it names a build system and has the folder or module that the name promises. */
function isPackage(listing: FileListing, name: string, table: Record<string, unknown>): boolean {
  const module = name.toLowerCase().replaceAll(/[-.]+/g, '_');
  const present = [`${module}/__init__.py`, `src/${module}/__init__.py`, `${module}.py`].some((file) =>
    hasFile(listing, file),
  );
  return module !== '' && present && Object.keys(recordAt(table, 'build-system')).length > 0;
}

/** Poetry's `^1.2` and `~1.2` in the words of pip. */
function poetryDependencies(table: Record<string, unknown>): string[] {
  return Object.entries(table).flatMap(([name, value]) => {
    if (name.toLowerCase() === 'python') return [];
    const range = typeof value === 'string' ? value : String(recordAt({ value }, 'value')['version'] ?? '*');
    return [`${name}${pipRange(range)}`];
  });
}

function pipRange(range: string): string {
  const caret = /^[\^~](\d+)(?:\.(\d+))?/.exec(range);
  if (range === '*' || range === '') return '';
  if (caret === null) return /^[\d]/.test(range) ? `==${range}` : range.replaceAll(' ', '');
  const [, major = '0', minor = '0'] = caret;
  const top =
    range.startsWith('^') && major !== '0' ? `${Number(major) + 1}` : `${major}.${Number(minor) + 1}`;
  return `>=${range.slice(1)},<${top}`;
}

function fromPipfile(text: string): PythonDependencies | undefined {
  const listed = poetryDependencies(recordAt(tomlOf(text), 'packages'));
  return listed.length === 0
    ? undefined
    : { pip: listed.map(quote), names: namesIn(listed), reason: 'Pipfile lists its packages.' };
}

function importedPackages(listing: FileListing, sources: readonly string[]): string[] {
  const found = new Set<string>();
  for (const file of sources) {
    for (const match of (listing.read(file) ?? '').matchAll(/^\s*(?:from|import)\s+([A-Za-z_]\w*)/gm)) {
      const name = match[1]?.toLowerCase() ?? '';
      const pip = Object.hasOwn(IMPORTED, name) ? IMPORTED[name] : undefined;
      if (pip !== undefined) found.add(pip);
    }
  }
  return [...found].sort();
}

const namesIn = (lines: readonly string[]): Set<string> =>
  new Set(
    lines.flatMap(
      (line) => /^\s*([A-Za-z0-9][\w.-]*)/.exec(line)?.[1]?.toLowerCase().replaceAll('_', '-') ?? [],
    ),
  );

function tomlOf(text: string): Record<string, unknown> {
  try {
    return parseToml(text);
  } catch (error) {
    if (error instanceof TomlError) return {};
    throw error;
  }
}

function recordAt(table: Record<string, unknown>, key: string): Record<string, unknown> {
  const value = table[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}
