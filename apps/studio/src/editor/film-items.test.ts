import { describe, expect, test } from '@jest/globals';
import { filmTime, readSeconds, shownItems, wordsOf } from './film-items';

const base = { clipId: 'c1', takeId: 't', transition: 'auto' } as const;

describe('items of a film', () => {
  test('stand one after the other on whole frames, named as people would', () => {
    const shown = shownItems({
      chapters: [{ clipId: 'c1', feature: 'f', title: 'Sign in', description: '' }],
      items: [
        {
          kind: 'card',
          card: 'opening',
          id: 'a',
          ...base,
          atMs: 0,
          durationMs: 1210,
          title: 'My film',
          body: '',
        },
        { kind: 'footage', id: 'b', ...base, inMs: 1000, outMs: 3000, speed: 2 },
        { kind: 'still', id: 'c', ...base, atMs: 3000, durationMs: 1 },
      ],
    });
    expect(shown.map(({ label }) => label)).toEqual(['Opening card “My film”', 'Footage', 'Held picture']);
    expect(shown.map(({ startMs }) => Math.round(startMs))).toEqual([0, 1200, 2200]);
    expect(shown.map(({ lengthMs }) => Math.round(lengthMs))).toEqual([1200, 1000, 33]);
    expect(shown[0]?.chapter).toBe('Sign in');
  });

  test('have times that people read and write', () => {
    expect([0, 999, 62_540, 600_000].map(filmTime)).toEqual(['0:00.0', '0:01.0', '1:02.5', '10:00.0']);
    expect(['1.5', ' 2,25 ', '0'].map(readSeconds)).toEqual([1500, 2250, 0]);
    expect(['', '-1', 'x', 'Infinity'].map(readSeconds)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('are told apart in what waits after a conflict', () => {
    expect(wordsOf({ op: 'setSpeed', id: 'b', speed: 2 })).toBe('Show footage 2 times as fast');
    expect(wordsOf({ op: 'setCaption', id: 'x', text: 'Look' })).toBe('Caption: “Look”');
    expect(wordsOf({ op: 'remove', id: 'b' })).toBe('Remove');
    expect(wordsOf({ op: 'setVoice', voice: { name: 'heart' } })).toBe('Voice heart');
    expect(wordsOf({ op: 'setVoice', voice: null })).toBe('Nobody speaks');
    expect(wordsOf({ op: 'setCaption', id: 'x', spoken: 'Look here' })).toBe('Said: “Look here”');
  });
});
