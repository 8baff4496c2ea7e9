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

async function textOf(sandbox: Pick<Sandbox, 'readFile'>, path: string): Promise<string> {
  try {
    return (await sandbox.readFile(path, MAX_BYTES)).toString('utf8');
  } catch (error) {
    if (error instanceof AppError && ['file_not_found', 'file_too_large', 'not_found'].includes(error.code))
      return '';
    throw error;
  }
}
