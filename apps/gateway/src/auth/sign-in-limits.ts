import { createHash } from 'node:crypto';
import type { OnModuleDestroy } from '@nestjs/common';
import { MemoryStore } from 'express-rate-limit';
import { AppError } from '@showrunner/contracts';

const QUARTER_MS = 15 * 60_000;
/** Failures in a quarter of an hour after which a mail address is locked: for one caller, and for all of them. */
export const FAILURES_OF_CALLER = 10;
export const FAILURES_OF_MAIL = 50;
/** Of all mail addresses together, from one caller. */
export const FAILURES_OF_ADDRESS = 100;
const SIGN_UPS_OF_ADDRESS = 30;

interface Counted {
  key: string;
  most: number;
}

/**
 * Slows those down who try passwords, or make accounts by the dozen. A mail address is counted whether there is an account of it or not, so
 * that a lock tells nothing. Each gateway counts by itself.
 */
export class SignInLimits implements OnModuleDestroy {
  private readonly store = new MemoryStore();

  constructor() {
    this.store.init({ windowMs: QUARTER_MS } as Parameters<MemoryStore['init']>[0]);
  }

  /** @throws {AppError} `sign_in_locked` (429) before a password is looked at */
  requireOpen(mail: string, address: string): Promise<void> {
    return this.require(countersOf(mail, address));
  }

  async failed(mail: string, address: string): Promise<void> {
    for (const { key } of countersOf(mail, address)) await this.store.increment(key);
  }

  /** Who knows the password has not tried it out; what others did stays counted. */
  async succeeded(mail: string, address: string): Promise<void> {
    const [ofCaller] = countersOf(mail, address);
    if (ofCaller !== undefined) await this.store.resetKey(ofCaller.key);
  }

  /** Counts an account or guest that is made. @throws {AppError} `sign_in_locked` (429) */
  async countSignUp(address: string): Promise<void> {
    const counter = { key: `new ${address}`, most: SIGN_UPS_OF_ADDRESS };
    await this.require([counter]);
    await this.store.increment(counter.key);
  }

  onModuleDestroy(): void {
    this.store.shutdown();
  }

  private async require(counters: readonly Counted[]): Promise<void> {
    for (const { key, most } of counters) {
      const known = await this.store.get(key);
      if (known === undefined || known.totalHits < most) continue;
      const left = Math.ceil(((known.resetTime?.getTime() ?? Date.now()) - Date.now()) / 1000);
      const retryAfterSeconds = Math.max(1, left);
      throw new AppError('sign_in_locked', 'Too many sign-ins failed for this address.', {
        status: 429,
        remedy: `Wait ${retryAfterSeconds} s.`,
        details: { retryAfterSeconds },
      });
    }
  }
}

const countersOf = (mail: string, address: string): Counted[] => {
  const whose = createHash('sha256').update(mail).digest('base64');
  return [
    { key: `${whose} ${address}`, most: FAILURES_OF_CALLER },
    { key: whose, most: FAILURES_OF_MAIL },
    { key: `of ${address}`, most: FAILURES_OF_ADDRESS },
  ];
};
