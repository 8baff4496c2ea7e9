import { describe, expect, it } from '@jest/globals';
import { remembered } from './remembered';

describe('a function that remembers', () => {
  it('computes each text once, forgets all when there are too many, and keeps no whole page', () => {
    const asked: string[] = [];
    const upper = remembered((text) => {
      asked.push(text);
      return text === '' ? undefined : text.toUpperCase();
    }, 2);
    expect([upper('a'), upper(''), upper('a'), upper('')]).toEqual(['A', undefined, 'A', undefined]);
    expect(asked).toEqual(['a', '']);
    upper('b');
    upper('a');
    expect(asked).toEqual(['a', '', 'b', 'a']);
    const long = 'x'.repeat(30_000);
    upper(long);
    upper(long);
    expect(asked.filter((text) => text === long)).toHaveLength(2);
  });
});
