import { parse as parseToml, TomlError } from 'smol-toml';
import { firstOf, type FileListing } from '../listing';

/** What a file of the source says about the version of a language, as it stands there. */
export interface PinText {
  /** The file or field that says it. */
  who: string;
  text: string;
}

const MISE_FILES = ['mise.toml', '.mise.toml', '.config/mise.toml'];
const MAX_PIN = 80;

/** The first line of a version file that is no comment; undefined when there is none. */
export function versionFile(listing: FileListing, name: string): PinText | undefined {
  const line = (listing.read(name) ?? '')
    .split('\n')
    .map((one) => one.replace(/(^|\s)#.*$/, '').trim())
    .find((one) => one !== '');
  return line === undefined ? undefined : { who: name, text: line.slice(0, MAX_PIN) };
}

/** The first version that `.tool-versions` (asdf) lists for one of these names; `system` is none. */
export function asdfVersion(listing: FileListing, names: readonly string[]): PinText | undefined {
  for (const line of (listing.read('.tool-versions') ?? '').split('\n')) {
    const [name = '', ...versions] = line.replace(/#.*$/, '').trim().split(/\s+/);
    const first = versions.find((one) => one !== 'system');
    if (names.includes(name) && first !== undefined)
      return { who: '.tool-versions', text: first.slice(0, MAX_PIN) };
  }
  return undefined;
}

/** What `[tools]` of mise's settings says of one of these names: a text, the first of a list, or the `version` of a table. */
export function miseVersion(listing: FileListing, names: readonly string[]): PinText | undefined {
  const file = firstOf(listing, MISE_FILES);
  const text = file === undefined ? undefined : listing.read(file);
  if (file === undefined || text === undefined) return undefined;
  const tools = recordOf(tomlOf(text)['tools']);
  for (const name of names) {
    const value: unknown = Object.hasOwn(tools, name) ? tools[name] : undefined;
    const first: unknown = Array.isArray(value) ? value[0] : value;
    const version = typeof first === 'string' ? first : recordOf(first)['version'];
    if (typeof version === 'string' && version !== '') return { who: file, text: version.slice(0, MAX_PIN) };
    if (typeof first === 'number') return { who: file, text: String(first) };
  }
  return undefined;
}

/** Whether a pin is no version but a path, an address or a reference. */
export const pointsElsewhere = (text: string): boolean =>
  /[\\/:@]|\.\./.test(text) && !/^lts\/[\w*-]{1,20}$/i.test(text);

function tomlOf(text: string): Record<string, unknown> {
  try {
    return parseToml(text);
  } catch (error) {
    if (error instanceof TomlError) return {};
    throw error;
  }
}

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
