import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AppError,
  exportIdOf,
  isFilmFormat,
  storageKeys,
  type ExportActivities,
  type ExportFile,
} from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import type { ObjectStore } from '@showrunner/storage';
import type { Logger } from '@showrunner/telemetry';
import type { Timeline } from '@showrunner/timeline';
import { compareStates, composeSides } from '../compare';
import { ExportProgress } from './export-progress';
import { filmSource } from './film-source';
import { filmTimeline } from './film-timeline';
import { voicedFilm, type VoicedFilm, type Voices } from './film-voice';
import { makeFilm } from './make-film';
import { makeWalk } from './make-walk';

export interface ExportDependencies {
  store: Pick<ObjectStore, 'put' | 'putFile' | 'get' | 'head' | 'read'>;
  database: Database;
  logger: Logger;
  /** `ffmpegPath`: a program with libx264 and libass; `workDir`: scratch of this worker. */
  config: { ffmpegPath: string; ffprobePath: string; workDir: string };
  voices: Voices;
  heartbeat: (detail?: unknown) => void;
  signal: () => AbortSignal;
}

/** Activities of the export pool. */
export const createExportActivities = (deps: ExportDependencies): ExportActivities => ({
  renderFilm: (input) => exportFilm(deps, input),
  async compareStates(input) {
    await mkdir(deps.config.workDir, { recursive: true });
    return compareStates(deps, input);
  },
  async composeSides(input) {
    await mkdir(deps.config.workDir, { recursive: true });
    return composeSides(deps, input);
  },
});

async function exportFilm(
  deps: ExportDependencies,
  input: Parameters<ExportActivities['renderFilm']>[0],
): ReturnType<ExportActivities['renderFilm']> {
  const { exportId, runId, output = { format: 'mp4' } } = input;
  const signal = deps.signal();
  await mkdir(deps.config.workDir, { recursive: true });
  const folder = await mkdtemp(join(deps.config.workDir, 'export-'));
  try {
    const startedAt = performance.now();
    const source = await filmSource(deps, input, folder);
    const { notes: silences, ...voiced } = await spoken(
      deps,
      input,
      await filmTimeline(deps.database, input, source),
    );
    const progress = new ExportProgress(deps, { runId, exportId });
    const making = {
      ...{ source, ...voiced, output, folder, signal },
      ffmpegPath: deps.config.ffmpegPath,
      ffprobePath: deps.config.ffprobePath,
      onProgress: (share: number) => progress.reached(share),
    };
    const { format } = output;
    const film = isFilmFormat(format) ? await makeFilm(making, format) : await makeWalk(making);
    await progress.written();
    const files = await Promise.all(film.files.map((name) => store(deps, exportId, folder, name)));
    signal.throwIfAborted();
    const { width, height } = film.size;
    const durationMs = Math.round(film.durationMs);
    const bytes = files.find(({ name }) => name === film.video)?.bytes ?? 0;
    const renderMs = Math.round(performance.now() - startedAt);
    deps.logger.info(
      { runId, exportId, format: output.format, durationMs, bytes, renderMs },
      'The film is rendered.',
    );
    const facts = { durationMs, bytes, width, height, files, notes: [...silences, ...film.notes] };
    const storageKey = storageKeys.exportFile(exportId, film.video);
    const captionsKey = storageKeys.exportCaptions(exportId);
    return {
      ...{ storageKey, ...facts },
      ...(film.checks !== null && { captionsKey, checks: film.checks }),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The film with its words said. The film that a run makes by itself is made without them where its voice is not to be had, and says so.
 * @throws AppError as `voicedFilm` does
 */
async function spoken(
  deps: ExportDependencies,
  { runId, exportId, output }: Parameters<ExportActivities['renderFilm']>[0],
  timeline: Timeline,
): Promise<VoicedFilm & { notes: string[] }> {
  const { format = 'mp4' } = output ?? {};
  if (format !== 'mp4' && format !== 'webm') return { timeline, notes: [] };
  try {
    return { ...(await voicedFilm(deps, { timeline, runId, signal: deps.signal() })), notes: [] };
  } catch (error) {
    const isOwn = exportId === exportIdOf(runId);
    if (!isOwn || !(error instanceof AppError) || error.code !== 'voice_unavailable') throw error;
    return { timeline, notes: [`The film has no voice: ${error.message} ${error.remedy}`] };
  }
}

async function store(
  deps: ExportDependencies,
  exportId: string,
  folder: string,
  name: string,
): Promise<ExportFile> {
  const { contentType, bytes } = await deps.store.putFile(
    storageKeys.exportFile(exportId, name),
    join(folder, name),
  );
  return { name, contentType, bytes };
}
