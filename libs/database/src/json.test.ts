import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toJson } from './json';

describe('toJson', () => {
  it('fault 9: what PostgreSQL refuses becomes U+FFFD, wherever an app or a page said it', () => {
    expect(toJson({ text: 'a\0b', 'k\0': ['\ud800', 'x\udc00y'] })).toEqual({
      text: 'a\ufffdb',
      'k\ufffd': ['\ufffd', 'x\ufffdy'],
    });
  });

  it('leaves every other value as it is', () => {
    expect(toJson({ a: '\\u0000', b: '\\\\ud800', c: '😀', d: '\ufffd' })).toEqual({
      a: '\\u0000',
      b: '\\\\ud800',
      c: '😀',
      d: '\ufffd',
    });
    const storable = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
    fc.assert(fc.property(storable, (text) => expect(toJson([text])).toEqual([text])));
  });
});
