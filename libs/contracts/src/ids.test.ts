import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  buildIdOf,
  clipIdOf,
  ClipIdSchema,
  exportIdOf,
  idOfHash,
  newId,
  newRunId,
  newSandboxId,
  planIdOf,
  SandboxIdSchema,
  sandboxIdOf,
  sessionIdOf,
  SessionIdSchema,
  takeIdOf,
  TakeIdSchema,
} from './ids';

const count = fc.integer({ min: 1, max: 99 });
const sessionOfRun = fc.record({ film: count, number: count, opening: count });
const runId = fc.constantFrom(...Array.from({ length: 20 }, newRunId));

describe('a new id', () => {
  it('fits a DNS label, also as that of a sandbox, and does not repeat', () => {
    const ids = Array.from({ length: 1000 }, newId);
    expect(new Set(ids).size).toBe(1000);
    for (const id of ids) expect(sandboxIdOf(id)).toMatch(/^sbx-[0-9a-z]{12}$/);
    expect(newSandboxId()).toMatch(/^sbx-[0-9a-z]{12}$/);
  });

  it('uses all characters about equally often', () => {
    const seen = new Map<string, number>();
    const characters = [...Array.from({ length: 6000 }, newId).join('')];
    for (const character of characters) seen.set(character, (seen.get(character) ?? 0) + 1);
    expect(seen.size).toBe(36);
    // 72,000 draws: 2,000 each, with a standard deviation of 44.
    for (const times of seen.values()) expect(Math.abs(times - 2000)).toBeLessThan(300);
  });

  it('follows from a hash, in the same shape', () => {
    const hash = fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: 64, maxLength: 64 });
    fc.assert(
      fc.property(hash, (digits) => {
        const id = idOfHash(digits.join(''));
        expect(id).toMatch(/^[0-9a-z]{12}$/);
        expect(idOfHash(digits.join(''))).toBe(id);
      }),
    );
    expect(idOfHash('0'.repeat(64))).toBe('000000000000');
  });
});

describe('derived ids', () => {
  it('are different for whatever differs, and pass their schemas', () => {
    fc.assert(
      fc.property(runId, runId, sessionOfRun, sessionOfRun, (runA, runB, a, b) => {
        const same = runA === runB && a.film === b.film && a.number === b.number && a.opening === b.opening;
        const [sessionA, sessionB] = [sessionIdOf(runA, a), sessionIdOf(runB, b)];
        expect(sessionA === sessionB).toBe(same);
        expect(takeIdOf(sessionA) === takeIdOf(sessionB)).toBe(same);
        expect(SessionIdSchema.parse(sessionA)).toBe(sessionA);
        expect(TakeIdSchema.parse(takeIdOf(sessionA))).toBe(takeIdOf(sessionA));
      }),
    );
  });

  it('of clips and builds are unique in the system', () => {
    fc.assert(
      fc.property(runId, runId, count, count, (runA, runB, a, b) => {
        const same = runA === runB && a === b;
        expect(clipIdOf(runA, a) === clipIdOf(runB, b)).toBe(same);
        expect(buildIdOf(runA, a) === buildIdOf(runB, b)).toBe(same);
        expect(sandboxIdOf(buildIdOf(runA, a)) === sandboxIdOf(buildIdOf(runB, b))).toBe(same);
        expect(ClipIdSchema.parse(clipIdOf(runA, a))).toBe(clipIdOf(runA, a));
      }),
    );
  });

  it('follow from the run for its first build, its plan and its video, so that links are known before these are made', () => {
    expect(buildIdOf('r1', 1)).toBe('r1');
    expect(sandboxIdOf(buildIdOf('r1', 2))).toBe('sbx-r1-2');
    expect(planIdOf('r1')).toBe('plan-r1');
    expect(exportIdOf('r1')).toBe('r1-e1');
    expect(clipIdOf('r1', 3)).toBe('r1-c3');
  });
});

describe('what is said to be an id', () => {
  it.each(['', '.', '..', '../x', 'a/b', 'a b', '-x', 'a\u0000', 'é', 'x'.repeat(101)])(
    'is refused when it is %j',
    (text) => expect(SandboxIdSchema.safeParse(text).success).toBe(false),
  );
});
