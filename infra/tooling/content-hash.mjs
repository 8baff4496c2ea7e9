import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { repositoryRoot } from './paths.mjs';

const ignoredFolders = new Set(['node_modules', 'dist', 'generated', '.git', '.showrunner']);

/**
 * Every file below a folder that takes part in a build, sorted; tests and outputs are left out.
 * @param {string} folder absolute
 * @returns {string[]} absolute paths
 */
export function sourceFiles(folder) {
  /** @type {string[]} */
  const files = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!ignoredFolders.has(entry.name)) files.push(...sourceFiles(path));
    } else if (entry.isFile() && !/\.test\.[cm]?[jt]sx?$/.test(entry.name)) {
      files.push(path);
    }
  }
  return files.sort();
}

/**
 * SHA-256 over the names and bytes of files; a missing file counts as missing, not as an error.
 * @param {readonly string[]} files absolute paths
 * @param {string} [salt] further input, for instance an option that changes the output
 * @returns {string} hex
 */
export function contentHash(files, salt = '') {
  const hash = createHash('sha256').update(salt);
  for (const file of files) {
    hash.update(`\0${relative(repositoryRoot, file)}\0`);
    hash.update(readOrMark(file));
  }
  return hash.digest('hex');
}

/** @param {string} file */
function readOrMark(file) {
  try {
    return readFileSync(file);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return '(missing)';
    throw error;
  }
}
