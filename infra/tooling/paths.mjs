import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the repository. */
export const repositoryRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * Data folder of the platform: `SHOWRUNNER_HOME`, else `.showrunner` in the repository.
 * @param {NodeJS.ProcessEnv} [env]
 */
export function platformHome(env = process.env) {
  return env.SHOWRUNNER_HOME ? resolve(env.SHOWRUNNER_HOME) : join(repositoryRoot, '.showrunner');
}

/** What set-up downloads or builds for this clone; independent of SHOWRUNNER_HOME, so that test platforms share it. */
export const toolsFolder = join(repositoryRoot, '.showrunner', 'tools');
export const toolsBin = join(toolsFolder, 'bin');
/** Stamps say which inputs a finished step had. */
export const stampsFolder = join(repositoryRoot, '.showrunner', 'stamps');
/** Where `go install` puts binaries when GOBIN is unset. */
export const goBin = join(homedir(), 'go', 'bin');
