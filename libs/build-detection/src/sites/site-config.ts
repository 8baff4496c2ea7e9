import { parse as parseToml, TomlError } from 'smol-toml';
import type { FileListing } from '../listing';
import { plainYaml } from '../plain-yaml';

export type Settings = Readonly<Record<string, unknown>>;

/** Settings of a site in TOML, YAML or JSON; nothing where they cannot be read. */
export function settingsIn(listing: FileListing, file: string): Settings {
  const text = listing.read(file) ?? '';
  if (file.endsWith('.toml')) return tomlOf(text);
  // Tags of a generator's own, such as `!ENV` and `!!python/name:`, say nothing that is asked for here.
  const { value } = plainYaml(text.replace(/(^|[\s[{,])!{1,2}[\w/:.-]{0,100}/gm, '$1'), { maxAliases: 60 });
  return value ?? {};
}

function tomlOf(text: string): Settings {
  try {
    return parseToml(text);
  } catch (error) {
    // A nest deeper than the parser's stack is as unreadable as a wrong one.
    if (error instanceof TomlError || error instanceof RangeError) return {};
    throw error;
  }
}

export const settingAt = (settings: Settings, key: string): unknown =>
  Object.hasOwn(settings, key) ? settings[key] : undefined;

export const tableAt = (settings: Settings, key: string): Settings => {
  const value = settingAt(settings, key);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
};

export const textAt = (settings: Settings, key: string): string | undefined => {
  const value = settingAt(settings, key);
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined;
};

/** Texts of a list or of one text, and the keys of entries that have settings of their own. */
export function namesAt(settings: Settings, key: string): string[] {
  const value = settingAt(settings, key);
  const entries: unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return entries.slice(0, 60).flatMap((one) => {
    if (typeof one === 'string') return [one.slice(0, 200)];
    return typeof one === 'object' && one !== null ? Object.keys(one).map((name) => name.slice(0, 200)) : [];
  });
}
