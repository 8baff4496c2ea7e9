import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { requireTool } from '@showrunner/config';
import type { Clip, CoveredSpan, ExportOutput, FilmCheck, FrameSize } from '@showrunner/contracts';
import { takePictures } from '@showrunner/media';
import { indexTake } from '@showrunner/recorder';
import { FileObjectStore } from '@showrunner/storage';
import { autoEdit, type FilmedAction, type FilmFeature } from '@showrunner/timeline';
import { voicedFilm } from '../../export/film-voice';
import { makeFilm } from '../../export/make-film';
import { voicesOf } from '../../voices';

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

const SPEECH_TIMEOUT_MS = 60_000;

/**
 * Makes the film of a drive whose take lies in `folder`, into that folder or another one.
 * @throws AppError as an export does, `film_untrue` with its checks; `voice_unavailable`
 */
export async function exportDrive(
  folder: string,
  kept: KeptDrive,
  { aspect = 'source', theme = 'plain', voice, ...output }: ExportOutput = { format: 'mp4' },
  into = folder,
): Promise<FilmCheck[]> {
  const takePath = join(folder, 'take.mkv');
  const takeId = kept.clips[0]?.takeId ?? '';
  const index = await indexTake(takePath);
  const edited = autoEdit({ ...kept, runId: 'drive', takes: [takePictures(takeId, index)] });
  const { signal } = new AbortController();
  const looking = { ...edited, aspect, theme, voice: voice === undefined ? null : { name: voice } };
  await mkdir(into, { recursive: true });
  const { timeline, speech } = await voicedFilm(
    {
      store: new FileObjectStore(join(folder, 'spoken')),
      voices: voicesOf({ OPENAI_SPEECH_MODEL: '', LLM_TIMEOUT_MS: SPEECH_TIMEOUT_MS }),
    },
    { timeline: looking, runId: 'drive', signal },
  );
  await writeFile(join(into, 'timeline.json'), JSON.stringify(timeline, null, 1));
  const made = await makeFilm(
    {
      source: {
        ...kept,
        runId: 'drive',
        covered: new Map([[takeId, kept.covered ?? []]]),
        takePaths: new Map([[takeId, takePath]]),
        takeIndexes: new Map([[takeId, index]]),
      },
      ...{ timeline, output, folder: into, signal, onProgress: () => undefined },
      ...(speech && { speech }),
      ffmpegPath: requireTool('ffmpeg').path,
      ffprobePath: requireTool('ffprobe').path,
    },
    'mp4',
  );
  return made.checks ?? [];
}
