import { join } from 'node:path';
import {
  ComparisonSchema,
  sidesSessionIdOf,
  sidesTakeIdOf,
  storageKeys,
  type Box,
  type ExportActivities,
  type Milestone,
  type Take,
} from '@showrunner/contracts';
import { sideBySide, sideLengths, type SidePair, type TakeFootage } from '@showrunner/media';
import { TakeWriter } from '@showrunner/recorder';
import type { FilmedAction } from '@showrunner/timeline';
import { storeTakeIndex } from '../stored-take';
import type { CompareDependencies } from './compare.types';
import { drivenRun, settledSteps, type DrivenRun } from './driven-runs';
import { withRunFootage, type RunFootage } from './run-footage';

/** How long the last step of a feature is shown after it has settled. */
const AFTERWARDS_MS = 1200;

/**
 * Films features of a run beside how they were: a take of its own whose pictures show both, step by step at the same time, with actions and
 * milestones on its clock. Features that one of both does not show are left out.
 */
export async function composeSides(
  deps: CompareDependencies,
  { runId, baseRunId, features, size }: Parameters<ExportActivities['composeSides']>[0],
): ReturnType<ExportActivities['composeSides']> {
  const { database, store, config, signal } = deps;
  const { planId, compare } = await database.runs.get(runId);
  const plan = planId === null ? null : await database.plans.find(planId);
  if (plan === null) return null;
  const [after, before] = await Promise.all(
    [runId, baseRunId].map((id) => drivenRun(database, id, plan.body)),
  );
  if (after === undefined || before === undefined) return null;
  const comparison = ComparisonSchema.parse(
    JSON.parse((await store.read(storageKeys.comparison(runId))).toString('utf8')),
  );
  return withRunFootage(deps, async (footage, folder) => {
    const takeId = sidesTakeIdOf(runId);
    const path = join(folder, 'sides.mkv');
    const startedAtMs = Date.now();
    const writer = await TakeWriter.create(path, { startedAtMs, ...size });
    const actions: FilmedAction[] = [];
    const milestones: Milestone[] = [];
    let atMs = 0;
    for (const feature of features) {
      const sides = await sidesOf(footage, before, after, feature);
      if (sides === null) continue;
      deps.heartbeat({ feature });
      const focus = around(comparison.features.find((one) => one.feature === feature)?.differences ?? []);
      const composed = sideBySide({
        ...{ ...sides, size, folder, ffmpegPath: config.ffmpegPath, signal: signal() },
        labels: {
          before: `Before · ${compare?.base ?? ''}`,
          after: `After · ${compare?.head ?? 'this change'}`,
        },
        ...(focus !== undefined && { focus }),
      });
      for await (const frame of composed) writer.writeFrame(startedAtMs + atMs + frame.atMs, frame.jpeg);
      const lengths = sideLengths(sides.pairs);
      const told = onSides(sides, lengths, atMs, takeId);
      actions.push(...told);
      const endMs = atMs + lengths.reduce((sum, one) => sum + one, 0);
      milestones.push(
        { feature, kind: 'started', atMs: told[0]?.endMs ?? atMs },
        { feature, kind: 'succeeded', atMs: endMs - AFTERWARDS_MS },
      );
      atMs = endMs;
    }
    if (milestones.length === 0) {
      await writer.close();
      return null;
    }
    const index = await writer.finalise(startedAtMs + atMs);
    const storageKey = storageKeys.take(runId, takeId);
    await store.putFile(storageKey, path);
    await storeTakeIndex(store, storageKey, index, path);
    await store.put(storageKeys.sideActions(runId), JSON.stringify(actions));
    const frames = index.frames.length;
    const take: Take = {
      ...{
        takeId,
        sessionId: sidesSessionIdOf(runId),
        storageKey,
        startedAtMs,
        durationMs: index.durationMs,
        ...size,
      },
      ...{ framesPresented: frames, framesCaptured: frames, framesLost: 0, largestGapMs: 0, gaps: [] },
    };
    await database.takes.save(runId, take);
    return { take, milestones };
  });
}

interface Sides {
  before: TakeFootage;
  after: TakeFootage;
  pairs: SidePair[];
  /** Those of `after`, one a pair. */
  actions: DrivenRun['actions'];
}

/** The steps of a feature on both sides; null when they are not in one take each, or differ in number. */
async function sidesOf(
  footage: RunFootage,
  before: DrivenRun,
  after: DrivenRun,
  feature: string,
): Promise<Sides | null> {
  const were = [...settledSteps(before, feature).values()];
  const are = [...settledSteps(after, feature).values()];
  const takes = [were, are].map((steps) => [...new Set(steps.map(({ takeId }) => takeId))]);
  const [beforeTake, afterTake] = takes.map((ids) => (ids.length === 1 ? ids[0] : undefined));
  if (were.length !== are.length || beforeTake === undefined || afterTake === undefined) return null;
  const [old, now] = [await footage.of(before.runId, beforeTake), await footage.of(after.runId, afterTake)];
  if (old === null || now === null) return null;
  const pairs = are.map((_, n) => ({ before: stretchOf(were, n, old), after: stretchOf(are, n, now) }));
  return { before: old, after: now, pairs, actions: are };
}

/** From the beginning of a step to that of the next one. */
function stretchOf(
  steps: DrivenRun['actions'],
  n: number,
  { durationMs }: TakeFootage,
): { fromMs: number; toMs: number } {
  const fromMs = Math.max(0, steps[n]?.startMs ?? 0);
  const next = steps[n + 1]?.startMs ?? Math.min(durationMs, (steps[n]?.endMs ?? fromMs) + AFTERWARDS_MS);
  return { fromMs, toMs: Math.max(fromMs, next) };
}

/** The actions on the clock of the take that shows both. They have no place in its picture: the camera stays, and no pointer is drawn. */
function onSides(
  { actions, pairs }: Sides,
  lengths: readonly number[],
  fromMs: number,
  takeId: string,
): FilmedAction[] {
  let startMs = fromMs;
  return actions.map(({ revealed: _revealed, opened: _opened, drag: _drag, ...action }, n) => {
    const length = lengths[n] ?? 0;
    const own = pairs[n]?.after.fromMs ?? 0;
    const on = (ms: number): number => startMs + Math.min(Math.max(0, ms - own), length);
    const moved = { ...action, takeId, box: null, startMs, actMs: on(action.actMs), endMs: on(action.endMs) };
    startMs += length;
    return moved;
  });
}

/** The smallest box around all that differs. */
function around(differences: readonly { box: Box }[]): Box | undefined {
  const boxes = differences.map(({ box }) => box);
  if (boxes.length === 0) return undefined;
  const [x, y] = [Math.min(...boxes.map((one) => one.x)), Math.min(...boxes.map((one) => one.y))];
  const right = Math.max(...boxes.map((one) => one.x + one.width));
  const bottom = Math.max(...boxes.map((one) => one.y + one.height));
  return { x, y, width: right - x, height: bottom - y };
}
