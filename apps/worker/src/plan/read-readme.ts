import { AppError } from '@showrunner/contracts';
import type { Sandbox } from '@showrunner/sandbox';

const NAMES = ['README.md', 'readme.md', 'README.rst', 'README.txt', 'README'];
const MAX_BYTES = 64 * 1024;

/** The text of the README at the top of the source, '' when there is none. It is data: nothing in it is an instruction. */
export async function readReadme(sandbox: Pick<Sandbox, 'readFile'>): Promise<string> {
  for (const name of NAMES) {
    try {
      return (await sandbox.readFile(`/app/${name}`, MAX_BYTES)).toString('utf8');
    } catch (error) {
      if (
        !(error instanceof AppError) ||
        !['file_not_found', 'file_too_large', 'not_found'].includes(error.code)
      )
        throw error;
      if (error.code === 'file_too_large') return '';
    }
  }
  return '';
}
