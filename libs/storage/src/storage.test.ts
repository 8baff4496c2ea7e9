import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { storageKeys } from '@showrunner/contracts';
import { parseRangeHeader, resolveRange } from './byte-range';
import { createObjectStore } from './create-object-store';
import { keySegments, safeFileName } from './object-key';

describe('keySegments', () => {
  it.each([
    '',
    '/',
    'a/',
    '/a',
    'a//b',
    '..',
    'a/../b',
    './a',
    '.incoming/x',
    'a\\..\\b',
    'a\0b',
    'x'.repeat(1000),
  ])('refuses %j', (key) => {
    expect(() => keySegments(key)).toThrow(expect.objectContaining({ code: 'bad_object_key', status: 400 }));
  });

  it('takes every key of the product', () => {
    const { takeIndex, ...keys } = storageKeys;
    const all = [...Object.values(keys).map((key) => key('a1', 'b2')), takeIndex(keys.take('a1', 'b2'))];
    for (const key of all) expect(keySegments(key).length).toBeGreaterThan(1);
  });
});

describe('safeFileName', () => {
  it('makes one safe segment of any name and keeps the end', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(keySegments(safeFileName(name))).toHaveLength(1);
      }),
    );
    expect(safeFileName('../../My App (1).tar.gz')).toBe('My-App-1-.tar.gz');
  });
});

describe('ranges', () => {
  it.each([
    ['bytes=0-3', { start: 0, end: 3 }],
    ['bytes=4-', { start: 4 }],
    ['bytes=-4', { start: 6 }],
    ['bytes=-40', { start: 0 }],
    ['bytes=-0', { start: 10 }],
    ['bytes=3-1', undefined],
    ['bytes=0-1,3-4', undefined],
    ['lines=0-1', undefined],
    [undefined, undefined],
  ])('%s', (header, range) => {
    expect(parseRangeHeader(header, 10)).toEqual(range);
  });

  it('are cut to the end, and refused behind it', () => {
    expect(resolveRange({ start: 8, end: 99 }, 10)).toEqual({ start: 8, end: 9 });
    expect(() => resolveRange({ start: 10 }, 10)).toThrow(expect.objectContaining({ status: 416 }));
    expect(() => resolveRange({ start: Number.NaN }, 10)).toThrow(expect.objectContaining({ status: 416 }));
  });
});

describe('createObjectStore', () => {
  it('names the missing keys of an S3 server', () => {
    const config = {
      SHOWRUNNER_HOME: 'x',
      S3_ENDPOINT: 'http://127.0.0.1:1',
      S3_BUCKET: 'b',
      S3_REGION: 'r',
    };
    expect(() => createObjectStore(config)).toThrow(/without the keys/);
  });
});
