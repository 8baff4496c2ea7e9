import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { AppError } from '@showrunner/contracts';

/** scrypt (RFC 7914) with what OWASP's cheat sheet on storing passwords asks for: 32 MiB a hash. */
const COST = { N: 2 ** 15, r: 8, p: 3 } as const;
const MAX_MEMORY = 64 * 1024 * 1024;
const HASH_BYTES = 32;
const SALT_BYTES = 16;
/** More at a time would take memory and the threads that read files from everybody else. */
const AT_ONCE = 2;
const MOST_WAITING = 50;

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt);
/** Nobody's: compared with where there is none, so that it takes as long. */
const NOBODYS = `scrypt$${COST.N}$${COST.r}$${COST.p}$${Buffer.alloc(SALT_BYTES).toString('base64url')}$${Buffer.alloc(HASH_BYTES).toString('base64url')}`;

/** Hashes passwords, and compares them, a few at a time. */
export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /** @returns `scrypt$N$r$p$salt$hash` @throws {AppError} `sign_in_busy` (503) */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    const hash = await this.inTurn(() => hashOf(password, salt, COST));
    return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join(
      '$',
    );
  }

  /** In the same time whether there is a hash or not, and whatever it is. @throws {AppError} `sign_in_busy` (503) */
  async isRight(password: string, stored: string | null): Promise<boolean> {
    const [, n, r, p, salt = '', hash = ''] = (stored ?? NOBODYS).split('$');
    const cost = { N: Number(n), r: Number(r), p: Number(p) };
    const given = await this.inTurn(() => hashOf(password, Buffer.from(salt, 'base64url'), cost));
    const expected = Buffer.from(hash, 'base64url');
    return given.length === expected.length && timingSafeEqual(given, expected) && stored !== null;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= AT_ONCE) {
      if (this.waiting.length >= MOST_WAITING)
        throw new AppError('sign_in_busy', 'Too many people sign in at this moment.', { retryable: true });
      await new Promise<void>((begin) => this.waiting.push(begin));
    } else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      // Whoever waits takes the turn over.
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}

/** Of one text in one form: keyboards write the same letters in several (NIST SP 800-63B, 5.1.1.2). */
const hashOf = (password: string, salt: Buffer, cost: { N: number; r: number; p: number }): Promise<Buffer> =>
  derive(password.normalize('NFKC'), salt, HASH_BYTES, { ...cost, maxmem: MAX_MEMORY });
