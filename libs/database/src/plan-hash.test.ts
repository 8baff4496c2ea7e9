import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '@showrunner/contracts';
import { hashOf } from './plan-hash';
import { statesBefore } from './repositories/runs';

describe('canonicalJson', () => {
  it('does not depend on the order of keys and stays the same value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
        expect(hashOf(reversed)).toBe(hashOf(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('tells different values apart', () => {
    expect(hashOf({ a: [1, 2] })).not.toBe(hashOf({ a: [2, 1] }));
    expect(canonicalJson({ b: undefined, a: { d: 1, c: null } })).toBe('{"a":{"c":null,"d":1}}');
  });
});

describe('statesBefore', () => {
  it('allows steps forward only, and any end from anywhere but an end', () => {
    expect(statesBefore('queued')).toEqual([]);
    expect(statesBefore('planning')).toEqual(['queued', 'building']);
    expect(statesBefore('killed')).toEqual([
      'queued',
      'building',
      'planning',
      'filming',
      'segmenting',
      'exporting',
    ]);
  });
});
