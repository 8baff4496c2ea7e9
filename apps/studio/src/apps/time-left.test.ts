import { expect, it } from '@jest/globals';
import { timeLeftMs } from './time-left';

it('an app ends by its idleness or by its deadline, whichever comes first', () => {
  const lease = {
    lastUsedAt: '2026-11-30T07:00:00.000Z',
    idleTimeoutMs: 60_000,
    autoArchiveMs: null,
    autoDeleteMs: null,
  };
  const now = Date.parse('2026-11-30T07:00:20.000Z');
  expect(timeLeftMs({ ...lease, deadlineAt: null }, now)).toBe(40_000);
  expect(timeLeftMs({ ...lease, deadlineAt: '2026-11-30T07:00:25.000Z' }, now)).toBe(5_000);
  expect(timeLeftMs({ ...lease, idleTimeoutMs: null, deadlineAt: null }, now)).toBeNull();
  expect(timeLeftMs({ ...lease, deadlineAt: null }, now + 3_600_000)).toBe(0);
});
