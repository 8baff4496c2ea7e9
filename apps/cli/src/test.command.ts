import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { InvalidInputError } from '@showrunner/contracts';
import { answerOf, type ApiClient } from '@showrunner/api-client';
import { oneLine } from './progress-lines';

export interface TestOptions {
  out?: string;
  force?: boolean;
}

/**
 * `test`: what a run has shown as a Playwright test, in a file or on standard output; what it does not hold is said on standard error.
 * @throws {InvalidInputError} `out_unusable`, `out_taken`
 */
export async function writeTest(
  api: Pick<ApiClient, 'GET'>,
  run: string,
  { out, force = false }: TestOptions,
): Promise<number> {
  const { source, notCarriedOver } = await answerOf(
    api.GET('/runs/{id}/test', { params: { path: { id: run } } }),
  );
  if (out === undefined) process.stdout.write(source);
  else {
    await write(path.resolve(out), source, force);
    process.stdout.write(`${path.resolve(out)}\n`);
  }
  for (const one of notCarriedOver) process.stderr.write(`Not carried over: ${oneLine(one)}\n`);
  return 0;
}

async function write(file: string, source: string, force: boolean): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, source, { flag: force ? 'w' : 'wx' });
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST' && syscall === 'open') {
      throw new InvalidInputError('out_taken', `"${file}" is there already.`, {
        remedy: 'Name another file with --out, or write over it with --force.',
        cause,
      });
    }
    throw new InvalidInputError('out_unusable', `"${file}" cannot be written.`, {
      remedy: 'Name with --out a file that you may write.',
      cause,
    });
  }
}
