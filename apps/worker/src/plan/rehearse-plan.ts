import { ProposalSchema, rehearsalIdOf } from '@showrunner/contracts';
import type { Exploration, GivenSecrets, PlanActivities } from '@showrunner/contracts';
import type { PlanRecord } from '@showrunner/database';
import { assemblePlan, DEFAULT_REHEARSAL, rehearse } from '@showrunner/planner';
import type { RehearsalPerformer } from '@showrunner/planner';
import { endWith } from './end-with';
import type { PlanDependencies } from './plan-dependencies';
import { rehearsalPerformerOf } from './session-adapters';

export type MakePlanInput = Parameters<PlanActivities['makePlan']>[0];

/**
 * Rehearses what was proposed, in a session that nobody records.
 * @param keep stores the plan, and the secrets that it types, before the session ends
 * @param filmingId session of the film that follows at once: its browser is opened meanwhile
 */
export async function rehearsedPlan<T>(
  deps: PlanDependencies,
  input: MakePlanInput,
  keep: (body: PlanRecord['body'], typed: GivenSecrets) => Promise<T>,
  filmingId?: string,
): Promise<T> {
  const { database, store, planner, heartbeat, signal } = deps;
  const { runId, projectId, explorationKey, proposalKey, sandboxId, app, size } = input;
  const exploration = JSON.parse((await store.read(explorationKey)).toString('utf8')) as Exploration;
  const proposal = ProposalSchema.parse(JSON.parse((await store.read(proposalKey)).toString('utf8')));
  const startedAt = Date.now();
  const sessionId = `${rehearsalIdOf(runId)}-${startedAt.toString(36)}`;
  const session =
    (await deps.ahead?.take(rehearsalIdOf(runId))) ??
    (await deps.openSession({ sessionId, runId, sandboxId, app, size }));
  const end = endWith(signal(), session, deps.ahead, filmingId);
  try {
    const performer = rehearsalPerformerOf(session);
    const rehearsed: RehearsalPerformer = {
      ...performer,
      async begin(feature) {
        const begun = await performer.begin(feature);
        // Not before the app has answered: its first page is what costs most.
        if (filmingId !== undefined)
          deps.ahead?.prepare(filmingId, () =>
            deps.openSession({ sessionId: filmingId, runId, sandboxId, app, size }),
          );
        return begun;
      },
    };
    const rehearsal = await rehearse(proposal, planner, rehearsed, {
      ...DEFAULT_REHEARSAL,
      now: Date.now,
      signal: signal(),
      onProgress: heartbeat,
    });
    // Also when there will be no plan: the run tells what became of each part.
    if (rehearsal.parts !== undefined) await database.runs.setIntentParts(runId, rehearsal.parts);
    const body = session.secrets.mask(assemblePlan(exploration, rehearsal, proposal));
    deps.logger.info(
      {
        runId,
        projectId,
        candidates: proposal.candidates.length,
        features: body.features.length,
        proven: rehearsal.proven,
        rejected: body.rejected,
        durationMs: Date.now() - startedAt,
      },
      'plan made',
    );
    const kept = await keep(body, session.secrets.added);
    if (filmingId !== undefined) deps.ahead?.release(filmingId);
    return kept;
  } catch (error) {
    if (filmingId !== undefined) await deps.ahead?.drop(filmingId);
    throw error;
  } finally {
    end.dispose();
    await session.close();
  }
}
