import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { platformHome, repositoryRoot } from './paths.mjs';

/**
 * Adds to the environment what files of the user say and it does not: `.env` of the data folder, then `.env` of the repository, which may
 * name that folder; where SHOWRUNNER_ENV_FILE names a file, that one alone. A variable that is set counts even when it is empty.
 * @param {NodeJS.ProcessEnv} env changed in place
 * @param {string} [root] the repository
 * @returns {string[]} files that were read
 * @throws {Error} naming the file, when there is one that cannot be read
 */
export function addEnvFiles(env, root = repositoryRoot) {
  const given = env.SHOWRUNNER_ENV_FILE;
  if (given) return addFile(env, given, true) ? [given] : [];
  const ofRepository = valuesOf(join(root, '.env'), false);
  const home = platformHome({ SHOWRUNNER_HOME: env.SHOWRUNNER_HOME ?? ofRepository?.SHOWRUNNER_HOME });
  return [join(home, '.env'), join(root, '.env')].filter((path) => addFile(env, path, false));
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} path
 * @param {boolean} required
 */
function addFile(env, path, required) {
  const values = valuesOf(path, required);
  for (const [name, value] of Object.entries(values ?? {})) env[name] ??= value;
  return values !== undefined;
}

/**
 * @param {string} path
 * @param {boolean} required
 */
function valuesOf(path, required) {
  try {
    return parseEnv(readFileSync(path, 'utf8'));
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'ENOENT' && !required) return undefined;
    throw new Error(
      `The settings of ${path} cannot be read: ${message}\n  → Make it a readable file with lines NAME=value, or move it away.`,
      { cause: error },
    );
  }
}
