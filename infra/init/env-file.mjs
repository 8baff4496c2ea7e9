import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/**
 * What a file of settings holds; nothing without one.
 * @param {string} path
 * @returns {Record<string, string | undefined>}
 */
export const readEnvFile = (path) => (existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {});

/**
 * Sets values in a file of settings: a line that stands there is changed in its place, everything else stays as it is. Only its owner may read
 * the file. It is written whole or not at all.
 * @param {string} path
 * @param {Record<string, string>} settings
 * @returns {string[]} names that changed
 * @throws {Error} when a value cannot stand in such a file
 */
export function writeEnvFile(path, settings) {
  const before = readEnvFile(path);
  const changed = Object.keys(settings).filter((name) => before[name] !== settings[name]);
  if (changed.length === 0) return [];
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  for (const name of changed) {
    const line = `${name}=${quoted(name, /** @type {string} */ (settings[name]))}`;
    // The last one counts where a name stands twice.
    const at = lines.findLastIndex((other) => new RegExp(`^\\s*(export\\s+)?${name}\\s*=`).test(other));
    if (at === -1) lines.push(line);
    else lines[at] = line;
  }
  const partial = `${path}.part`;
  writeFileSync(partial, `${lines.join('\n')}\n`, { mode: 0o600 });
  chmodSync(partial, 0o600);
  renameSync(partial, path);
  return changed;
}

/**
 * @param {string} name
 * @param {string} value
 */
function quoted(name, value) {
  if (/^[\w.,:/@%+=-]*$/.test(value)) return value;
  const quote = [`'`, '"', '`'].find(
    (mark) => !value.includes(mark) && !(mark === '"' && value.includes('\\')),
  );
  if (quote === undefined || /[\r\n]/.test(value))
    throw new Error(
      `The value of ${name} cannot stand in a file of settings: it has line breaks or every kind of quotes.`,
    );
  return `${quote}${value}${quote}`;
}
