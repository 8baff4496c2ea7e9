import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { requireTool } from '@showrunner/config';

/** The last commit before the services could run as one process. */
const BEFORE = '0533ab7';
const SETUP_LIMIT_MS = 900_000;

const run = promisify(execFile);

export interface BuiltTree {
  root: string;
  /** The commit, for the line. */
  name: string;
  remove(): Promise<void>;
}

/**
 * The repository as it was at {@link BEFORE}, set up and built, to measure beside today's: a Git work tree in `folder`, or the clone that
 * SHOWRUNNER_BENCH_BEFORE names (which is left as it is).
 */
export async function builtBefore(folder: string): Promise<BuiltTree> {
  const given = process.env.SHOWRUNNER_BENCH_BEFORE;
  if (given) {
    const root = resolve(given);
    const { stdout } = await run('git', ['-C', root, 'rev-parse', '--short', 'HEAD']);
    await setUp(root);
    return { root, name: stdout.trim(), remove: () => Promise.resolve() };
  }
  const root = join(folder, 'before');
  await run('git', ['worktree', 'add', '--detach', root, BEFORE]);
  try {
    await setUp(root);
  } catch (error) {
    await removeTree(root);
    throw error;
  }
  return { root, name: BEFORE, remove: () => removeTree(root) };
}

async function setUp(root: string): Promise<void> {
  // Building Temporal's command line anew would take minutes: ours serves both sides.
  const env = { ...process.env, TEMPORAL_CLI_PATH: requireTool('temporal').path };
  const timeout = SETUP_LIMIT_MS;
  await run(process.execPath, ['infra/setup/main.mjs'], {
    cwd: root,
    env,
    timeout,
    maxBuffer: 64 * 1024 ** 2,
  });
}

async function removeTree(root: string): Promise<void> {
  if (existsSync(root)) await run('git', ['worktree', 'remove', '--force', root]);
}
