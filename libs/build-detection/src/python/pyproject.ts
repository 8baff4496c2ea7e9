import { parse as parseToml, TomlError } from 'smol-toml';
import { hasFile, type FileListing } from '../listing';

/** What matters of a pyproject.toml; every field has been checked for its shape. */
export interface Pyproject {
  /** PEP 508 lines of `[project]`, or Poetry's table in the words of pip. */
  dependencies: string[];
  /** PEP 508 lines of the group `dev` (PEP 735). */
  developing: string[];
  /** PEP 508 lines of what its documentation takes: extras and groups called so. */
  documenting: string[];
  requiresPython: string | undefined;
  /** pip can build it: a build system, and the folder or module that its name promises. */
  isPackage: boolean;
  /** Packages taken from elsewhere than a registry. */
  elsewhere: string[];
}

export function readPyproject(listing: FileListing): Pyproject | undefined {
  const text = listing.read('pyproject.toml');
  if (text === undefined) return undefined;
  const table = tomlOf(text);
  const project = recordAt(table, 'project');
  const tool = recordAt(table, 'tool');
  const poetry = recordAt(tool, 'poetry');
  const declared = stringsOf(project['dependencies']);
  const poetryTable = recordAt(poetry, 'dependencies');
  return {
    dependencies: declared.length > 0 ? declared : rangesToPip(poetryTable),
    developing: stringsOf(recordAt(table, 'dependency-groups')['dev']),
    documenting: documentingOf(table, project, poetry),
    requiresPython: textOf(project['requires-python']) ?? textOf(poetryTable['python']),
    isPackage:
      poetry['package-mode'] !== false &&
      isPackage(listing, textOf(project['name']) ?? textOf(poetry['name']) ?? '', table),
    elsewhere: Object.entries({ ...recordAt(recordAt(tool, 'uv'), 'sources'), ...poetryTable })
      .filter(([, value]) => ['git', 'path', 'url'].some((key) => key in recordAt({ value }, 'value')))
      .map(([name]) => name),
  };
}

const DOCUMENTING = ['docs', 'doc', 'documentation', 'mkdocs'];

function documentingOf(
  table: Record<string, unknown>,
  project: Record<string, unknown>,
  poetry: Record<string, unknown>,
): string[] {
  const [extras, groups] = [recordAt(project, 'optional-dependencies'), recordAt(table, 'dependency-groups')];
  return DOCUMENTING.flatMap((name) => [
    ...stringsOf(extras[name]),
    ...stringsOf(groups[name]),
    ...rangesToPip(recordAt(recordAt(recordAt(poetry, 'group'), name), 'dependencies')),
  ]);
}

/** The Python that a Pipfile requires. */
export function pipfilePython(text: string): string | undefined {
  const requires = recordAt(tomlOf(text), 'requires');
  return textOf(requires['python_full_version']) ?? textOf(requires['python_version']);
}

/** Packages of a Pipfile, in the words of pip. */
export const readPipfile = (text: string): string[] => rangesToPip(recordAt(tomlOf(text), 'packages'));

function isPackage(listing: FileListing, name: string, table: Record<string, unknown>): boolean {
  const module = name.toLowerCase().replaceAll(/[-.]+/g, '_');
  const present = [`${module}/__init__.py`, `src/${module}/__init__.py`, `${module}.py`].some((file) =>
    hasFile(listing, file),
  );
  return module !== '' && present && Object.keys(recordAt(table, 'build-system')).length > 0;
}

/** Poetry's `^1.2` and `~1.2` in the words of pip. What comes from elsewhere than a registry is left out. */
function rangesToPip(table: Record<string, unknown>): string[] {
  return Object.entries(table).flatMap(([name, value]) => {
    if (name.toLowerCase() === 'python') return [];
    const entry = recordAt({ value }, 'value');
    if (['git', 'path', 'url', 'file'].some((key) => key in entry)) return [];
    const extras = stringsOf(entry['extras']);
    const range = typeof value === 'string' ? value : (textOf(entry['version']) ?? '*');
    return [`${name}${extras.length === 0 ? '' : `[${extras.join(',')}]`}${pipRange(range.trim())}`];
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

function tomlOf(text: string): Record<string, unknown> {
  try {
    return parseToml(text);
  } catch (error) {
    // A nest deeper than the parser's stack is as unreadable as a wrong one.
    if (error instanceof TomlError || error instanceof RangeError) return {};
    throw error;
  }
}

function recordAt(table: Record<string, unknown>, key: string): Record<string, unknown> {
  const value = Object.hasOwn(table, key) ? table[key] : undefined;
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

const stringsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
