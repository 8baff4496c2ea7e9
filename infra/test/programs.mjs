import { execFileSync, spawnSync } from 'node:child_process';
import { repositoryRoot } from '../tooling/paths.mjs';

/** Looks at every program of another language, and of Node.js, that runs inside sandboxes and browsers, with the checker of its language. */

/** Compiles in memory: nothing is left beside the program. */
const PYTHON =
  'import pathlib, sys; compile(pathlib.Path(sys.argv[1]).read_text("utf8"), sys.argv[1], "exec")';

/** @type {readonly [RegExp, (path: string) => string[], RegExp][]} Which files, their checker, and what it may say. */
const CHECKERS = [
  [/\.pl$/, (path) => ['perl', '-c', path], /^\S+ syntax OK\n$/],
  [/\.py$/, (path) => ['python3', '-W', 'error', '-c', PYTHON, path], /^$/],
  [/\.sh$/, (path) => ['sh', '-n', path], /^$/],
  [/\.program\.[cm]js$/, (path) => [process.execPath, '--check', path], /^$/],
];

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'apps', 'libs', 'workflows'], {
  cwd: repositoryRoot,
  encoding: 'utf8',
}).split('\n');

let checked = 0;
let failed = 0;
for (const path of files) {
  const [, checker, silence] = CHECKERS.find(([pattern]) => pattern.test(path)) ?? [];
  if (checker === undefined || silence === undefined) continue;
  const [command = '', ...args] = checker(path);
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: repositoryRoot,
    encoding: 'utf8',
  });
  checked += 1;
  const said = `${stdout ?? ''}${stderr ?? ''}`;
  if (status === 0 && silence.test(said)) continue;
  failed += 1;
  console.error(`${path}: ${error?.message ?? said}`);
}
if (checked === 0) console.error('No program was found.');
process.exitCode = failed > 0 || checked === 0 ? 1 : 0;
