import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUNDLED_PROGRAM, bundleProgram, partsOfProgram } from '../tooling/bundle-program.mjs';
import { repositoryRoot } from '../tooling/paths.mjs';

/** Jest's way with programs that are taken as text: each becomes a module whose default export is its text. */
export default {
  /**
   * @param {string} text
   * @param {string} path
   */
  process: (text, path) => ({
    code: `${path.endsWith('.cjs') ? 'module.exports =' : 'export default'} ${JSON.stringify(BUNDLED_PROGRAM.test(path) ? bundleProgram(path) : text)};\n`,
  }),
  /**
   * @param {string} text
   * @param {string} path
   */
  getCacheKey: (text, path) =>
    createHash('sha256').update(`${path}\0${text}`).update(bundledInto(path)).digest('hex'),
};

/**
 * What beside its own text makes a program what it is.
 * @param {string} path
 */
function bundledInto(path) {
  if (!BUNDLED_PROGRAM.test(path)) return '';
  const files = [join(repositoryRoot, 'pnpm-lock.yaml'), ...partsOfProgram(path)];
  return files.map((file) => readFileSync(file, 'utf8')).join('\0');
}
