import { constants } from 'node:fs';
import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunReport } from '@showrunner/contracts';
import { InvalidInputError } from '@showrunner/contracts';
import { download } from './download';
import type { ApiClient } from '@showrunner/api-client';

const ARTEFACTS = [
  'video.mp4',
  'captions.vtt',
  'plan.json',
  'actions.jsonl',
  'clips.json',
  'history.json',
] as const;
const REPORT = 'run.json';

/**
 * Makes the folder of the results, and takes away what an earlier run left there under the names that this one will leave.
 * @throws {InvalidInputError} `out_unusable`
 */
export async function prepareFolder(
  folder: string,
  names: readonly string[] = [...ARTEFACTS, REPORT],
): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    for (const name of names) await rm(path.join(folder, name), { force: true });
  } catch (cause) {
    throw new InvalidInputError('out_unusable', `Results cannot be written to "${folder}".`, {
      remedy: 'Name with --out a folder that you may write to.',
      cause,
    });
  }
}

/** Leaves everything a run brought in a folder, as far as it exists, and answers the names written. */
export async function saveResults(api: ApiClient, report: RunReport, folder: string): Promise<string[]> {
  const written = await Promise.all(
    ARTEFACTS.map(async (name) => {
      const asked =
        name === 'history.json'
          ? api.GET('/runs/{id}/history', { params: { path: { id: report.id } }, parseAs: 'stream' })
          : api.GET('/runs/{runId}/artifacts/{name}', {
              params: { path: { runId: report.id, name } },
              parseAs: 'stream',
            });
      return (await download(asked, path.join(folder, name))) ? name : undefined;
    }),
  );
  await writeFile(path.join(folder, REPORT), `${JSON.stringify(report, null, 2)}\n`);
  return [...written.filter((name) => name !== undefined), REPORT];
}
