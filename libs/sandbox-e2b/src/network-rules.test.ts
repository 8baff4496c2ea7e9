import { describe, expect, it } from '@jest/globals';
import type { NetworkPolicy } from '@showrunner/contracts';
import { egressRules, marksOf, rulesOutsidePhases, withMarks } from './network-rules';

const allow = (...hosts: string[]): NetworkPolicy => ({ mode: 'allow', hosts });
const CLOSED = { denyOut: ['0.0.0.0/0'] };
const OPEN = { allowOut: ['a.example'], denyOut: ['0.0.0.0/0'] };

describe('rules of a policy', () => {
  it('deny everything but what is named', () => {
    expect(egressRules({ mode: 'none' })).toEqual(CLOSED);
    expect(egressRules(allow())).toEqual(CLOSED);
    expect(egressRules(allow('a.example', '*.b.example'))).toEqual({
      allowOut: ['a.example', '*.b.example'],
      ...CLOSED,
    });
    expect(egressRules(allow('*', 'a.example'))).toEqual({});
  });

  it.each([
    'a.example:443',
    'a.example:8080',
    '10.0.0.1',
    '10.0.0.0/8',
    'a b',
    '-a.example',
    '**.example',
    '',
    '[::1]',
  ])('refuse %p, which E2B cannot hold so narrowly', (host) =>
    expect(() => egressRules(allow(host))).toThrow(
      expect.objectContaining({ code: 'sandbox_capability_missing' }),
    ),
  );

  it('refuse the private hosts of an installation', () => {
    const policy: NetworkPolicy = { mode: 'allow', hosts: ['a.example'], privateHosts: ['a.example:80'] };
    expect(() => egressRules(policy)).toThrow(
      expect.objectContaining({ code: 'sandbox_capability_missing' }),
    );
    expect(egressRules({ ...policy, privateHosts: [] })).toEqual(OPEN);
  });
});

describe('rules after a phase, seen by who set none', () => {
  const both = { phase: true, changed: true };
  it('carry marks that can be read', () => {
    for (const phase of [true, false])
      for (const changed of [true, false])
        expect(marksOf(withMarks(OPEN, { phase, changed }))).toEqual({ phase, changed });
    expect(withMarks(OPEN, { phase: false, changed: false })).toEqual(OPEN);
  });

  it('are those of the creation, unless they were changed', () => {
    expect(rulesOutsidePhases(CLOSED, { mode: 'none' })).toEqual(CLOSED);
    const changed = withMarks(OPEN, { phase: false, changed: true });
    expect(rulesOutsidePhases(changed, { mode: 'none' })).toEqual(changed);
  });

  it('close a phase that was left open', () => {
    expect(rulesOutsidePhases(withMarks(OPEN, { phase: true, changed: false }), { mode: 'none' })).toEqual(
      CLOSED,
    );
    expect(
      rulesOutsidePhases(withMarks(OPEN, { phase: true, changed: false }), allow('z.example')).allowOut,
    ).toEqual(['z.example']);
  });

  it('close what cannot be known', () => {
    const rules = rulesOutsidePhases(withMarks(OPEN, both), allow('*'));
    expect(rules.allowOut).toBeUndefined();
    expect(rules.denyOut).toContain('0.0.0.0/0');
    expect(marksOf(rules)).toEqual({ phase: false, changed: true });
  });
});
