import { newId } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { holdLimit } from '@showrunner/llm';
import type { SpendLedger, SpendLimit } from '@showrunner/llm';

/** What a run spends on models, kept by the database: whatever worker asks, the limit is that of the run. */
export const runLedger = (
  database: Pick<Database, 'transaction' | 'modelCalls'>,
  runId: string,
  limit: SpendLimit,
): SpendLedger => ({
  async reserve(bound, purpose) {
    const id = newId();
    await database.transaction(async (tx) => {
      await tx.modelCalls.lock(runId);
      holdLimit(limit, await tx.modelCalls.spent(runId), bound);
      await tx.modelCalls.reserve({ id, runId, ...purpose, ...bound });
    });
    return {
      settle: (spent) => database.modelCalls.settle(id, spent),
      release: () => database.modelCalls.release(id),
    };
  },
});
