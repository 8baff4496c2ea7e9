import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DebianSystems } from './debian-systems';
import { trustedAuthorities, trustHook, writeAuthorities } from './host-authorities';

const certificate = (letter: string): string =>
  `-----BEGIN CERTIFICATE-----\n${[1, 2, 3, 4].map((line) => letter.repeat(60) + line).join('\n')}\n-----END CERTIFICATE-----\n`;

test('only what the host trusts and the system does not is added', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'authorities-'));
  try {
    const [bundle, system] = [join(folder, 'bundle.crt'), join(folder, 'system')];
    await writeFile(bundle, `# a comment\n${certificate('A')}${certificate('B')}`);
    const known = trustedAuthorities(bundle);
    expect(known).toEqual([certificate('A'), certificate('B')]);
    expect(trustedAuthorities(join(folder, 'none.crt'))).toEqual([]);
    await mkdir(join(system, 'etc/ssl/certs'), { recursive: true });
    await writeFile(join(system, 'etc/ssl/certs/ca-certificates.crt'), certificate('A'));
    await writeAuthorities(join(folder, 'host'), known);
    const hook = trustHook(join(folder, 'host')).replace(/\nchroot [^\n]*/, '');
    await promisify(execFile)('sh', ['-c', hook, 'sh', system]);
    expect(await readdir(join(system, 'usr/local/share/ca-certificates'))).toEqual(['host-1.crt']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('a system is known by what it is made of, in whatever order that is said', () => {
  const systems = new DebianSystems({ folder: '/nowhere', mirrorUrl: 'http://deb.debian.org/debian' });
  const name = systems.nameOf({ suite: 'trixie', packages: ['php-cli', 'php-xml'] });
  expect(name).toMatch(/^[0-9a-f]{32}$/);
  expect(systems.nameOf({ suite: 'trixie', packages: ['php-xml', 'php-cli', 'php-cli'] })).toBe(name);
  expect(systems.nameOf({ suite: 'bookworm', packages: ['php-cli', 'php-xml'] })).not.toBe(name);
});
