import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const repository = resolve(import.meta.dirname, '../../../..');

/**
 * A package of PyPI that tests hold us against, in an environment of its own, installed once an installation of the project.
 * @returns the folder of its programs
 */
export async function pythonTool(name: string, version: string): Promise<string> {
  const folder = join(repository, '.showrunner/tools', `${name}-${version}`);
  const programs = join(folder, 'bin');
  // Written last: what broke off is made anew.
  const done = join(folder, 'pyvenv.cfg.done');
  if (existsSync(done)) return programs;
  const run = promisify(execFile);
  const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
  await rm(folder, { recursive: true, force: true });
  await run(python, ['-m', 'venv', folder]);
  await run(join(programs, 'pip'), ['install', '--quiet', `${name}==${version}`], { timeout: 300_000 });
  await run('cp', [join(folder, 'pyvenv.cfg'), done]);
  return programs;
}
