import { planIdOf, ProposalSchema, rehearsalIdOf, storageKeys } from '@showrunner/contracts';
import type { Exploration, GivenSecrets, PlanActivities, PlanRef } from '@showrunner/contracts';
import type { PlanRecord } from '@showrunner/database';
import { assemblePlan, DEFAULT_REHEARSAL, rehearse } from '@showrunner/planner';
import type { RehearsalPerformer } from '@showrunner/planner';
import { endWith } from './end-with';
import type { PlanDependencies } from './plan-dependencies';
import { rehearsalPerformerOf } from './session-adapters';

type MakePlanInput = Parameters<PlanActivities['makePlan']>[0];

export const planRefOf = ({ id, hash, body }: PlanRecord): PlanRef => ({
  planId: id,
  hash,
  title: body.title,
  features: body.features,
  ...(body.intentParts === undefined ? {} : { intentParts: body.intentParts }),
});

/** One note for each candidate that the film will not show. */
const leftOut = ({ rejected }: PlanRecord['body']): string[] =>
  rejected.map(({ title, reason }) => `“${title}” was left out: ${reason}`);

/** Rehearses what was proposed and stores the plan. A run that has a plan keeps it, whatever would be proposed now. */
export async function makePlan(deps: PlanDependencies, input: MakePlanInput): Promise<PlanRef> {
  const { database, store, planner, heartbeat, signal } = deps;
  const { runId, projectId, explorationKey, proposalKey } = input;
  const stored = (await database.plans.findByRun(runId)) ?? (await rehearseAndStore());
  // Written again on every attempt: the first may have ended between the two stores.
  await store.put(
    storageKeys.plan(runId),
    JSON.stringify({ planId: stored.id, hash: stored.hash, ...stored.body }, null, 2),
  );
  return planRefOf(stored);

  async function rehearseAndStore(): Promise<PlanRecord> {
    const exploration = JSON.parse((await store.read(explorationKey)).toString('utf8')) as Exploration;
    const proposal = ProposalSchema.parse(JSON.parse((await store.read(proposalKey)).toString('utf8')));
    const startedAt = Date.now();
    const { sandboxId, app, size } = input;
    const filmingId = deps.filmingSessionId?.(runId, input.film);
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
      const plan = await storePlan(body, session.secrets.added);
      if (filmingId !== undefined) deps.ahead?.release(filmingId);
      return plan;
    } catch (error) {
      if (filmingId !== undefined) await deps.ahead?.drop(filmingId);
      throw error;
    } finally {
      end.dispose();
      await session.close();
    }
  }

  async function storePlan(body: PlanRecord['body'], typed: GivenSecrets): Promise<PlanRecord> {
    return database.transaction(async (tx) => {
      const id = planIdOf(runId);
      const { intentId } = await tx.runs.get(runId);
      const ofIntent = intentId === null ? {} : { intentId };
      const plan = await tx.plans.store({ id, projectId, runId, ...ofIntent, body });
      const data = {
        planId: plan.id,
        hash: plan.hash,
        title: body.title,
        features: body.features.map(({ id: feature, title, kind }) => ({ id: feature, title, kind })),
        rejected: body.rejected,
      };
      await tx.runs.addSecrets(runId, typed);
      await tx.outbox.append({ type: 'PLAN_CREATED', projectId, runId, data });
      await tx.runs.addNotes(runId, leftOut(body));
      return plan;
    });
  }
}
