import { createHash } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { AppError, InvalidInputError } from '@showrunner/contracts';
import type { RunSummary } from '@showrunner/contracts';
import { hashOf, newId } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { API_KEY_ID_HEADER, DATABASE } from '@showrunner/service';
import type { Request } from 'express';

/** Printable ASCII, as the IETF draft "The Idempotency-Key HTTP Header Field" has it, quotes left out. */
const KEY = /^[\x21-\x7e]{1,200}$/;
const ID_LENGTH = 12;

/**
 * Makes a repeated POST give the run of the first. The id of the run follows from the key, so that even a repetition that meets a first
 * request cut off in the middle completes it rather than making a second run.
 */
export class Idempotency {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** @throws {AppError} `idempotency_key_reused` (422) for the same key with another body, `idempotency_key_invalid` (400) */
  async once(request: Request, work: (runId: string) => Promise<RunSummary>): Promise<RunSummary> {
    const key = request.headers['idempotency-key'];
    if (key === undefined) return work(newId());
    if (typeof key !== 'string' || !KEY.test(key)) {
      throw new InvalidInputError('idempotency_key_invalid', 'The Idempotency-Key cannot be used.', {
        remedy: 'Send 1 to 200 printable characters without blanks, for example a UUID.',
      });
    }
    const apiKeyId = String(request.headers[API_KEY_ID_HEADER] ?? '');
    const scope = `${apiKeyId} POST ${request.path}`;
    const requestHash = hashOf((request.body as unknown) ?? null);
    const outcome = await this.database.idempotencyKeys.begin({ scope, key, requestHash });
    if (outcome.kind === 'mismatch') {
      throw new AppError('idempotency_key_reused', 'This Idempotency-Key came before with another body.', {
        status: 422,
        remedy: 'Use a new key for a new request.',
      });
    }
    if (outcome.kind === 'done') return outcome.response as RunSummary;
    try {
      const run = await work(idFrom(scope, key));
      await this.database.idempotencyKeys.complete({ scope, key, status: 202, response: run });
      return run;
    } catch (error) {
      await this.database.idempotencyKeys.release({ scope, key });
      throw error;
    }
  }
}

/** An id of the usual shape that is the same for the same key. */
function idFrom(scope: string, key: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([scope, key]))
    .digest('hex');
  return BigInt(`0x${digest}`).toString(36).slice(-ID_LENGTH);
}
