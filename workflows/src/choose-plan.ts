import { sleep } from '@temporalio/workflow';
import type {
  BuildProjectResult,
  PlanActivities,
  PlanRef,
  ProduceVideoInput,
  RunState,
} from '@showrunner/contracts';
import { plan as planning, rehearsal, sandbox } from './activity-options';
import { isRetryable } from './failure';
import { reviewedFeatures } from './review-plan';
import type { TimedStages } from './stages';

const MOST_REHEARSALS = 5;
const REST_BEFORE_AGAIN = '1s';

/** The pinned plan, or one made from the running app: explored, proposed, rehearsed, stored once. */
export async function choosePlan(
  input: ProduceVideoInput,
  { buildId, build, film }: { buildId: string; build: BuildProjectResult; film: number },
  stages: TimedStages,
  enter: (next: RunState, text: string) => Promise<void>,
): Promise<PlanRef> {
  const { runId, projectId, intent, size, planId, look } = input;
  const { sandboxId, provider } = build;
  await enter('planning', planId ? 'Loading the pinned plan' : 'Looking at the app and planning');
  if (planId)
    return planning.loadPlan.executeWithOptions({ summary: `load plan ${planId}` }, [
      { planId, runId, sandboxId, provider },
    ]);
  const base = { sandboxId: build.sandboxId, provider: build.provider, runId, app: build.app, size };
  const { explorationKey } = await stages.run('explore', () =>
    planning.exploreApp.executeWithOptions({ summary: `explore ${build.app.previewUrl}` }, [
      { ...base, intent },
    ]),
  );
  const proposed = await stages.run('plan', async () => {
    const { proposalKey } = await planning.proposePlan.executeWithOptions(
      { summary: 'propose what to show' },
      [{ runId, intent, explorationKey, ...((input.base ?? look) && { changesOf: look?.of ?? runId }) }],
    );
    const rehearsed = { ...base, projectId, explorationKey, proposalKey, film };
    const again = (): Promise<void> => resetBeforeRehearsal(rehearsed, buildId, build);
    return input.reviewMinutes === undefined
      ? {
          plan: await rehearsedUntil(
            () =>
              rehearsal.makePlan.executeWithOptions({ summary: 'make the plan and rehearse it' }, [
                rehearsed,
              ]),
            again,
          ),
        }
      : {
          draft: await rehearsedUntil(
            () =>
              rehearsal.draftPlan.executeWithOptions({ summary: 'rehearse what to propose' }, [rehearsed]),
            again,
          ),
          minutes: input.reviewMinutes,
        };
  });
  if (proposed.plan !== undefined) return proposed.plan;
  const { draft, minutes } = proposed;
  const features = await stages.run('review', () => reviewedFeatures(runId, minutes, draft.features, enter));
  return planning.fixPlan.executeWithOptions({ summary: `fix the plan: ${features.length} features` }, [
    { runId, projectId, features },
  ]);
}

/** A rehearsal uses the app: after one that was cut off, the next must find the app as nobody had used it, or it judges another app. */
async function rehearsedUntil<T>(rehearse: () => Promise<T>, again: () => Promise<void>): Promise<T> {
  for (let number = 1; ; number += 1) {
    try {
      return await rehearse();
    } catch (error) {
      if (number === MOST_REHEARSALS || !isRetryable(error)) throw error;
      await sleep(REST_BEFORE_AGAIN);
      await again();
    }
  }
}

async function resetBeforeRehearsal(
  { sandboxId, provider, projectId }: Parameters<PlanActivities['makePlan']>[0],
  buildId: string,
  { buildSpec, app }: BuildProjectResult,
): Promise<void> {
  await sandbox.resetApp.executeWithOptions({ summary: 'reset the app for another rehearsal' }, [
    { sandboxId, provider, buildId, projectId, buildSpec, port: app.port },
  ]);
}
