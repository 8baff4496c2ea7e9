import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { storageKeys, type ExportActivities } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { renderFilm, type FilmedAction } from '@showrunner/media';
import type { TakeIndex } from '@showrunner/recorder';
import type { ObjectStore } from '@showrunner/storage';
import type { Logger } from '@showrunner/telemetry';
import { fetchTake } from '../stored-take';
import { ExportProgress } from './export-progress';

export interface ExportDependencies {
  store: Pick<ObjectStore, 'put' | 'putFile' | 'get' | 'head' | 'read'>;
  database: Database;
  logger: Logger;
  /** `ffmpegPath`: a program with libx264 and libass; `workDir`: scratch of this worker. */
  config: { ffmpegPath: string; workDir: string };
  heartbeat: (detail?: unknown) => void;
  signal: () => AbortSignal;
}

/** Activities of the export pool. */
export const createExportActivities = (deps: ExportDependencies): ExportActivities => ({
  renderFilm: (input) => exportFilm(deps, input),
});

type RenderInput = Parameters<ExportActivities['renderFilm']>[0];

async function exportFilm(
  deps: ExportDependencies,
  input: RenderInput,
): ReturnType<ExportActivities['renderFilm']> {
  const { exportId, runId, planId, clips, size } = input;
  const signal = deps.signal();
  await mkdir(deps.config.workDir, { recursive: true });
  const folder = await mkdtemp(join(deps.config.workDir, 'export-'));
  try {
    const startedAt = performance.now();
    const [{ body: plan }, { takePaths, takeIndexes }, actions] = await Promise.all([
      deps.database.plans.get(planId),
      fetchTakes(deps, input, folder),
      actionsOnTakes(deps, input),
    ]);
    const outputPath = join(folder, 'video.mp4');
    const progress = new ExportProgress(deps, { runId, exportId });
    const film = await renderFilm({
      title: plan.title,
      features: plan.features,
      size,
      clips,
      takePaths,
      takeIndexes,
      actions,
      outputPath,
      ffmpegPath: deps.config.ffmpegPath,
      signal,
      onProgress: (share) => progress.reached(share),
    });
    await progress.written();
    const storageKey = storageKeys.exportVideo(exportId);
    const captionsKey = storageKeys.exportCaptions(exportId);
    await Promise.all([
      deps.store.putFile(storageKey, outputPath),
      deps.store.put(captionsKey, film.captions),
    ]);
    const { width, height, bytes } = film;
    const durationMs = Math.round(film.durationMs);
    const renderMs = Math.round(performance.now() - startedAt);
    deps.logger.info({ runId, exportId, durationMs, bytes, renderMs }, 'The film is rendered.');
    return { storageKey, captionsKey, durationMs, bytes, width, height };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The takes that clips lie in, as files, and what is in them. */
async function fetchTakes(
  deps: ExportDependencies,
  { takes, clips }: RenderInput,
  folder: string,
): Promise<{ takePaths: Map<string, string>; takeIndexes: Map<string, TakeIndex> }> {
  const wanted = new Set(clips.map(({ takeId }) => takeId));
  const takePaths = new Map<string, string>();
  const takeIndexes = new Map<string, TakeIndex>();
  for (const [n, take] of takes.entries()) {
    if (!wanted.has(take.takeId)) continue;
    const path = join(folder, `take-${n}.mkv`);
    takeIndexes.set(take.takeId, await fetchTake(deps, take, path));
    takePaths.set(take.takeId, path);
  }
  return { takePaths, takeIndexes };
}

async function actionsOnTakes(
  deps: ExportDependencies,
  { runId, takes }: RenderInput,
): Promise<FilmedAction[]> {
  const stored = await deps.database.actions.list(runId);
  return stored.flatMap(({ takeId, record }) => {
    const isKept = takes.some((take) => take.takeId === takeId);
    return isKept ? [{ ...record, takeId }] : [];
  });
}
