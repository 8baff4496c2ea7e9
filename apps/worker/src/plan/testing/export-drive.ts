import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { requireTool } from '@showrunner/config';
import type { Clip, CoveredSpan, ExportOutput, FilmCheck, FrameSize } from '@showrunner/contracts';
import { takePictures } from '@showrunner/media';
import { indexTake } from '@showrunner/recorder';
import { autoEdit, type FilmedAction, type FilmFeature } from '@showrunner/timeline';
import { makeFilm } from '../../export/make-film';

/** What is kept of a drive that was filmed; its take lies beside it. */
export interface KeptDrive {
  title: string;
  features: FilmFeature[];
  clips: Clip[];
  size: FrameSize;
  actions: FilmedAction[];
  /** Where the take would show secrets. */
  covered?: CoveredSpan[];
}

/** Makes the film of a drive in its folder. @throws AppError as an export does, `film_untrue` with its checks */
export async function exportDrive(
  folder: string,
  kept: KeptDrive,
  { aspect = 'source', theme = 'plain', ...output }: ExportOutput = { format: 'mp4' },
): Promise<FilmCheck[]> {
  const takePath = join(folder, 'take.mkv');
  const takeId = kept.clips[0]?.takeId ?? '';
  const index = await indexTake(takePath);
  const edited = autoEdit({ ...kept, runId: 'drive', takes: [takePictures(takeId, index)] });
  const timeline = { ...edited, aspect, theme };
  await writeFile(join(folder, 'timeline.json'), JSON.stringify(timeline, null, 1));
  const made = await makeFilm(
    {
      source: {
        ...kept,
        runId: 'drive',
        covered: new Map([[takeId, kept.covered ?? []]]),
        takePaths: new Map([[takeId, takePath]]),
        takeIndexes: new Map([[takeId, index]]),
      },
      ...{ timeline, output, folder, signal: new AbortController().signal, onProgress: () => undefined },
      ffmpegPath: requireTool('ffmpeg').path,
      ffprobePath: requireTool('ffprobe').path,
    },
    'mp4',
  );
  return made.checks ?? [];
}
