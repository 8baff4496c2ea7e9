import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunReport } from '@showrunner/contracts';
import type { ApiClient } from './api-client';

const ARTEFACTS = [
  'video.mp4',
  'captions.vtt',
  'plan.json',
  'actions.jsonl',
  'clips.json',
  'history.json',
] as const;

/** Leaves everything a run brought in a folder, as far as it exists, and answers the names written. */
export async function saveResults(api: ApiClient, report: RunReport, folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const written = await Promise.all(
    ARTEFACTS.map(async (name) => {
      const route =
        name === 'history.json' ? `/runs/${report.id}/history` : `/runs/${report.id}/artifacts/${name}`;
      return (await api.download(route, path.join(folder, name))) ? name : undefined;
    }),
  );
  await writeFile(path.join(folder, 'run.json'), `${JSON.stringify(report, null, 2)}\n`);
  return [...written.filter((name) => name !== undefined), 'run.json'];
}
