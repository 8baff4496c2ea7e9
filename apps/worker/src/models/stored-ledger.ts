import { newId } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { holdLimit } from '@showrunner/llm';
import type { SpendLedger, SpendLimit } from '@showrunner/llm';

/** What a run, or a project whose app is written, spends on models, kept by the database: whatever worker asks, the limit is the same. */
export const storedLedger = (
  database: Pick<Database, 'transaction' | 'modelCalls'>,
  spender: { runId: string } | { projectId: string },
  limit: SpendLimit,
): SpendLedger => ({
  async reserve(bound, purpose) {
    const id = newId();
    await database.transaction(async (tx) => {
      await tx.modelCalls.lock(spender);
      holdLimit(limit, await tx.modelCalls.spent(spender), bound);
      await tx.modelCalls.reserve({ id, ...spender, ...purpose, ...bound });
    });
    return {
      settle: (spent) => database.modelCalls.settle(id, spent),
      release: () => database.modelCalls.release(id),
    };
  },
});
