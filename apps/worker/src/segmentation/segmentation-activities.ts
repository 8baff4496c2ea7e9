import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  clipName,
  clipOfRun,
  storageKeys,
  type Clip,
  type SegmentationActivities,
  type Take,
} from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { cutClips } from '@showrunner/media';
import type { ObjectStore } from '@showrunner/storage';
import type { Logger } from '@showrunner/telemetry';
import { recordClips } from '../state';
import { withStoredFootage } from '../stored-take';
import { actionLines } from './action-lines';

export interface SegmentationDependencies {
  store: Pick<ObjectStore, 'put' | 'get' | 'head' | 'read'>;
  database: Database;
  logger: Logger;
  /** `workDir`: scratch of this worker. */
  config: { workDir: string };
  heartbeat: (detail?: unknown) => void;
  signal: () => AbortSignal;
}

/** Activities of the segmentation pool. */
export const createSegmentationActivities = (deps: SegmentationDependencies): SegmentationActivities => ({
  segmentTakes: (input) => segmentTakes(deps, input),
});

type SegmentInput = Parameters<SegmentationActivities['segmentTakes']>[0];

async function segmentTakes(deps: SegmentationDependencies, input: SegmentInput): Promise<{ clips: Clip[] }> {
  const { runId, takes } = input;
  const { clips, dropped } = cutClips(input);
  for (const { feature, reason } of dropped) deps.logger.warn({ runId, feature }, reason);

  const actions = await deps.database.actions.list(runId);
  await Promise.all([
    deps.store.put(storageKeys.clips(runId), `${JSON.stringify(clips.map(clipOfRun), null, 2)}\n`),
    deps.store.put(storageKeys.actions(runId), actionLines(actions)),
    storeThumbnails(deps, runId, clips, takes),
  ]);
  await recordClips(deps.database, { runId, clips });
  deps.logger.info({ runId, clips: clips.length, actions: actions.length }, 'The takes are cut into clips.');
  return { clips };
}

/** The picture at the end of each clip, where the feature can be seen to have worked. */
async function storeThumbnails(
  deps: SegmentationDependencies,
  runId: string,
  clips: Clip[],
  takes: Take[],
): Promise<void> {
  await mkdir(deps.config.workDir, { recursive: true });
  const folder = await mkdtemp(join(deps.config.workDir, 'segment-'));
  try {
    for (const take of takes) {
      const own = clips.filter(({ takeId }) => takeId === take.takeId);
      if (own.length === 0) continue;
      await withStoredFootage(deps, take, folder, async (footage) => {
        for (const clip of own) {
          deps.heartbeat({ clip: clip.clipId });
          const picture = await footage.jpeg(footage.frameAt(clip.endMs));
          await deps.store.put(storageKeys.clipThumbnail(runId, clipName(clip)), picture);
        }
      });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
