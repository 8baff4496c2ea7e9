import type { Patience } from '../ask/ask-models';
import { memoryLedger } from '../spend/spend-ledger';

/** Enough of everything. */
export const patience = (change: Partial<Patience> = {}): Patience => ({
  ...{ signal: new AbortController().signal, timeoutMs: 20_000, budgetMs: 60_000, now: Date.now },
  ...{ ledger: memoryLedger({ usd: 1, tokens: 1e6 }), purpose: { purpose: 'plan' }, prices: new Map() },
  ...{ attempt: 3, attempts: 3, maxWaitMs: 60_000 },
  ...change,
});
