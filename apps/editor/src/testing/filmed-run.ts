import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clipIdOf, planIdOf, sessionIdOf, storageKeys, takeIdOf } from '@showrunner/contracts';
import type { FrameSize, StepAction } from '@showrunner/contracts';
import { actionRecord } from '@showrunner/contracts/testing';
import type { Database } from '@showrunner/database';
import { writeMovingTake } from '@showrunner/media/testing/moving-take';
import { encodeTakeIndex, openTakeFile } from '@showrunner/recorder';
import type { ObjectStore } from '@showrunner/storage';

const FEATURES = ['login', 'search'];
const TAKE_MS = 9000;
/** That of the plan which all of them filmed. */
const PLAN_HASH = 'a'.repeat(64);

/** Stores a run that is over: a take of a page that moves, two features of one step each, its plan. It has no timeline yet. */
export async function storeFilmedRun(
  { database, store }: { database: Database; store: ObjectStore },
  runId: string,
  {
    size = { width: 640, height: 360 },
    isIndexed = true,
    isOfOtherPlan = false,
  }: { size?: FrameSize; isIndexed?: boolean; isOfOtherPlan?: boolean } = {},
): Promise<void> {
  const sessionId = sessionIdOf(runId, { film: 1, number: 1, opening: 1 });
  const takeId = takeIdOf(sessionId);
  const storageKey = storageKeys.take(runId, takeId);
  await database.runs.create({
    ...{ id: runId, projectId: 'p1', intent: '', provider: 'local', size, keepSandbox: false },
  });
  await storeTake(store, storageKey, size, isIndexed);
  await database.takes.save(runId, {
    ...{ takeId, sessionId, storageKey, startedAtMs: 1000, durationMs: TAKE_MS, ...size },
    ...{ framesPresented: 10, framesCaptured: 10, framesLost: 0, largestGapMs: 0, gaps: [] },
  });
  await database.clips.replaceForRun(
    runId,
    FEATURES.map((feature, n) => ({
      ...{ clipId: clipIdOf(runId, n + 1), number: n + 1, feature, takeId },
      ...{ startMs: n * 4000, endMs: n * 4000 + 3500 },
    })),
  );
  const click: StepAction = { type: 'click', target: { role: 'button', name: 'Go', exact: true } };
  for (const [n, feature] of FEATURES.entries()) {
    const at = n * 4000;
    const record = actionRecord({
      ...{
        feature,
        caption: `Try ${feature}`,
        action: click,
        box: { x: 100, y: 80, width: 120, height: 30 },
      },
      ...{ startMs: at + 800, actMs: at + 1500, endMs: at + 2200 },
    });
    await database.actions.append({ runId, film: 1, sessionId, takeId, record });
  }
  const { id, hash } = await database.plans.store({
    ...{ id: planIdOf(runId), projectId: 'p1', runId },
    body: { schemaVersion: 1, videoType: 'demo', title: 'A film', intent: '', planner: 'rules', features: [], rejected: [] },
  }); // prettier-ignore
  await database.runs.setPlan(runId, id, isOfOtherPlan ? hash : PLAN_HASH);
  await database.runs.setState({ id: runId, state: 'done', message: '' });
}

async function storeTake(
  store: ObjectStore,
  key: string,
  size: FrameSize,
  isIndexed: boolean,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'filmed-run-'));
  const path = join(folder, 'take.mkv');
  try {
    const ffmpegPath = 'ffmpeg';
    const index = await writeMovingTake({
      path,
      size,
      durationMs: TAKE_MS,
      quality: 5,
      ffmpegPath,
      framesPerSecond: 10,
    });
    await store.putFile(key, path);
    const take = await openTakeFile(path);
    if (isIndexed) await store.put(storageKeys.takeIndex(key), await encodeTakeIndex(index, take));
    await take.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
