import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { connectInProcess, connectToPort, SessionFrames, startChromium } from '@showrunner/browser/testing';
import {
  PlanSchema,
  SessionLostError,
  storageKeys,
  type ActionRecord,
  clipIdOf,
  clipOfRun,
  type Clip,
  type Take,
  newId,
} from '@showrunner/contracts';
import { createDatabase, type Database } from '@showrunner/database';
import { startTestPostgres, type TestPostgres } from '@showrunner/database/testing';
import { SIZE, filmBoard, type FilmedBoard } from '@showrunner/media/testing';
import { TakeWriter, readTakeIndex } from '@showrunner/recorder';
import { FileObjectStore } from '@showrunner/storage';
import { createLogger } from '@showrunner/telemetry';
import { createExportActivities } from './export';
import { createRecordingActivities } from './recording';
import { createSegmentationActivities } from './segmentation';

let folder: string;
let workDir: string;
let store: FileObjectStore;
let chromium: ChildProcess;
let cdpUrl: string;
const logger = createLogger({ service: 'test', level: 'silent' });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'film-activities-'));
  workDir = join(folder, 'work');
  store = new FileObjectStore(join(folder, 'objects'));
  [chromium, cdpUrl] = await startChromium(join(folder, 'profile'));
});
afterAll(() => {
  chromium.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
});

const takeInput = (takeId: string) => ({ runId: 'run-1', takeId, sessionId: 's', size: SIZE });

/** Beats of about a second. */
const BEATS_FILMED = 4;

let frames: SessionFrames;
beforeEach(async () => {
  frames = new SessionFrames(await connectToPort(cdpUrl), SIZE);
});
afterEach(() => frames.close());

/** Activities that record the session; `afterFilming` is called once, after so many beats with a film. */
function recording(
  afterFilming: () => void = () => frames.endRecording(),
  more: Partial<Parameters<typeof createRecordingActivities>[0]> = {},
) {
  let beats = 0;
  return createRecordingActivities({
    store, logger, config: { workDir }, signal: () => new AbortController().signal,
    isShuttingDown: () => false,
    connect: (_sessionId, onMessage) => connectInProcess(frames)(onMessage),
    heartbeat: (detail) => {
      if ((detail as { frames: number }).frames > 0 && (beats += 1) === BEATS_FILMED) afterFilming();
    },
    ...more,
  }); // prettier-ignore
}

/** A recorder that filmed the session, and of which nothing is left. */
async function filmedBefore(): Promise<void> {
  const { close } = await connectInProcess(frames)(() => undefined);
  await frames.recordingStarted;
  await delay(600);
  close();
}

async function stored(take: Take): Promise<string> {
  const path = join(folder, `${take.takeId}.mkv`);
  await writeFile(path, await store.read(take.storageKey));
  return path;
}

describe('recordTake', () => {
  test('told to end, stores a take as long as it was filmed, and leaves no scratch', async () => {
    const take = await recording().recordTake(takeInput('plain'));
    expect(take).toMatchObject({
      takeId: 'plain',
      storageKey: storageKeys.take('run-1', 'plain'),
      ...SIZE,
      gaps: [],
      framesLost: 0,
      startedAtMs: frames.takeStartedAtMs,
    });
    expect(take.framesPresented).toBe(take.framesCaptured);
    expect(take.durationMs).toBeGreaterThan(500);
    expect(Math.abs(Date.now() - take.startedAtMs - take.durationMs)).toBeLessThan(2000);
    expect(readTakeIndex(await stored(take))).toMatchObject({ finalised: true, durationMs: take.durationMs });
    expect(existsSync(join(workDir, 'takes', 'plain'))).toBe(false);
  });

  test('cancelled, it ends at once with what there is', async () => {
    const stop = new AbortController();
    const take = await recording(() => stop.abort(), { signal: () => stop.signal }).recordTake(
      takeInput('cut'),
    );
    expect(take.durationMs).toBeGreaterThan(500);
    expect(await store.head(take.storageKey)).not.toBeNull();
  });

  test('after its worker died, appends on the same clock, tells the gap and keeps count of lost frames', async () => {
    const path = join(workDir, 'takes', 'killed', 'take.mkv');
    await mkdir(join(workDir, 'takes', 'killed'), { recursive: true });
    const startedAtMs = Date.now() - 4000;
    const writer = await TakeWriter.create(path, { startedAtMs, ...SIZE });
    writer.writeFrame(startedAtMs, Buffer.from('ffd8ffd9', 'hex'));
    writer.writeLost(7);
    await writer.close();
    const aliveUntil = new Date(startedAtMs + 1500);
    await utimes(path, aliveUntil, aliveUntil);

    const take = await recording().recordTake(takeInput('killed'));
    expect(take.startedAtMs).toBe(startedAtMs);
    expect(take.gaps).toHaveLength(1);
    expect(take.gaps[0]).toMatchObject({ reason: 'the recorder was restarted' });
    expect(take.gaps[0]?.fromMs).toBeCloseTo(1500, -1);
    expect(take.largestGapMs).toBeGreaterThan(2000);
    expect(take).toMatchObject({ framesLost: 7, framesPresented: take.framesCaptured + 7 });
    expect(take.durationMs).toBeGreaterThan(4000);
  });

  test('on another machine, starts anew on the clock of the session and says that the beginning is lost', async () => {
    await filmedBefore();
    const take = await recording().recordTake(takeInput('elsewhere'));
    expect(take.startedAtMs).toBe(frames.takeStartedAtMs);
    expect(take.gaps.map(({ reason }) => reason)).toEqual([
      'what was filmed before was lost with its worker',
    ]);
    expect(take.gaps[0]?.fromMs).toBe(0);
    expect(take.gaps[0]?.toMs).toBeGreaterThan(500);
    // What it knows of the beginning is the picture that it found.
    expect(readTakeIndex(await stored(take)).frames[0]?.tMs).toBe(0);
  });

  test('a worker that shuts down hands the take over: the next one, anywhere, goes on with it', async () => {
    const stop = new AbortController();
    let isShuttingDown = false;
    const first = recording(
      () => {
        isShuttingDown = true;
        stop.abort();
      },
      { signal: () => stop.signal, isShuttingDown: () => isShuttingDown },
    );
    await expect(first.recordTake(takeInput('handed'))).rejects.toMatchObject({
      code: 'recording_handed_over',
      retryable: true,
    });
    expect(existsSync(join(workDir, 'takes', 'handed'))).toBe(false);
    const elsewhere = { config: { workDir: join(folder, 'elsewhere') } };
    const take = await recording(undefined, elsewhere).recordTake(takeInput('handed'));
    expect(take.startedAtMs).toBe(frames.takeStartedAtMs);
    expect(take.durationMs).toBeGreaterThan(1200);
    expect(take.gaps.map(({ reason }) => reason)).toEqual(['the recorder was restarted']);
    expect(take.largestGapMs).toBeLessThan(1000);
  });

  test('a take that was stored already is continued, not lost', async () => {
    const first = await recording().recordTake(takeInput('again'));
    const second = await recording().recordTake(takeInput('again'));
    expect(second.startedAtMs).toBe(first.startedAtMs);
    expect(second.framesCaptured).toBeGreaterThanOrEqual(first.framesCaptured);
  });

  test('a session that is lost ends the take with what there is', async () => {
    let isLost = false;
    const activities = recording(
      () => {
        isLost = true;
        frames.close();
      },
      {
        connect: (_sessionId, onMessage) =>
          isLost
            ? Promise.reject(new SessionLostError('Its worker is gone.'))
            : connectInProcess(frames)((message) => message.kind !== 'ended' && onMessage(message)),
      },
    );
    const take = await activities.recordTake(takeInput('died'));
    expect(take.framesCaptured).toBeGreaterThan(0);
    expect(await store.head(take.storageKey)).not.toBeNull();
  });

  test('a session that never was is lost', async () => {
    const activities = recording(undefined, {
      connect: () => Promise.reject(new SessionLostError('No worker has it.')),
    });
    await expect(activities.recordTake(takeInput('never'))).rejects.toMatchObject({ code: 'session_lost' });
  });

  test('a recording that ended before its recorder came has recorded nothing', async () => {
    frames.endRecording();
    await expect(recording().recordTake(takeInput('late'))).rejects.toMatchObject({
      code: 'nothing_recorded',
      retryable: false,
    });
  });
});

describe('segmentTakes and renderFilm', () => {
  let postgres: TestPostgres;
  let database: Database;
  let board: FilmedBoard;
  let runId: string;
  let planId: string;
  let takes: Take[];
  let clips: Clip[];

  beforeAll(async () => {
    postgres = await startTestPostgres();
    database = createDatabase({ url: postgres.url });
    board = await filmBoard(mkdtempSync(join(folder, 'board-')));
    runId = newId();
    planId = newId();
    const projectId = newId();
    await database.projects.create({
      id: projectId,
      name: 'board',
      source: { kind: 'git', url: 'https://example.org/a.git' },
    });
    await database.runs.create({
      id: runId,
      projectId,
      intent: '',
      provider: 'local',
      size: SIZE,
      keepSandbox: false,
    });
    const take = { ...board.take, storageKey: storageKeys.take(runId, board.take.takeId) };
    await store.putFile(take.storageKey, board.path);
    takes = [take];
    for (const record of board.actions)
      await database.actions.append({ film: 1, runId, sessionId: newId(), takeId: take.takeId, record });
    await database.plans.store({ id: planId, projectId, runId, body: planOf(board) });
  }, 120_000);
  afterAll(async () => {
    await database.close();
    await postgres.stop();
  });

  const deps = () => ({
    store, database, logger, config: { workDir, ffmpegPath: 'ffmpeg', ffprobePath: 'ffprobe' }, heartbeat: () => undefined, signal: () => new AbortController().signal,
  }); // prettier-ignore

  test('clips, actions on the take’s clock, thumbnails and one event; the same once more changes nothing', async () => {
    const input = {
      runId, takes, featureTakes: { 'add-card': 'take-1', 'dark-theme': 'take-1' },
      milestones: board.milestones.flatMap(({ feature, startMs, endMs }) => [
        { feature, kind: 'started' as const, atMs: startMs },
        { feature, kind: 'succeeded' as const, atMs: endMs },
      ]),
    }; // prettier-ignore
    const activities = createSegmentationActivities(deps());
    ({ clips } = await activities.segmentTakes(input));
    expect(clips.map(({ clipId, feature }) => [clipId, feature])).toEqual([[clipIdOf(runId, 1), 'add-card'], [clipIdOf(runId, 2), 'dark-theme']]); // prettier-ignore
    expect(await activities.segmentTakes(input)).toEqual({ clips });

    expect(JSON.parse((await store.read(storageKeys.clips(runId))).toString())).toEqual(clips.map(clipOfRun));
    const lines = (await store.read(storageKeys.actions(runId))).toString().trim().split('\n');
    const actions = lines.map((line) => JSON.parse(line) as ActionRecord);
    expect(actions.map(({ actMs }) => actMs)).toEqual(board.actions.map(({ actMs }) => actMs));
    expect((await store.read(storageKeys.clipThumbnail(runId, 'c1'))).subarray(0, 2).toString('hex')).toBe(
      'ffd8',
    );
    expect((await database.clips.list(runId)).map(({ takeId }) => takeId)).toEqual(['take-1', 'take-1']);
    const events = await database.outbox.readAfter(0n, { runId, types: ['CLIPS_GENERATED'] }, 10);
    expect(events).toHaveLength(1);
    expect(readdirSync(workDir).filter((name) => name.startsWith('segment-'))).toEqual([]);
  });

  test('the film and its captions are stored, scratch is gone', async () => {
    const exportId = newId();
    const facts = await createExportActivities({ ...deps(), voices: { programs: {} } }).renderFilm({
      exportId,
      runId,
      planId,
      takes,
      clips,
      size: SIZE,
    });
    expect(facts).toMatchObject({ storageKey: storageKeys.exportVideo(exportId), ...SIZE });
    expect((await store.head(facts.storageKey))?.bytes).toBe(facts.bytes);
    expect(await database.timelines.find(runId)).toMatchObject({
      version: 1,
      document: {
        runId,
        title: 'Launch board',
        chapters: [{ feature: 'add-card' }, { feature: 'dark-theme' }],
      },
    });
    expect((await store.read(facts.captionsKey ?? '')).toString()).toMatch(/^WEBVTT\n/u);
    expect(readdirSync(workDir).filter((name) => name.startsWith('export-'))).toEqual([]);
  }, 120_000);

  test('cancelled, nothing is stored and nothing left', async () => {
    const stop = new AbortController();
    const exportId = newId();
    const activities = createExportActivities({
      voices: { programs: {} },
      ...deps(),
      signal: () => stop.signal,
      heartbeat: () => stop.abort(),
    });
    await expect(
      activities.renderFilm({ exportId, runId, planId, takes, clips, size: SIZE }),
    ).rejects.toBeDefined();
    expect(await store.head(storageKeys.exportVideo(exportId))).toBeNull();
    expect(readdirSync(workDir).filter((name) => name.startsWith('export-'))).toEqual([]);
  }, 120_000);
});

function planOf({ milestones, actions }: FilmedBoard) {
  return PlanSchema.parse({
    schemaVersion: 1, videoType: 'demo', title: 'Launch board', intent: '', planner: 'test', rejected: [],
    features: milestones.map(({ feature }) => ({
      id: feature, kind: 'create', title: feature, description: 'A feature.', startPath: '/',
      steps: actions.filter((action) => action.feature === feature).map(({ action, caption }) => ({
        action, caption, success: { kind: 'textVisible', text: 'Board' },
      })),
    })),
  }); // prettier-ignore
}
