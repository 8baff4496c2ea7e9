import { describe, expect, it } from '@jest/globals';
import { AppError } from '@showrunner/contracts';
import { z } from 'zod';
import type { Answer, ModelClient } from '../model.types';
import { memoryLedger } from '../spend/spend-ledger';
import { askModels } from './ask-models';
import type { Patience } from './ask-models';

const question = {
  name: 'q',
  system: '',
  parts: [],
  schema: z.object({ a: z.number() }),
  maxOutputTokens: 100,
};
const good: Answer = {
  text: '{"a":1}',
  end: 'end',
  usage: { tokensIn: 1, tokensOut: 1, cacheWriteTokens: 0 },
};
const busy = (retryAfterMs?: number) =>
  new AppError('model_rate_limited', 'openai/a has had too many requests (429).', {
    retryable: true,
    retryAfterMs,
  });

function client(model: string, ...answers: (Answer | AppError)[]): ModelClient & { asked: number } {
  const made = {
    ...{ provider: 'openai' as const, model, isVendor: false, asked: 0 },
    complete: () => {
      const next = answers[made.asked] ?? answers[answers.length - 1] ?? good;
      made.asked += 1;
      return next instanceof AppError ? Promise.reject(next) : Promise.resolve(next);
    },
  };
  return made;
}
const patience = (change: Partial<Patience> = {}): Patience => ({
  ...{ signal: new AbortController().signal, timeoutMs: 5000, budgetMs: 10_000, now: () => 0 },
  ...{ ledger: memoryLedger({ usd: 1, tokens: 1e6 }), purpose: { purpose: 'plan' }, prices: new Map() },
  ...{ attempt: 1, attempts: 3, maxWaitMs: 60_000 },
  ...change,
});

describe('asking one model after the other', () => {
  it('waits for the first while it is only busy', async () => {
    const [first, second] = [client('a', busy(7000)), client('b')];
    await expect(askModels([first, second], question, patience())).rejects.toMatchObject({
      ...{ code: 'model_rate_limited', retryable: true, retryAfterMs: 7000 },
    });
    expect(second.asked).toBe(0);
  });

  it('goes on to the next after the last attempt, and when the wait is too long', async () => {
    for (const change of [{ attempt: 3 }, { maxWaitMs: 5000 }]) {
      const outcome = await askModels([client('a', busy(7000)), client('b')], question, patience(change));
      expect(outcome).toMatchObject({ value: { a: 1 }, model: 'openai/b' });
      expect(outcome.notes[0]).toContain('429');
    }
  });

  it('goes on at once from an answer that is none', async () => {
    const wrong: Answer = { ...good, text: 'no' };
    const first = client('a', wrong);
    expect(await askModels([first, client('b')], question, patience())).toMatchObject({ model: 'openai/b' });
    expect(first.asked).toBe(2);
  });

  it('says why nobody answered, and is not tried again', async () => {
    const refused: Answer = { ...good, end: 'refused' };
    const asked = askModels([client('a', refused), client('b', busy())], question, patience());
    await expect(asked).rejects.toMatchObject({
      ...{ code: 'model_unusable', retryable: false },
      message: 'openai/a would not answer. openai/a has had too many requests (429).',
    });
  });

  it('asks nobody for whom no time is left', async () => {
    let now = 0;
    const slow = client('a');
    slow.complete = () => {
      now = 9500;
      return Promise.reject(new AppError('model_timeout', 'late', { retryable: true }));
    };
    const second = client('b');
    const asked = askModels([slow, second], question, patience({ attempt: 3, now: () => now }));
    await expect(asked).rejects.toMatchObject({ code: 'model_unusable' });
    expect(second.asked).toBe(0);
  });

  it('throws what cancelled it', async () => {
    const stop = new AbortController();
    const first = client('a');
    const second = client('b');
    first.complete = () => {
      stop.abort(new Error('stopped'));
      return Promise.reject(new AppError('model_unavailable', 'gone', { retryable: true }));
    };
    await expect(askModels([first, second], question, patience({ signal: stop.signal }))).rejects.toThrow(
      'stopped',
    );
    expect(second.asked).toBe(0);
  });
});
