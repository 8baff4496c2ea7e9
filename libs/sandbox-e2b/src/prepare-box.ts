import { AppError } from '@showrunner/contracts';
import type { BoxLink } from './box-link';
import type { StartRequest } from './process-rpc';
import { assignments } from '@showrunner/sandbox/provider';
import { STATE_FOLDER } from './supervisor/supervised';
import makeFolders from './make-folders.sh';

/** Bound of making the folders; a box that has only begun may be slow. */
const PREPARE_MS = 60_000;

/**
 * As root where the template allows it: the folders that every provider has. Their top is made, never what the app may have put there, so a link
 * planted in them leads root nowhere.
 */
const FOLDERS = makeFolders;

/**
 * As the sandbox user: variables of every command, NUL-separated, read by the supervisor. An adopted box keeps those it has; two callers that
 * adopt one at once do not take each other's file away.
 */
const ENVIRONMENT = `
mkdir -p "$1/processes" && { [ -e "$1/environment" ] || { printf %s "$2" | base64 -d > "$1/environment.$$" && mv "$1/environment.$$" "$1/environment"; }; }`;

/** Makes a new box what every sandbox is; again for one that is adopted. @throws AppError `sandbox_start_failed` */
export async function prepareBox(
  link: BoxLink,
  environment: Record<string, string>,
  signal?: AbortSignal,
): Promise<void> {
  const shell = (script: string, ...args: string[]): StartRequest => ({
    process: { cmd: '/bin/sh', args: ['-c', script, 'prepare', ...args], envs: {} },
    tag: link.newMark(),
    stdin: false,
  });
  const variables = Buffer.from(assignments(environment).join('\0')).toString('base64');
  const steps = [
    { request: shell(FOLDERS, link.user), user: 'root' },
    { request: shell(ENVIRONMENT, STATE_FOLDER, variables), user: undefined },
  ];
  for (const { request, user } of steps) {
    const done = await link.run(request, { signal, timeoutMs: PREPARE_MS }, user);
    if (done.exitCode !== 0)
      throw new AppError(
        'sandbox_start_failed',
        `The E2B template could not be prepared: ${done.stderr.text().trim().slice(-300) || `exit ${String(done.exitCode)}`}`,
        { remedy: 'Name a template in SANDBOX_TARGET that has sh, coreutils and perl, as Debian has.' },
      );
  }
}
