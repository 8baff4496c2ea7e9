import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { goBin, toolsBin } from '../tooling/paths.mjs';
import { goInstall } from './go-install.mjs';

const goModule = 'github.com/versity/versitygw/cmd/versitygw@v1.8.0';

/**
 * Makes sure there is an S3 server for the tests of the object store. Where it cannot be had, set-up goes on and those tests are skipped.
 * @param {(detail: string) => void} report
 * @returns {Promise<import('./steps.mjs').StepResult>}
 */
export async function installS3Server(report) {
  const folders = [toolsBin, goBin, ...(process.env.PATH ?? '').split(delimiter)];
  const found = folders.map((folder) => join(folder, 'versitygw')).find((path) => existsSync(path));
  if (found) return { changed: false, summary: `already at ${found}` };
  try {
    report(`go install ${goModule} (takes one to two minutes)`);
    await goInstall('versitygw', goModule, report);
    return { changed: true, summary: `by go install to ${join(toolsBin, 'versitygw')}` };
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { changed: true, summary: `not installed, the tests against S3 are skipped: ${why}` };
  }
}
