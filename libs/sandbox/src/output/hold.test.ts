import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Hold } from './hold';

function held() {
  const calls: string[] = [];
  const hold = new Hold({ pause: () => calls.push('pause'), resume: () => calls.push('resume') });
  return { calls, hold };
}
function later() {
  let resolve = (): void => undefined;
  let reject = (_error: Error): void => undefined;
  const promise = new Promise<void>((...both) => ([resolve, reject] = both));
  return { promise, resolve: () => resolve(), reject: (error: Error) => reject(error) };
}

describe('a hold', () => {
  it('pauses its source until every listener is done, well or not', async () => {
    const { calls, hold } = held();
    hold.take(undefined);
    hold.take(7);
    expect(calls).toEqual([]);
    const [one, other] = [later(), later()];
    hold.take(one.promise);
    hold.take(other.promise);
    expect([calls, hold.heldWithin(0)]).toEqual([['pause'], true]);
    one.resolve();
    await delay(1);
    expect(calls).toEqual(['pause']);
    other.reject(new Error('it broke'));
    await delay(1);
    expect(calls).toEqual(['pause', 'resume']);
    expect(hold.heldWithin(10_000)).toBe(true);
    await delay(15);
    expect(hold.heldWithin(10)).toBe(false);
    hold.take(later().promise);
    expect(calls).toEqual(['pause', 'resume', 'pause']);
  });

  it('lets go for good', async () => {
    const { calls, hold } = held();
    const never = later();
    hold.take(never.promise);
    hold.release();
    hold.release();
    expect(calls).toEqual(['pause', 'resume']);
    hold.take(later().promise);
    expect(hold.heldWithin(10_000)).toBe(false);
    never.resolve();
    await delay(1);
    expect(calls).toEqual(['pause', 'resume']);
  });
});
