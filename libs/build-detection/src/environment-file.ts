import type { Reason } from '@showrunner/contracts';
import { because } from './draft';
import { baseName, depthOf, firstOf, folderOf, hasFile, type FileListing } from './listing';
import { quotePath } from './shell';

/** What examples have in their names, beside the name of what they are an example of. */
const WORDS = '(?:example|sample|template|dist|defaults?|skel)';
const ASIDE = new RegExp(`(?:[._-]${WORDS}(?=[._-]|$)|^${WORDS}[._-])`, 'i');
const COPIED = [
  '.env.example',
  '.env.sample',
  '.env.template',
  '.env.local.example',
  '.env.example.local',
  '.env.development.example',
  '.env.dev.example',
  '.env.dist',
  '.env.default',
  '.env.defaults',
  '.env-example',
  '.env-sample',
  '.env-template',
  '.env-dist',
  '.env_example',
  '.env_sample',
  '.example.env',
  '.sample.env',
  'env.example',
  'env.sample',
  'env.template',
  'env.dist',
  'example.env',
  'sample.env',
  'template.env',
];
/** Files that show which variables an app reads. */
export const ENVIRONMENT_EXAMPLES: readonly string[] = [...COPIED, '.env.development'];

/** Files of settings that an app reads beside its environment: kept out of a repository, where an example of them stands. */
const SETTINGS =
  /^(?:[\w-]{1,30}[._-])?(?:config|configuration|settings|secrets?|database|parameters|credentials|options|local)(?:[._-][\w-]{1,30})?\.(?:[cm]?[jt]s|json5?|ya?ml|toml|ini|cfg|conf|properties|php|py|rb)$/i;
const NOT_ITS_OWN = /(^|\/)(?:tests?|spec|docs?|examples?|samples?|templates?|fixtures|\.\w[^/]*)\//;
/** An app that asks for its settings at its first visit must not find them half filled in. */
const ASKS_FOR_THEM = /(^|\/)(?:install(?:er|ation)?|setup)(?:\.php$|\/)/i;
const MOST_SETTINGS = 6;

/** The name that an example's file has where it is in use; undefined for what is no example. */
export function inUse(name: string): string | undefined {
  const plain = name.replace(ASIDE, '');
  if (plain === name || plain === '' || plain.startsWith('-')) return undefined;
  return plain === 'env' ? '.env' : plain;
}

/** An example that lies beside a file which is not there. */
export const exampleOf = (listing: FileListing, path: string): string | undefined =>
  listing.files.find((file) => folderOf(file) === folderOf(path) && inUse(baseName(file)) === baseName(path));

/** An app that ships an example of its environment or of its settings usually fails without it. */
export function copyEnvironment(listing: FileListing): { setup: string[]; reasons: Reason[] } {
  const example = firstOf(listing, COPIED);
  const isMissing = example !== undefined && !hasFile(listing, '.env');
  const settings = settingsToCopy(listing);
  return {
    setup: [
      ...(isMissing ? [`cp -n ${example} .env`] : []),
      ...settings.map(([from, to]) => `cp -n ${quotePath(from)} ${quotePath(to)}`),
    ],
    reasons: [
      ...(isMissing
        ? [
            because(
              'environment',
              `${example} shows the variables it reads; a copy of it is the .env of the sandbox.`,
            ),
          ]
        : []),
      ...settings.map(([from, to]) =>
        because('environment', `${from} shows its settings; a copy of it is the ${to} of the sandbox.`),
      ),
    ],
  };
}

function settingsToCopy(listing: FileListing): [from: string, to: string][] {
  const found = new Map<string, string>();
  const asks = listing.files.some(
    (file) => depthOf(file) <= 3 && ASKS_FOR_THEM.test(file) && file.endsWith('.php'),
  );
  for (const file of listing.files) {
    const name = inUse(baseName(file));
    if (name === undefined || depthOf(file) > 2 || NOT_ITS_OWN.test(file) || !SETTINGS.test(name)) continue;
    if (asks && name.endsWith('.php')) continue;
    const to = folderOf(file) === '' ? name : `${folderOf(file)}/${name}`;
    if (!hasFile(listing, to) && !found.has(to)) found.set(to, file);
  }
  return [...found].slice(0, MOST_SETTINGS).map(([to, from]) => [from, to]);
}

/** Assignments of an example of the environment. */
export function variablesIn(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const line of text.split('\n').slice(0, 500)) {
    const [, name, value = ''] =
      /^\s{0,8}(?:export\s{1,4})?([A-Za-z_]\w{0,60})\s{0,4}=\s{0,4}(.{0,500})$/.exec(line) ?? [];
    if (name !== undefined) found[name] = value.trim().replace(/^(["'])(.*)\1$/, '$2');
  }
  return found;
}
