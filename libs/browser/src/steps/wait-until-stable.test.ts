import { describe, expect, it } from '@jest/globals';
import type { PageSnapshot } from '@showrunner/contracts';
import { waitUntilStable } from './wait-until-stable';

const page = (fingerprint: string): PageSnapshot => ({
  path: '/',
  title: '',
  text: '',
  elements: [],
  theme: '',
  fingerprint,
  viewport: { width: 1280, height: 720 },
});

describe('waitUntilStable', () => {
  it('waits for changes and for movement to end, and answers the last look', async () => {
    let looks = 0;
    let moves = 0;
    const last = await waitUntilStable(
      {
        snapshot: () => Promise.resolve(page(String(Math.min((looks += 1), 3)))),
        isMoving: () => Promise.resolve((moves += 1) < 6),
        whenQuiet: () => Promise.resolve(false),
        isLoading: false,
      },
      page('0'),
      { stableMs: 60, maxMs: 5000 },
    );
    expect(last.fingerprint).toBe('3');
    expect(moves).toBeGreaterThanOrEqual(6);
  });

  it('does not wait for ever', async () => {
    const unstable = {
      snapshot: () => Promise.resolve(page('1')),
      isMoving: () => Promise.resolve(true),
      whenQuiet: () => Promise.resolve(false),
      isLoading: false,
    };
    const startedAt = Date.now();
    await waitUntilStable(unstable, page('1'), { stableMs: 500, maxMs: 150 });
    expect(Date.now() - startedAt).toBeLessThan(1000);
  });

  it('is content sooner with a page that loads nothing, and not with one that does', async () => {
    const still = (isLoading: boolean) => ({
      snapshot: () => Promise.resolve(page('1')),
      isMoving: () => Promise.resolve(false),
      whenQuiet: () => Promise.resolve(false),
      isLoading,
    });
    const stability = { stableMs: 600, idleMs: 80, maxMs: 5000 };
    const stableAfter = async (isLoading: boolean): Promise<number> => {
      const startedAt = Date.now();
      await waitUntilStable(still(isLoading), page('1'), stability);
      return Date.now() - startedAt;
    };
    expect(await stableAfter(false)).toBeLessThan(500);
    expect(await stableAfter(true)).toBeGreaterThanOrEqual(600);
  });
});
