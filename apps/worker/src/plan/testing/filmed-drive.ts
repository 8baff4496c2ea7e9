import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectInProcess } from '@showrunner/browser/testing';
import { AppError, isRecorded, type FilmCheck, type Milestone, type Take } from '@showrunner/contracts';
import { cutClips } from '@showrunner/media';
import { recordFrames } from '@showrunner/recorder';
import { TakeSink } from '../../recording/take-sink';
import type { DrivenApp, DriveOptions } from './drive-app';
import { exportDrive, type KeptDrive } from './export-drive';

const SIZE = { width: 1280, height: 720 };
const TAKE_ID = 'drive-t1';

/** Films what is driven into `folder`: a take, what was done in it, and the finished film with its checks, as a run makes them. */
export async function filmedDrive(folder: string): Promise<{
  options: Pick<DriveOptions, 'pace' | 'record'>;
  /** @returns what there is to say about the film */
  finish: (driven: DrivenApp) => Promise<string>;
}> {
  await mkdir(folder, { recursive: true });
  let covered: Take['covered'];
  const sink = TakeSink.begin(join(folder, 'take.mkv'), SIZE);
  return {
    options: {
      pace: 'normal',
      async record({ frames }) {
        const { signal } = new AbortController();
        const recording = recordFrames({ connect: connectInProcess(frames), sink, signal });
        await frames.recordingStarted;
        return async () => {
          frames.endRecording();
          const { facts } = await sink.finalise(await recording);
          covered = facts.covered;
          await writeFile(join(folder, 'facts.json'), JSON.stringify(facts));
        };
      },
    },
    async finish(driven) {
      const film = keptOf(driven);
      if (film === null) return '   nothing to make a film of';
      const kept = { ...film, ...(covered && { covered }) };
      await writeFile(join(folder, 'drive.json'), JSON.stringify(kept));
      return toldChecks(await exportDrive(folder, kept).catch(checksOfUntrue));
    },
  };
}

function keptOf({ plan, features }: DrivenApp): KeptDrive | null {
  if (plan === undefined) return null;
  const actions = features.flatMap((one) => one.actions).filter(isRecorded);
  const milestones = features.flatMap(({ feature, verified, actions: own }): Milestone[] => {
    const [begun, last] = [own[0], own.at(-1)];
    if (!verified || begun?.endMs == null || last?.endMs == null) return [];
    const of = { feature: feature.id };
    return [
      { ...of, kind: 'started', atMs: begun.endMs },
      { ...of, kind: 'succeeded', atMs: last.endMs },
    ];
  });
  const durationMs = Math.max(0, ...actions.map(({ endMs }) => endMs)) + 60_000;
  const take = { takeId: TAKE_ID, sessionId: 'drive', storageKey: '', startedAtMs: 0, durationMs, ...SIZE };
  const { clips } = cutClips({
    ...{ runId: 'drive', milestones },
    takes: [{ ...take, framesPresented: 0, framesCaptured: 0, framesLost: 0, largestGapMs: 0, gaps: [] }],
    featureTakes: Object.fromEntries(features.map(({ feature }) => [feature.id, TAKE_ID])),
  });
  if (clips.length === 0) return null;
  const { title } = plan;
  return {
    ...{ title, features: plan.features, clips, size: SIZE },
    actions: actions.map((action) => ({ ...action, takeId: TAKE_ID })),
  };
}

/** What is wrong with a film that was not called done. @throws the error when it says something else */
export function checksOfUntrue(error: unknown): FilmCheck[] {
  const { checks } = (error instanceof AppError ? (error.details ?? {}) : {}) as { checks?: FilmCheck[] };
  if (checks === undefined) throw error;
  return checks;
}

/** A line for each check that had something to look at. */
export const toldChecks = (checks: readonly FilmCheck[]): string =>
  checks
    .filter(({ result }) => result !== 'skipped')
    .map(({ name, result, detail }) => `   ${result === 'passed' ? '✓' : '✗'} film: ${name}: ${detail}`)
    .join('\n');
