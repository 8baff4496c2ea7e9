import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { InTurn } from './in-turn';

test('one after the other under a key, whatever fails; beside each other under others', async () => {
  const turns = new InTurn();
  const said: string[] = [];
  const work = (name: string, ms: number) => async () => {
    said.push(`${name} begins`);
    await sleep(ms);
    said.push(`${name} ends`);
    if (name === 'a1') throw new Error('no');
    return name;
  };
  const first = turns.run('a', work('a1', 20));
  const results = await Promise.allSettled([
    first,
    turns.run('a', work('a2', 1)),
    turns.run('b', work('b1', 1)),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(said.indexOf('a2 begins')).toBeGreaterThan(said.indexOf('a1 ends'));
  expect(said.indexOf('b1 ends')).toBeLessThan(said.indexOf('a1 ends'));
});
