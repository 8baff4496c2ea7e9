import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeHead, decodeUint } from './ebml-decode.mjs';
import { EBML_IDS, element, encodeSize, uintElement, voidElement } from './ebml';

describe('EBML', () => {
  test('every head that is written reads back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(EBML_IDS)),
        fc.integer({ min: 0, max: 70_000 }),
        (id, size) => {
          const head = decodeHead(element(id, Buffer.alloc(size)), 0);
          expect(head?.id).toBe(id);
          expect(head?.size).toBe(size);
        },
      ),
    );
  });

  test('integers read back, up to what a double holds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (value) => {
        const bytes = uintElement(EBML_IDS.cueTime, value);
        const head = decodeHead(bytes, 0);
        expect(decodeUint(bytes.subarray(head?.headLength))).toBe(value);
      }),
    );
  });

  test('any bytes give a head or null, never an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), (bytes) => {
        const head = decodeHead(Buffer.from(bytes), 0);
        expect(head === null || head.headLength <= bytes.length).toBe(true);
      }),
    );
  });

  test('room that is kept has the size that was asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 4000 }), (total) => {
        expect(voidElement(total).length).toBe(total);
      }),
    );
  });

  test('a size of all ones is never written by chance', () => {
    expect(encodeSize(127).length).toBe(2);
    expect(encodeSize(126).length).toBe(1);
  });
});
