import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlatformApi } from './own-platform';

const LONGEST_MS = 120_000;
const ASK_EVERY_MS = 300;
const OPENING = { idleMinutes: 10, maxMinutes: 15 };

/** A browser that is filmed on a page of ours, as a manual session. */
export interface FilmedByHand {
  runId: string;
  /** Ends it. @returns what its recorder had to take, and what of it was lost */
  end(): Promise<{ presented: number; captured: number; lost: number }>;
}

export async function filmByHand(
  api: PlatformApi,
  { html, folder, from }: { html: string; folder: string; from: string },
): Promise<FilmedByHand> {
  const source = join(folder, 'page');
  await mkdir(source, { recursive: true });
  await writeFile(join(source, 'index.html'), html);
  const archive = join(folder, 'page.tar.gz');
  execFileSync('tar', ['-czf', archive, '-C', source, '.']);
  const form = new FormData();
  form.append('project', JSON.stringify({ name: 'clock' }));
  form.append('archive', new Blob([await readFile(archive)]), 'page.tar.gz');
  const { id: projectId } = await api.ask<{ id: string }>('POST', '/projects', form);
  const opened = { projectId, ...OPENING };
  const { session_id: runId } = await api.ask<{ session_id: string }>('POST', '/sessions', opened);
  await api.until(`/sessions/${runId}`, ({ state }) => state === 'filming', LONGEST_MS, ASK_EVERY_MS);
  await api.ask('POST', `/sessions/${runId}/marks`, { kind: 'start', feature: 'clock' });
  await api.ask('POST', `/sessions/${runId}/actions`, {
    tool: 'browser_navigate',
    arguments: { url: from },
  });
  return {
    runId,
    async end() {
      await api.ask('POST', `/sessions/${runId}/end`, {});
      await api.until(
        `/runs/${runId}`,
        ({ state }) => ['done', 'failed', 'cancelled'].includes(String(state)),
        LONGEST_MS,
        ASK_EVERY_MS,
      );
      const { data } = await api.ask<{
        data: { framesPresented: number; framesCaptured: number; framesLost: number }[];
      }>('GET', `/runs/${runId}/takes`);
      const sum = (of: (take: (typeof data)[number]) => number): number =>
        data.reduce((total, take) => total + of(take), 0);
      return {
        presented: sum(({ framesPresented }) => framesPresented),
        captured: sum(({ framesCaptured }) => framesCaptured),
        lost: sum(({ framesLost }) => framesLost),
      };
    },
  };
}
