import type { Db } from '../connection/client';
import { fromJson, toJson } from '../json';

/** What a request with an `Idempotency-Key` meets. */
export type IdempotencyOutcome =
  /** First of its kind: do the work, then call `complete` or `release`. */
  | { kind: 'new' }
  /** The first is still being worked on. */
  | { kind: 'pending' }
  /** Answer this again. */
  | { kind: 'done'; status: number; response: unknown }
  /** The same key came with another body. */
  | { kind: 'mismatch' };

interface Key {
  /** Who asked and for what: `<apiKeyId> <METHOD> <path>`. */
  scope: string;
  key: string;
}

/** Idempotency keys of the REST API: the answer to a repeated request is the answer to the first. */
export function idempotencyKeysRepository(db: Db) {
  return {
    async begin({ scope, key, requestHash }: Key & { requestHash: string }): Promise<IdempotencyOutcome> {
      const { count } = await db.idempotencyKey.createMany({
        data: [{ scope, key, requestHash }],
        skipDuplicates: true,
      });
      if (count > 0) return { kind: 'new' };
      const row = await db.idempotencyKey.findFirst({ where: { scope, key } });
      if (row === null) return { kind: 'pending' };
      if (row.requestHash !== requestHash) return { kind: 'mismatch' };
      if (row.status === null) return { kind: 'pending' };
      return { kind: 'done', status: row.status, response: fromJson<unknown>(row.response) };
    },
    /** Keeps the answer for repetitions. */
    async complete({
      scope,
      key,
      status,
      response,
    }: Key & { status: number; response: unknown }): Promise<void> {
      await db.idempotencyKey.updateMany({
        where: { scope, key },
        data: { status, response: toJson(response ?? null) },
      });
    },
    /** The work failed and left nothing: the next request with this key may try again. */
    async release({ scope, key }: Key): Promise<void> {
      await db.idempotencyKey.deleteMany({ where: { scope, key, status: null } });
    },
    /** Forgets keys made before a moment. Answers how many. */
    async deleteBefore(moment: Date): Promise<number> {
      const { count } = await db.idempotencyKey.deleteMany({ where: { createdAt: { lt: moment } } });
      return count;
    },
  };
}
