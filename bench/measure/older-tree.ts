import { execFile } from 'node:child_process';
import { copyFile, mkdir, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** The build that the figures of issue 10 were taken of. */
export const OLDER = '0533ab7';

/** A program, built into one state of the repository. */
export interface BuiltProgram {
  /** The commit, for the line. */
  name: string;
  /** Runs it and answers what it printed last. */
  run(...args: string[]): Promise<string>;
}

/** Builds a program of this tree as it is, from its source. */
export const inThisTree = (program: string): Promise<BuiltProgram> =>
  builtIn(process.cwd(), 'today', program);

/**
 * Builds a program of this tree into the sources of {@link OLDER}, a Git work tree below `folder` that shares today's packages: only what is ours is
 * older. The caller calls `remove`.
 */
export async function inOlderTree(
  folder: string,
  program: string,
): Promise<BuiltProgram & { remove(): Promise<void> }> {
  const root = join(folder, 'older');
  await run('git', ['worktree', 'add', '--detach', root, OLDER]);
  const remove = async (): Promise<void> => void (await run('git', ['worktree', 'remove', '--force', root]));
  try {
    await symlink(resolve('node_modules'), join(root, 'node_modules'));
    await mkdir(dirname(join(root, program)), { recursive: true });
    await copyFile(program, join(root, program));
    return { ...(await builtIn(root, OLDER, program)), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function builtIn(root: string, name: string, program: string): Promise<BuiltProgram> {
  const output = 'bench/dist/program.mjs';
  const target = JSON.stringify({ name: 'bench-program', entry: program, output });
  const build = `import('./infra/build/bundles.mjs').then((bundles) => bundles.buildBundle(${target}))`;
  await run(process.execPath, ['-e', build], { cwd: root });
  return {
    name,
    async run(...args) {
      const { stdout } = await run(process.execPath, [join(root, output), ...args]);
      return stdout.trim().split('\n').pop() ?? '';
    },
  };
}
