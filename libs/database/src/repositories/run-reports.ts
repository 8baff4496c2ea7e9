import { intentOutcomes, LimitsInForceSchema, NotFoundError } from '@showrunner/contracts';
import type { RunReport, Take } from '@showrunner/contracts';
import type { Db } from '../connection/client';
import type { SecretBox } from '../secrets/secret-box';
import { exportsRepository } from './exports';
import { modelCallsRepository } from './model-calls';
import { runsRepository } from './runs';
import { sandboxUsageRepository } from './sandbox-usage';
import { sandboxesRepository } from './sandboxes';
import { takesRepository } from './takes';

/** Run reports: everything `run.json` tells, read together from the tables. */
export function runReportsRepository(db: Db, box: SecretBox, tenantId?: string) {
  const runs = runsRepository(db, box, tenantId);
  const takes = takesRepository(db);
  const exports = exportsRepository(db);
  const sandboxes = sandboxesRepository(db, box);
  const usage = sandboxUsageRepository(db, tenantId);
  const modelCalls = modelCallsRepository(db);
  return {
    /** @throws {NotFoundError} */
    async get(runId: string): Promise<RunReport> {
      const run = await runs.find(runId);
      if (run === null) throw new NotFoundError('run', runId);
      const [stages, recorded, film, sandbox, used, asked, askedBy] = await Promise.all([
        runs.listStages(runId),
        takes.list(runId),
        exports.filmOfRun(runId),
        run.sandboxId === null ? null : sandboxes.find(run.sandboxId),
        usage.ofRun(runId),
        modelCalls.ofRun(runId),
        modelCalls.listOfRun(runId),
      ]);
      const inForce = LimitsInForceSchema.safeParse(sandbox?.limits);
      return {
        id: run.id,
        projectId: run.projectId,
        buildId: run.buildId,
        sandboxId: run.sandboxId,
        state: run.state,
        message: run.message,
        intent: run.intent,
        intentParts: intentOutcomes(run.intentParts, run.outcomes, run.state),
        pace: run.pace,
        replayOf: run.replayOf,
        planHash: run.planHash,
        review: run.review,
        provider: run.provider,
        limits: inForce.success ? inForce.data : null,
        stages,
        features: run.outcomes.map((outcome) => ({ ...outcome, proven: outcome.verified })),
        frames: framesOf(recorded),
        video: film?.storageKey
          ? {
              storageKey: film.storageKey,
              durationMs: film.durationMs ?? 0,
              bytes: film.bytes ?? 0,
              width: film.width ?? run.size.width,
              height: film.height ?? run.size.height,
            }
          : null,
        files: (film?.files ?? []).map((file) => ({
          ...file,
          href: `/api/runs/${run.id}/artifacts/${file.name}`,
        })),
        costs: {
          modelUsd: askedBy.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0),
          sandboxUsd: used.costUsd,
        },
        usage: { llm: { ...asked, by: askedBy } },
        divergences: run.divergences,
        failure: run.failure,
        notes: run.notes,
        createdAt: run.createdAt,
        finishedAt: run.finishedAt,
      };
    },
  };
}

/** Sums over the takes of a run; null before the first is stored. */
export function framesOf(takes: readonly Take[]): RunReport['frames'] {
  if (takes.length === 0) return null;
  const total = (count: (take: Take) => number): number => takes.reduce((sum, take) => sum + count(take), 0);
  return {
    presented: total((take) => take.framesPresented),
    captured: total((take) => take.framesCaptured),
    lost: total((take) => take.framesLost),
    largestGapMs: Math.max(...takes.map((take) => take.largestGapMs)),
  };
}
