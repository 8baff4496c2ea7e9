import { createHash } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { AppError, idOfHash, InvalidInputError, newId } from '@showrunner/contracts';
import { hashOf } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import type { Request } from 'express';
import { PLATFORM_DATABASE } from '../boot/resources';
import { callerIdOf } from '../auth/caller';

/** Printable ASCII, as the IETF draft "The Idempotency-Key HTTP Header Field" has it, quotes left out. */
const KEY = /^[\x21-\x7e]{1,200}$/;

interface Asked {
  /** `<caller> POST <path>`. */
  scope: string;
  key: string;
  requestHash: string;
}

/** Makes a repeated POST with the same `Idempotency-Key` give what the first gave. */
export class Idempotency {
  constructor(@Inject(PLATFORM_DATABASE) private readonly database: Database) {}

  /**
   * For what is stored under an id: the id follows from the key, so that even a repetition that meets a first request cut off in the
   * middle completes it rather than making a second one. `work` must find what it made before under the same id.
   * @throws {AppError} `idempotency_key_reused` (422) for the same key with another body, `idempotency_key_invalid` (400)
   */
  async once<T>(request: Request, work: (id: string) => Promise<T>): Promise<T> {
    const asked = askedBy(request);
    if (asked === undefined) return work(newId());
    const outcome = await this.begin(asked);
    if (outcome.kind === 'done') return outcome.response as T;
    return this.kept(asked, () => work(idFrom(asked)));
  }

  /**
   * For what leaves nothing to be found again: a repetition while the first goes on is refused. What failed may be tried again.
   * @throws {AppError} as `once`; `idempotency_key_in_progress` (409)
   */
  async atMostOnce<T>(request: Request, work: () => Promise<T>): Promise<T> {
    const asked = askedBy(request);
    if (asked === undefined) return work();
    const outcome = await this.begin(asked);
    if (outcome.kind === 'done') return outcome.response as T;
    if (outcome.kind === 'pending') {
      throw new AppError('idempotency_key_in_progress', 'The first request with this key has not ended.', {
        status: 409,
        retryable: true,
        remedy:
          'Ask again in a moment. If its service died in the middle, its outcome is unknown: use a new key.',
      });
    }
    return this.kept(asked, work);
  }

  private async begin(asked: Asked) {
    const outcome = await this.database.idempotencyKeys.begin(asked);
    if (outcome.kind !== 'mismatch') return outcome;
    throw new AppError('idempotency_key_reused', 'This Idempotency-Key came before with another body.', {
      status: 422,
      remedy: 'Use a new key for a new request.',
    });
  }

  private async kept<T>({ scope, key }: Asked, work: () => Promise<T>): Promise<T> {
    try {
      const response = await work();
      await this.database.idempotencyKeys.complete({ scope, key, status: 202, response });
      return response;
    } catch (error) {
      await this.database.idempotencyKeys.release({ scope, key });
      throw error;
    }
  }
}

function askedBy(request: Request): Asked | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw new InvalidInputError('idempotency_key_invalid', 'The Idempotency-Key cannot be used.', {
      remedy: 'Send 1 to 200 printable characters without blanks, for example a UUID.',
    });
  }
  return {
    scope: `${callerIdOf(request) ?? ''} POST ${request.path}`,
    key,
    requestHash: hashOf((request.body as unknown) ?? null),
  };
}

/** An id of the usual shape that is the same for the same key. */
function idFrom({ scope, key }: Asked): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([scope, key]))
    .digest('hex');
  return idOfHash(digest);
}
