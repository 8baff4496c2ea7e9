import type { ModelUsage, ModelUse } from '@showrunner/contracts';
import type { Db } from '../connection/client';

/** What calls are for: a run, or a project whose app a model writes. */
export type SpenderOfModels = { runId: string } | { projectId: string };

export type ModelCallBound = SpenderOfModels & ModelCallFacts;
interface ModelCallFacts {
  id: string;
  purpose: 'plan' | 'step' | 'app';
  feature?: string;
  step?: number;
  model: string;
  /** The most that the call can use. */
  tokens: number;
  /** US dollars; null: not known. */
  usd: number | null;
}

/** What language models were asked, and what it cost. */
export function modelCallsRepository(db: Db) {
  const usage = async (where: SpenderOfModels | { createdAt: { gte: Date } }): Promise<ModelUsage> => {
    const [all, unpriced] = await Promise.all([
      db.modelCall.aggregate({
        where,
        _count: { _all: true },
        _sum: { tokensIn: true, tokensOut: true, costUsd: true },
      }),
      db.modelCall.count({ where: { ...where, costUsd: null } }),
    ]);
    return {
      calls: all._count._all,
      tokensIn: all._sum.tokensIn ?? 0,
      tokensOut: all._sum.tokensOut ?? 0,
      costUsd: unpriced > 0 ? null : (all._sum.costUsd ?? 0),
      callsWithoutPrice: unpriced,
    };
  };
  return {
    /** Until the end of the transaction nobody else reserves for this run or project. */
    async lock(spender: SpenderOfModels): Promise<void> {
      const id = 'runId' in spender ? spender.runId : spender.projectId;
      await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('model_calls'), hashtext(${id}))`;
    },
    /** All that a run or project has spent or set aside; `usd` as far as prices are known. */
    async spent(spender: SpenderOfModels): Promise<{ usd: number; tokens: number }> {
      const { _sum } = await db.modelCall.aggregate({
        where: spender,
        _sum: { tokensIn: true, tokensOut: true, costUsd: true },
      });
      return { usd: _sum.costUsd ?? 0, tokens: (_sum.tokensIn ?? 0) + (_sum.tokensOut ?? 0) };
    },
    /** Writes a call down before it is made. */
    async reserve({ tokens, usd, feature, step, ...call }: ModelCallBound): Promise<void> {
      await db.modelCall.createMany({
        data: [{ ...call, feature, step, tokensIn: tokens, tokensOut: 0, costUsd: usd }],
        skipDuplicates: true,
      });
    },
    async settle(
      id: string,
      spent: { tokensIn: number; tokensOut: number; usd: number | null },
    ): Promise<void> {
      const { tokensIn, tokensOut, usd } = spent;
      await db.modelCall.updateMany({
        where: { id },
        data: { tokensIn, tokensOut, costUsd: usd, settled: true },
      });
    },
    /** The call cost nothing. */
    async release(id: string): Promise<void> {
      await db.modelCall.deleteMany({ where: { id, settled: false } });
    },
    ofProject: (projectId: string): Promise<ModelUsage> => usage({ projectId }),
    ofRun: (runId: string): Promise<ModelUsage> => usage({ runId }),
    /** @param since calls before do not count */
    ofTenant: (since: Date): Promise<ModelUsage> => usage({ createdAt: { gte: since } }),
    /** By purpose, step and model. */
    async listOfRun(runId: string): Promise<ModelUse[]> {
      const groups = await db.modelCall.groupBy({
        by: ['purpose', 'feature', 'step', 'model'],
        where: { runId },
        _count: { _all: true, costUsd: true },
        _sum: { tokensIn: true, tokensOut: true, costUsd: true },
        orderBy: [{ purpose: 'asc' }, { feature: 'asc' }, { step: 'asc' }, { model: 'asc' }],
      });
      return groups.map(({ purpose, feature, step, model, _count, _sum }) => ({
        // Checked by the database.
        purpose: purpose as ModelUse['purpose'],
        ...{ feature, step, model, calls: _count._all },
        ...{ tokensIn: _sum.tokensIn ?? 0, tokensOut: _sum.tokensOut ?? 0 },
        costUsd: _count.costUsd < _count._all ? null : (_sum.costUsd ?? 0),
      }));
    },
  };
}
