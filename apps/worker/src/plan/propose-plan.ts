import { ProposalSchema, rehearsalIdOf, storageKeys } from '@showrunner/contracts';
import type { Exploration, PlanActivities } from '@showrunner/contracts';
import { rankByChanges } from '@showrunner/planner';
import { knownChanges } from '../compare';
import type { PlanDependencies } from './plan-dependencies';

/**
 * Asks the planner what of the explored app is worth showing; stores the proposal. Apart from the rehearsal, so that one that is repeated
 * does not ask again. The browser that has looked around waits meanwhile.
 */
export async function proposePlan(
  { store, database, planner: rules, plannerFor, logger, ahead }: PlanDependencies,
  { runId, intent, explorationKey, changesOf }: Parameters<PlanActivities['proposePlan']>[0],
): ReturnType<PlanActivities['proposePlan']> {
  const startedAt = Date.now();
  const planner = plannerFor?.(runId) ?? rules;
  const waiting = await ahead?.take(rehearsalIdOf(runId));
  try {
    const exploration = JSON.parse((await store.read(explorationKey)).toString('utf8')) as Exploration;
    const proposed = ProposalSchema.parse(await planner.propose(exploration, intent));
    const known = changesOf === undefined ? null : await knownChanges({ store, database }, changesOf);
    // For a look at the base what was removed is there.
    const changes =
      known === null || changesOf === runId ? known : { ...known, added: [...known.removed, ...known.added] };
    const proposal = changes === null ? proposed : rankByChanges(proposed, changes);
    const proposalKey = storageKeys.proposal(runId);
    await store.put(proposalKey, JSON.stringify(proposal));
    await database.runs.addNotes(runId, proposal.notes ?? []);
    logger.info(
      {
        runId,
        planner: proposal.planner,
        notes: proposal.notes,
        candidates: proposal.candidates.length,
        reserves: proposal.reserves.length,
        rejected: proposal.rejected,
        durationMs: Date.now() - startedAt,
      },
      'plan proposed',
    );
    return { proposalKey, candidates: proposal.candidates.length };
  } finally {
    if (waiting !== undefined) await ahead?.handOff(rehearsalIdOf(runId), waiting);
  }
}
