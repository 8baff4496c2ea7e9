import { validRange } from 'semver';
import type { Finding } from './finding';

/** Scripts that run by themselves when the app is installed. */
const BY_ITSELF =
  /^(pre|post)?(install|prepare|publish|pack|uninstall|version)$|^(prepublishOnly|dependencies)$/;
/** What a script may start: the app itself and its build. */
const PLAIN_SCRIPT =
  /^(node|vite|next|tsx|tsc|astro|react-scripts|npm run|nodemon)( [\w@:./=-]+)*( && (node|vite|next|tsc|npm run)( [\w@:./=-]+)*)*$/;
const NAME = /^(@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]{0,213}$/;
const TABLES = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
const MEMBERS = new Set([
  ...[
    'name',
    'version',
    'private',
    'type',
    'main',
    'description',
    'scripts',
    'engines',
    'license',
    'author',
    'keywords',
  ],
  ...TABLES,
]);
/** A name, extras, versions, and behind a semicolon for which Python they hold (PEP 508). */
const REQUIREMENT =
  /^[A-Za-z0-9][A-Za-z0-9._-]*(\[[A-Za-z0-9,._ -]+\])?\s*([=<>!~]=?=?\s*[A-Za-z0-9.*+!-]+(\s*,\s*[=<>!~]=?=?\s*[A-Za-z0-9.*+!-]+)*)?\s*(;[\w\s.'"<>=!()]+)?(#.*)?$/;

/** What is wrong with a package.json: what it runs when it is installed, and where its packages come from. */
export function scanPackageJson(path: string, text: string): Finding[] {
  const say = (rule: string, message: string): Finding => ({ path, line: null, rule, message });
  let manifest: Record<string, unknown>;
  try {
    manifest = objectOf(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [say('syntax', 'It is not JSON.')];
  }
  const found = Object.keys(manifest)
    .filter((name) => !MEMBERS.has(name))
    .map((name) => say('manifest', `Leave "${name.slice(0, 60)}" out of package.json.`));
  for (const [name, command] of Object.entries(objectOf(manifest['scripts']))) {
    if (BY_ITSELF.test(name))
      found.push(
        say('install-script', `The script "${name}" runs by itself when the app is installed; leave it out.`),
      );
    else if (typeof command !== 'string' || !PLAIN_SCRIPT.test(command.trim()))
      found.push(say('script', `The script "${name.slice(0, 60)}" does more than start or build the app.`));
  }
  for (const [name, range] of TABLES.flatMap((table) => Object.entries(objectOf(manifest[table])))) {
    const isPlain = NAME.test(name) && typeof range === 'string' && validRange(range) !== null;
    if (!isPlain)
      found.push(
        say(
          'dependency',
          `"${name.slice(0, 100)}" has to be a package of the registry with a plain version.`,
        ),
      );
  }
  return found;
}

/** What is wrong with a requirements.txt: anything but names and versions. */
export function scanRequirements(path: string, text: string): Finding[] {
  return text.split('\n').flatMap((line, index) => {
    const bare = line.trim();
    if (bare === '' || bare.startsWith('#') || REQUIREMENT.test(bare)) return [];
    return [
      {
        path,
        line: index + 1,
        rule: 'dependency',
        message: 'Only names and versions of packages may stand here.',
      },
    ];
  });
}

const objectOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
