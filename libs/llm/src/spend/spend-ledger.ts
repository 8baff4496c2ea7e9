import { AppError } from '@showrunner/contracts';

/** What a call is for; stored with its costs. */
export interface CallPurpose {
  purpose: 'plan' | 'step' | 'app';
  /** Which step, for `step`. */
  feature?: string;
  step?: number;
}

/** The most that a call can use, known before it is made. */
export interface SpendBound {
  /** `openai/gpt-5`. */
  model: string;
  tokens: number;
  /** US dollars; null when the model has no known price. */
  usd: number | null;
}

export interface Spent {
  tokensIn: number;
  tokensOut: number;
  usd: number | null;
}

/** Most that one run may spend on models. Tokens hold where a price is not known, too. */
export interface SpendLimit {
  usd: number;
  tokens: number;
  /** Whose it is; default: that of a run. */
  of?: 'app';
}

/** Room that was set aside for one call. Exactly one of both is called; a process that dies between leaves it set aside. */
export interface Reservation {
  settle(spent: Spent): Promise<void>;
  /** The call cost nothing. */
  release(): Promise<void>;
}

/** Port: what one run has spent. */
export interface SpendLedger {
  /** @throws {AppError} `model_spend_limit` when the call could pass the limit; it is then not made */
  reserve(bound: SpendBound, purpose: CallPurpose): Promise<Reservation>;
}

/** @throws {AppError} `model_spend_limit` */
export function holdLimit(
  limit: SpendLimit,
  before: { usd: number; tokens: number },
  bound: SpendBound,
): void {
  const overUsd = bound.usd !== null && before.usd + bound.usd > limit.usd;
  if (!overUsd && before.tokens + bound.tokens <= limit.tokens) return;
  const [who, usdSetting] =
    limit.of === 'app' ? ['The app', 'LLM_APP_BUDGET_USD'] : ['The run', 'LLM_RUN_BUDGET_USD'];
  const what = overUsd
    ? `$${limit.usd} (${usdSetting}); $${before.usd.toFixed(4)} are spent, and the next request could cost $${(bound.usd ?? 0).toFixed(4)}`
    : `${limit.tokens} tokens (LLM_RUN_MAX_TOKENS); ${before.tokens} are used, and the next request could take ${bound.tokens}`;
  throw new AppError('model_spend_limit', `${who} may spend no more on models: ${what}.`, {
    details: { model: bound.model },
  });
}

/** A ledger of this process alone. */
export function memoryLedger(limit: SpendLimit): SpendLedger & { calls(): readonly (Spent & CallPurpose)[] } {
  const open = new Set<SpendBound>();
  const done: (Spent & CallPurpose)[] = [];
  return {
    calls: () => done,
    reserve(bound, purpose) {
      const sum = (of: (one: { usd: number | null; tokens: number }) => number): number =>
        [
          ...open,
          ...done.map(({ usd, tokensIn, tokensOut }) => ({ usd, tokens: tokensIn + tokensOut })),
        ].reduce((total, one) => total + of(one), 0);
      holdLimit(limit, { usd: sum(({ usd }) => usd ?? 0), tokens: sum(({ tokens }) => tokens) }, bound);
      open.add(bound);
      return Promise.resolve({
        settle(spent: Spent) {
          open.delete(bound);
          done.push({ ...spent, ...purpose });
          return Promise.resolve();
        },
        release: () => Promise.resolve(void open.delete(bound)),
      });
    },
  };
}
