import { describe, expect, it } from '@jest/globals';
import type { NetworkPolicy } from '@showrunner/contracts';
import { unionOf } from '@showrunner/egress';
import { networkLabel, networkSettings, policyOfLabel } from './network-rules';

const allow = (...hosts: string[]): NetworkPolicy => ({ mode: 'allow', hosts });

describe('network settings', () => {
  it.each<[NetworkPolicy, boolean, string]>([
    [{ mode: 'none' }, true, ''],
    [allow(), true, ''],
    [allow('*'), false, ''],
    [
      allow('registry.npmjs.org', '*.Example.org', 'registry.npmjs.org'),
      false,
      'registry.npmjs.org,*.example.org',
    ],
  ])('of %j', (policy, networkBlockAll, domainAllowList) => {
    expect(networkSettings(policy)).toEqual({ networkBlockAll, domainAllowList });
  });

  it.each<[string, NetworkPolicy]>([
    ['a port', allow('example.org:8443')],
    ['an address', allow('10.0.0.1')],
    ['an IPv6 address', allow('::1')],
    ['a bare name', allow('localhost')],
    ['a list in one entry', allow('a.org,b.org')],
    ['a wildcard in the middle', allow('a.*.org')],
    ['eleven hosts', allow(...Array.from({ length: 11 }, (_, at) => `h${at}.example.org`))],
    ['private hosts', { mode: 'allow', hosts: ['a.org'], privateHosts: ['10.0.0.1:80'] }],
  ])('refuses %s, which Daytona would not enforce as asked', (_title, policy) => {
    expect(() => networkSettings(policy)).toThrow(
      expect.objectContaining({ code: 'sandbox_capability_missing', retryable: false }),
    );
  });

  it('adds phases up, and keeps a policy in a label', () => {
    expect(unionOf([{ mode: 'none' }, allow('a.org'), allow('b.org')])).toEqual(allow('a.org', 'b.org'));
    expect(unionOf([{ mode: 'none' }])).toEqual({ mode: 'none' });
    for (const policy of [{ mode: 'none' } as const, allow('a.org', 'b.org'), allow('*')])
      expect(policyOfLabel(networkLabel(policy))).toEqual(policy);
    expect(policyOfLabel(undefined)).toEqual({ mode: 'none' });
  });
});
