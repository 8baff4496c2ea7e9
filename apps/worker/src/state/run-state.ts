import { intentOutcomes, notShownNotes, planIdOf } from '@showrunner/contracts';
import type { StateActivities } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';

type RunStateActivities = Pick<
  StateActivities,
  | 'setRunState'
  | 'recordStage'
  | 'setReview'
  | 'beginLook'
  | 'setRunBuild'
  | 'setBuildState'
  | 'recordOutcomes'
  | 'storeSessionPlan'
>;

/** Where a run and its build stand. Each write and its event are one transaction; a repeated call changes and tells nothing. */
export function runStateActivities(database: Database): RunStateActivities {
  return {
    async setRunState({ runId, state, message, failure, notes }) {
      await database.transaction(async (tx) => {
        const { projectId } = await tx.runs.get(runId);
        if (notes) await tx.runs.addNotes(runId, notes);
        const change = await tx.runs.setState({ id: runId, state, message, failure });
        if (change === 'nothing') return;
        await tx.outbox.append({
          type: change === 'state' ? 'RUN_STATE' : 'RUN_PROGRESS',
          projectId,
          runId,
          data: { state, message, ...(failure ? { failure } : {}) },
        });
      });
    },

    async recordStage({ runId, ...timing }) {
      await database.transaction(async (tx) => {
        const { projectId } = await tx.runs.get(runId);
        if (!(await tx.runs.addStage(runId, timing))) return;
        await tx.outbox.append({
          type: 'RUN_PROGRESS',
          projectId,
          runId,
          data: timing,
        });
      });
    },

    setReview: ({ runId, review }) => database.runs.setReview(runId, review),

    async beginLook({ runId, of, ...asked }) {
      const { tenantId, intent, provider, size, limits, overrides } = await database.runs.get(of);
      const env = await database.runs.openEnvironment(of);
      const secrets = await database.runs.openSecrets(of);
      await database.runs.create({
        ...{ id: runId, tenantId, intent, provider, size, ...asked, keepSandbox: false },
        ...(limits !== null && { limits }),
        overrides: { ...overrides, env },
        secrets,
      });
    },

    async setRunBuild({ runId, buildId, sandboxId }) {
      await database.transaction(async (tx) => {
        const { projectId, tenantId, provider, overrides } = await tx.runs.get(runId);
        await tx.builds.create({ id: buildId, projectId, runId, tenantId, provider, overrides });
        if (sandboxId !== null) await tx.builds.setSandbox(buildId, sandboxId);
        await tx.runs.setBuild(runId, buildId, sandboxId);
      });
    },

    async setBuildState({ buildId, state, message, failure }) {
      await database.transaction(async (tx) => {
        const { projectId, runId } = await tx.builds.get(buildId);
        if (!(await tx.builds.setState({ id: buildId, state, message, failure }))) return;
        await tx.outbox.append({
          type: 'BUILD_STAGE',
          projectId,
          runId,
          data: { buildId, state, message, ...(failure ? { failure } : {}) },
        });
      });
    },

    async storeSessionPlan({ runId, projectId, features }) {
      const { name } = await database.projects.get(projectId);
      const { id, hash } = await database.plans.store({
        ...{ id: planIdOf(runId), projectId, runId },
        body: {
          ...{ schemaVersion: 1, videoType: 'demo', title: name, intent: '', planner: 'by-hand' },
          ...{ features, rejected: [] },
        },
      });
      return { planId: id, hash };
    },

    async recordOutcomes({ runId, planId, planHash, outcomes, divergences }) {
      await database.transaction(async (tx) => {
        await tx.runs.setOutcomes(runId, outcomes, divergences);
        if (planId === undefined || planHash === undefined) return;
        await tx.runs.setPlan(runId, planId, planHash);
        const plan = await tx.plans.find(planId);
        const parts = plan?.body.intentParts;
        if (!parts) return;
        await tx.runs.setIntentParts(runId, parts);
        await tx.runs.addNotes(runId, notShownNotes(intentOutcomes(parts, outcomes, 'done')));
      });
    },
  };
}
