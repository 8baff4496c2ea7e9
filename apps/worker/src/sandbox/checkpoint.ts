import { AppError } from '@showrunner/contracts';
import type { ExecOptions, Sandbox } from '@showrunner/sandbox';

/** Beside /app, on the same disk, where no file watcher of the app looks. */
const CHECKPOINT = '/home/app/.showrunner-checkpoint.tar';
/** What an app makes from its sources or fetches again: left as it is, neither stored nor removed. */
const KEPT = [
  'node_modules',
  '.venv',
  '.git',
  '.showrunner',
  '.next',
  '.nuxt',
  '.angular',
  '.svelte-kit',
  '.parcel-cache',
  '.turbo',
  '__pycache__',
  'lost+found',
];

const EXCLUDES = KEPT.map((name) => `--exclude=${name}`).join(' ');
// Images may have the tar of busybox, which leaves folders that are there as they are without being told.
const GNU = (options: string) => `$(tar --version 2>/dev/null | grep -q GNU && echo ${options})`;
// The two folders themselves may be another user's, so only what is in them is stored. A busybox may be made without --exclude: then what is
// kept is stored, too. Sockets cannot be stored and make tar complain; they come back when the app starts.
const TAKE = `cd / && set --
for path in app/* app/.[!.]* app/..?* tmp/* tmp/.[!.]* tmp/..?*; do
  if [ "$path" != app/lost+found ] && { [ -e "$path" ] || [ -L "$path" ]; }; then set -- "$@" "$path"; fi
done
excludes='${EXCLUDES}'
tar --exclude=x -cf /dev/null proc/version >/dev/null 2>&1 || excludes=
if [ $# -eq 0 ]; then dd if=/dev/zero of=${CHECKPOINT}.new bs=1024 count=10 2>/dev/null
else tar -cf ${CHECKPOINT}.new $excludes ${GNU('--warning=no-file-ignored')} "$@"
fi && mv ${CHECKPOINT}.new ${CHECKPOINT}`;
const PRUNED = KEPT.map((name) => `-name '${name}'`).join(' -o ');
const RESTORE = [
  `[ -f ${CHECKPOINT} ] || exit 44`,
  `find /app /tmp -mindepth 1 \\( ${PRUNED} \\) -prune -o ! -type d -exec rm -f -- {} +`,
  // Folders that only the app had made; those with something kept in them stay.
  `find /app /tmp -mindepth 1 \\( ${PRUNED} \\) -prune -o -depth -type d -empty -exec rmdir -- {} + 2>/dev/null`,
  `tar -C / -xpf ${CHECKPOINT} ${GNU('--no-overwrite-dir')}`,
].join('\n');

const MISSING = 44;

/** Stores the files of the installed and set-up app, so that it can be brought back to before anybody used it. */
export async function takeCheckpoint(sandbox: Sandbox, options: ExecOptions): Promise<void> {
  const done = await sandbox.exec(TAKE, { ...options, cwd: '/' });
  if (done.exitCode === 0) return;
  const full = /No space left/i.test(done.stderr);
  throw new AppError(
    full ? 'disk_full' : 'checkpoint_failed',
    `The state of the app could not be stored: ${done.stderr.trim().slice(-300)}`,
    {
      status: full ? 422 : 500,
      retryable: !full,
      remedy: full ? 'Ask for a larger disk (at most 10 GiB).' : undefined,
    },
  );
}

/** Brings /app and /tmp back to the checkpoint. The app must not run. @throws AppError `checkpoint_missing`, `checkpoint_failed` */
export async function restoreCheckpoint(sandbox: Sandbox, options: ExecOptions): Promise<void> {
  const done = await sandbox.exec(RESTORE, { ...options, cwd: '/' });
  if (done.exitCode === 0) return;
  if (done.exitCode === MISSING) {
    throw new AppError(
      'checkpoint_missing',
      'The app cannot be reset: its state after the install was never stored.',
      {
        remedy: 'Build the project again.',
      },
    );
  }
  throw new AppError('checkpoint_failed', `The app could not be reset: ${done.stderr.trim().slice(-300)}`, {
    retryable: true,
  });
}
