import { expect, test } from '@jest/globals';
import { isCrashLooping, restartDelayMs } from './restart-policy';

test('delays double with each exit of the last minute, up to ten seconds', () => {
  const exits = Array.from({ length: 8 }, (_, index) => index * 1_000);
  const delays = exits.map((_, index) => restartDelayMs(exits.slice(0, index + 1)));
  expect(delays).toEqual([200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000]);
});

test('an exit after a long quiet life starts at the shortest delay', () => {
  expect(restartDelayMs([0, 1_000, 2_000, 200_000])).toBe(200);
});

test('four exits within a minute are a crash loop, until a minute has passed', () => {
  const exits = [0, 10_000, 20_000, 30_000];
  expect(isCrashLooping(exits.slice(0, 3), 20_000)).toBe(false);
  expect(isCrashLooping(exits, 30_000)).toBe(true);
  expect(isCrashLooping(exits, 61_000)).toBe(false);
});
