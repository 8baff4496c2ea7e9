import { describe, expect, it, jest } from '@jest/globals';
import type { BrowserSession } from '@showrunner/browser';
import { PrewarmedSessions } from './prewarmed-sessions';

const HOLD_MS = 1000;

function fakeSession(isLost = false): { session: BrowserSession; closed: () => number } {
  let closed = 0;
  const session = { isLost, close: () => Promise.resolve(void (closed += 1)) };
  return { session: session as unknown as BrowserSession, closed: () => closed };
}

describe('PrewarmedSessions', () => {
  it('gives what was prepared, once', async () => {
    const { session, closed } = fakeSession();
    const ahead = new PrewarmedSessions();
    let opened = 0;
    const open = () => Promise.resolve(((opened += 1), session));
    ahead.prepare('a', open);
    ahead.prepare('a', open);
    ahead.release('a');
    expect(await ahead.take('a')).toBe(session);
    expect(await ahead.take('a')).toBeUndefined();
    await ahead.closeAll();
    expect([opened, closed()]).toEqual([1, 0]);
  });

  it('closes what nobody takes', async () => {
    jest.useFakeTimers();
    try {
      const { session, closed } = fakeSession();
      const ahead = new PrewarmedSessions(undefined, HOLD_MS);
      ahead.prepare('a', () => Promise.resolve(session));
      await jest.advanceTimersByTimeAsync(10 * HOLD_MS);
      expect(closed()).toBe(0);
      ahead.release('a');
      await jest.advanceTimersByTimeAsync(HOLD_MS);
      expect(closed()).toBe(1);
      expect(await ahead.take('a')).toBeUndefined();
    } finally {
      jest.useRealTimers();
    }
  });

  it('hands a session on, instead of what was there, and closes it when nobody takes it', async () => {
    jest.useFakeTimers();
    try {
      const [old, first, second] = [fakeSession(), fakeSession(), fakeSession()];
      const ahead = new PrewarmedSessions(undefined, HOLD_MS);
      ahead.prepare('a', () => Promise.resolve(old.session));
      await ahead.handOff('a', first.session);
      expect(old.closed()).toBe(1);
      expect(await ahead.take('a')).toBe(first.session);
      await jest.advanceTimersByTimeAsync(2 * HOLD_MS);
      expect(first.closed()).toBe(0);
      await ahead.handOff('a', second.session);
      await jest.advanceTimersByTimeAsync(HOLD_MS);
      expect(second.closed()).toBe(1);
    } finally {
      jest.useRealTimers();
    }
  });

  it('closes one that is still opening when it is dropped', async () => {
    const { session, closed } = fakeSession();
    const ahead = new PrewarmedSessions();
    let opened: (session: BrowserSession) => void = () => undefined;
    ahead.prepare('a', () => new Promise((resolve) => (opened = resolve)));
    const dropped = ahead.drop('a');
    opened(session);
    await dropped;
    expect(closed()).toBe(1);
  });

  it('answers none for one that failed to open or was lost, and tells why', async () => {
    const errors: unknown[] = [];
    const ahead = new PrewarmedSessions((error) => errors.push(error));
    const failure = new RangeError('no browser');
    ahead.prepare('a', () => Promise.reject(failure));
    ahead.prepare('b', () => Promise.resolve(fakeSession(true).session));
    expect(await ahead.take('a')).toBeUndefined();
    expect(await ahead.take('b')).toBeUndefined();
    expect(errors).toEqual([failure]);
  });
});
