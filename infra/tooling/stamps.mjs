import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stampsFolder } from './paths.mjs';

/**
 * The stamp a finished step left, or undefined.
 * @template T
 * @param {string} name
 * @returns {T | undefined}
 */
export function readStamp(name) {
  try {
    return JSON.parse(readFileSync(join(stampsFolder, `${name}.json`), 'utf8'));
  } catch (error) {
    // A missing or half-written stamp only means that the step runs again.
    if (error instanceof SyntaxError || /** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT')
      return undefined;
    throw error;
  }
}

/**
 * @param {string} name
 * @param {unknown} value
 */
export function writeStamp(name, value) {
  writeFileAtomically(join(stampsFolder, `${name}.json`), `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * Readers see the old file or the new one, never half of it.
 * @param {string} path
 * @param {string | Uint8Array} content
 * @param {number} [mode]
 */
export function writeFileAtomically(path, content, mode = 0o644) {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, content, { mode });
  renameSync(temporary, path);
}
