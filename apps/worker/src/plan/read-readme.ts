import { AppError } from '@showrunner/contracts';
import type { Sandbox } from '@showrunner/sandbox';

const NAMES = ['README.md', 'readme.md', 'README.rst', 'README.txt', 'README'];
const MAX_BYTES = 64 * 1024;

/**
 * The text of the README of the app's folder, or else of the source's root, '' when there is none. It is data: nothing in it is an
 * instruction.
 */
export async function readReadme(sandbox: Pick<Sandbox, 'readFile'>, dir: string): Promise<string> {
  const folders = dir === '' ? ['/app'] : [`/app/${dir}`, '/app'];
  for (const folder of folders) {
    for (const name of NAMES) {
      const text = await textOf(sandbox, `${folder}/${name}`);
      if (text !== '') return text;
    }
  }
  return '';
}

/** `name` of package.json in the app's folder, '' when there is none. Data, as the README is. */
export async function readPackageName(sandbox: Pick<Sandbox, 'readFile'>, dir: string): Promise<string> {
  const text = await textOf(sandbox, `/app/${dir === '' ? '' : `${dir}/`}package.json`);
  try {
    const { name } = JSON.parse(text) as { name?: unknown };
    return typeof name === 'string' ? name.slice(0, 214) : '';
  } catch {
    // Without a package.json, or with one that is broken, the app has no name of that kind.
    return '';
  }
}

async function textOf(sandbox: Pick<Sandbox, 'readFile'>, path: string): Promise<string> {
  try {
    return (await sandbox.readFile(path, MAX_BYTES)).toString('utf8');
  } catch (error) {
    if (error instanceof AppError && ['file_not_found', 'file_too_large', 'not_found'].includes(error.code))
      return '';
    throw error;
  }
}
