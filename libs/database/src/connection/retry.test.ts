import { describe, expect, it } from '@jest/globals';
import { withRetry } from './retry';
import { transientKind } from './transient';

const coded = (code: string, message = 'x'): Error => Object.assign(new Error(message), { code });

describe('transientKind', () => {
  it.each([
    ['refused', coded('ECONNREFUSED'), 'unsent'],
    ['refused on every address', new AggregateError([coded('ECONNREFUSED')]), 'unsent'],
    ['starting up', new Error('the database system is starting up'), 'unsent'],
    ['ended by an administrator', coded('57P01'), 'unknown'],
    ['wrapped by Prisma', new Error('Database error. Code: `57P01`. Message: `terminated`'), 'unknown'],
    ['late', coded('57014', 'canceling statement due to statement timeout'), 'unknown'],
    ['without an answer', new Error('Query read timeout'), 'unknown'],
    ['cut', new Error('Connection terminated unexpectedly'), 'unknown'],
    ['in a cause', new Error('outer', { cause: coded('ECONNRESET') }), 'unknown'],
    [
      'in the meta of a Prisma error',
      Object.assign(coded('P2010'), { meta: { driverAdapterError: coded('08006') } }),
      'unknown',
    ],
    ['a taken key', coded('23505'), null],
    ['text alone', 'ECONNREFUSED', null],
  ])('%s', (_, error, kind) => {
    expect(transientKind(error)).toBe(kind);
  });

  it('ends on a circle of causes', () => {
    const error = new Error('round');
    error.cause = error;
    expect(transientKind(error)).toBeNull();
  });
});

describe('withRetry', () => {
  const failing = (failures: Error[]) => {
    let calls = 0;
    const work = async (): Promise<number> => {
      const failure = failures[calls++];
      if (failure) throw failure;
      return calls;
    };
    return { work, calls: () => calls };
  };

  it('repeats work that may run twice', async () => {
    const { work } = failing([coded('ECONNREFUSED'), coded('ECONNRESET')]);
    expect(await withRetry(work, { budgetMs: 5_000, idempotent: true })).toBe(3);
  });

  it('does not repeat other work once it may have run', async () => {
    const { work, calls } = failing([coded('ECONNREFUSED'), coded('ECONNRESET')]);
    await expect(withRetry(work, { budgetMs: 5_000, idempotent: false })).rejects.toMatchObject({
      code: 'database_unavailable',
      retryable: true,
      status: 503,
    });
    expect(calls()).toBe(2);
  });

  it('ends with the budget and passes other errors on', async () => {
    const away = failing(Array.from({ length: 9 }, () => coded('ECONNREFUSED')));
    await expect(withRetry(away.work, { budgetMs: 60, idempotent: true })).rejects.toMatchObject({
      code: 'database_unavailable',
    });
    const taken = failing([coded('23505', 'taken')]);
    await expect(withRetry(taken.work, { budgetMs: 60, idempotent: true })).rejects.toThrow('taken');
  });

  it('says of a row whose owner was deleted meanwhile that it is not there', async () => {
    const { work, calls } = failing([coded('P2003')]);
    await expect(withRetry(work, { budgetMs: 5_000, idempotent: true })).rejects.toMatchObject({
      code: 'not_found',
      status: 404,
    });
    expect(calls()).toBe(1);
  });
});
