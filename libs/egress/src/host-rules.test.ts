import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseAuthority, parseHostRule, ruleMatches } from './host-rules';

const matches = (rule: string, host: string, port: number) => ruleMatches(parseHostRule(rule), host, port);

describe('host rules', () => {
  it.each([
    ['pypi.org', 'pypi.org', 443, true],
    ['pypi.org', 'pypi.org', 80, true],
    ['PyPI.org.', 'pypi.org', 443, true],
    ['pypi.org', 'pypi.org', 22, false],
    ['pypi.org', 'evilpypi.org', 443, false],
    ['pypi.org', 'pypi.org.evil.test', 443, false],
    ['*.npmjs.org', 'registry.npmjs.org', 443, true],
    ['*.npmjs.org', 'a.b.npmjs.org', 443, true],
    ['*.npmjs.org', 'npmjs.org', 443, false],
    ['*.npmjs.org', '.npmjs.org', 443, false],
    ['*.npmjs.org', 'evilnpmjs.org', 443, false],
    ['host:8443', 'host', 8443, true],
    ['host:8443', 'host', 443, false],
    ['[2606:4700::1]:443', '[2606:4700::1]', 443, true],
    ['*', 'anything.test', 443, true],
    ['*', 'anything.test', 25, false],
  ])('%s and %s:%i give %s', (rule, host, port, expected) =>
    expect(matches(rule, host, port)).toBe(expected),
  );

  it.each(['', 'http://x', 'a/b', 'a b', '*.*.x', 'x:0', 'x:65536', '*x', 'x@y', '-x'])(
    'refuses the rule "%s"',
    (text) =>
      expect(() => parseHostRule(text)).toThrow(expect.objectContaining({ code: 'network_host_invalid' })),
  );
});

describe('parseAuthority', () => {
  it.each([
    ['Registry.NPMJS.org:443', { host: 'registry.npmjs.org', port: 443 }],
    ['x.test.:443', { host: 'x.test', port: 443 }],
    ['[::1]:80', { host: '[::1]', port: 80 }],
  ])('reads %s', (text, expected) => expect(parseAuthority(text)).toEqual(expected));

  it.each([
    '',
    'x',
    'x:',
    'x:0',
    'x:99999',
    'a@b:443',
    'a:443/b',
    'a b:443',
    'a\r\n:443',
    'ä:443',
    '::1:443',
    'a:443#b',
    '.:443',
    'a:b:443',
  ])('refuses %j', (text) => expect(parseAuthority(text)).toBeUndefined());

  it('never yields a host with a character that means something elsewhere', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 65535 }), (text, port) => {
        const read = parseAuthority(`${text}:${port}`);
        if (read !== undefined) expect(read.host).not.toMatch(/[@/#?\s\\%]/);
      }),
    );
  });
});
