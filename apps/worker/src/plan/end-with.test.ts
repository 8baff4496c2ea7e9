import { expect, test } from '@jest/globals';
import { PrewarmedSessions } from '../agent';
import { endWith } from './end-with';

function closable() {
  const state = { closed: 0 };
  return { state, session: { close: () => Promise.resolve(void (state.closed += 1)) } };
}

test('a cancelled stage leaves no browser, even before its work has ended', async () => {
  const stop = new AbortController();
  const own = closable();
  const next = closable();
  const ahead = new PrewarmedSessions();
  ahead.prepare('next', () => Promise.resolve({ ...next.session, isLost: false } as never));
  endWith(stop.signal, own.session, ahead, 'next');
  stop.abort();
  await new Promise((resolve) => setImmediate(resolve));
  expect([own.state.closed, next.state.closed]).toEqual([1, 1]);
});

test('a stage that is over is not disturbed', () => {
  const stop = new AbortController();
  const own = closable();
  endWith(stop.signal, own.session, undefined, undefined).dispose();
  stop.abort();
  expect(own.state.closed).toBe(0);
});
