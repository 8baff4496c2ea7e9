import { AppError, exportIdOf, type ExportOutput, type RenderExportInput } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { takePictures } from '@showrunner/media';
import { autoEdit, rewound, type Timeline } from '@showrunner/timeline';
import type { FilmSource } from './film-source';

/**
 * What a film shows: the version of the run's timeline that was asked for, or the one that is made without questions. The first film of
 * a run stores it, as it looks there; one of a run from before timelines were stored does that, too.
 * @throws AppError `timeline_version_gone`; `nothing_to_render`, `take_missing`
 */
export async function filmTimeline(
  database: Pick<Database, 'timelines'>,
  { runId, exportId, output }: Pick<RenderExportInput, 'runId' | 'exportId' | 'output'>,
  source: FilmSource,
): Promise<Timeline> {
  if (output?.timelineVersion !== undefined)
    return looking(await storedTimeline(database, runId, output.timelineVersion), output);
  const takes = [...source.takeIndexes].map(([takeId, index]) => takePictures(takeId, index));
  const edited = autoEdit({ ...source, takes });
  const film = looking(edited, output);
  await database.timelines.create(runId, exportId === exportIdOf(runId) ? film : edited);
  return film;
}

async function storedTimeline(
  { timelines }: Pick<Database, 'timelines'>,
  runId: string,
  version: number,
): Promise<Timeline> {
  const stored = await timelines.find(runId);
  if (stored !== null)
    return rewound({ ...stored, inverses: await timelines.inversesAfter(runId, version) }, version);
  throw new AppError('timeline_version_gone', `The timeline of run ${runId} is not stored.`, {
    status: 410,
    remedy: 'Export the run without naming a version of its timeline.',
  });
}

const looking = (timeline: Timeline, { aspect, theme, voice }: Partial<ExportOutput> = {}): Timeline => ({
  ...timeline,
  ...(aspect && { aspect }),
  ...(theme && { theme }),
  ...(voice && { voice: voice === 'none' ? null : { ...timeline.voice, name: voice } }),
});
