import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ApiClient } from '@showrunner/api-client';
import type { RunReport } from '@showrunner/contracts';
import { download } from './download';
import { ARTEFACTS, REPORT } from './results-folder';
import type { ResultsFolder } from './results-folder';

export interface SavedResults {
  /** Where they are: the folder, or one below it where a run that brought no film must not take the place of one that did. */
  folder: string;
  /** Names written. */
  files: string[];
}

/** Leaves everything a run brought in a folder, as far as it exists: written beside what is there, and put in its place at the end. */
export async function saveResults(
  api: ApiClient,
  report: RunReport,
  out: ResultsFolder,
): Promise<SavedResults> {
  const files = await out.stage(async (staging) => {
    const written = await Promise.all(
      ARTEFACTS.map(async (name) => {
        const asked =
          name === 'history.json'
            ? api.GET('/runs/{id}/history', { params: { path: { id: report.id } }, parseAs: 'stream' })
            : api.GET('/runs/{runId}/artifacts/{name}', {
                params: { path: { runId: report.id, name } },
                parseAs: 'stream',
              });
        return (await download(asked, path.join(staging, name))) ? name : undefined;
      }),
    );
    await writeFile(path.join(staging, REPORT), `${JSON.stringify(report, null, 2)}\n`);
    return [...written.filter((name) => name !== undefined), REPORT];
  });
  const isFilm = report.state === 'done' && files.includes('video.mp4');
  const folder = await out.swap(files, isFilm || !out.holdsFilm() ? '' : `run-${report.id}`);
  return { folder, files };
}
