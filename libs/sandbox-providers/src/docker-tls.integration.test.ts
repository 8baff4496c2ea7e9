import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { openSandboxProvider } from './open-provider';
import type { SandboxProvider } from '@showrunner/sandbox';
import {
  TestAuthority,
  describeDocker,
  SMALL,
  FULL_IMAGE,
  LoopbackEngine,
} from '@showrunner/sandbox-docker/testing';

describeDocker(
  'an engine behind TLS',
  () => {
    let folder: string;
    let engine: LoopbackEngine;
    const opened: SandboxProvider[] = [];
    const at = (name: string) => join(folder, name);
    const open = async (serverCerts: string | undefined, host = '127.0.0.1', scheme = 'tcp') => {
      const provider = await openSandboxProvider({
        provider: 'docker',
        home: at('home'),
        installation: 'tls',
        serverUrl: `${scheme}://${host}:${engine.port}`,
        serverCerts,
        target: FULL_IMAGE,
      });
      opened.push(provider);
      return provider;
    };

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'engine-tls-'));
      for (const name of ['certs', 'engine', 'other', 'anonymous', 'half', 'empty']) await mkdir(at(name));
      const ours = await TestAuthority.make(at('certs'));
      const own = await ours.sign(at('engine'), 'cert.pem', 'key.pem', 'IP:127.0.0.1');
      await ours.sign(at('certs'), 'cert.pem', 'key.pem', 'DNS:client');
      const other = await TestAuthority.make(at('other'));
      await other.sign(at('other'), 'cert.pem', 'key.pem', 'DNS:client');
      await cp(at('certs/ca.pem'), at('anonymous/ca.pem'));
      await cp(at('certs/ca.pem'), at('half/ca.pem'));
      await cp(at('certs/cert.pem'), at('half/cert.pem'));
      engine = new LoopbackEngine({ ...own, ca: await ours.ca, requestCert: true, rejectUnauthorized: true });
      await engine.listen();
    });
    afterAll(async () => {
      for (const provider of opened) await provider.close();
      await engine.close();
      await rm(folder, { recursive: true, force: true });
      expect(engine.violations).toEqual([]);
    });

    it.each(['tcp', 'https'])('is used as any other by %s', async (scheme) => {
      const provider = await open(at('certs'), '127.0.0.1', scheme);
      const sandbox = await provider.create({ id: `t-${scheme}`, limits: SMALL, labels: {} });
      // What is written ends before what is read.
      const echoed = await sandbox.exec('cat; echo and more', { stdin: Buffer.from('in '.repeat(50_000)) });
      expect(echoed.stdout).toBe(`${'in '.repeat(50_000)}and more\n`);
      await sandbox.startProcess('web', 'exec python3 -m http.server 8000 --bind 127.0.0.1');
      let page = '';
      for (let tries = 0; tries < 50 && page === ''; tries++)
        try {
          const stream = await sandbox.connect(8000);
          stream.end('GET / HTTP/1.0\r\n\r\n');
          page = await text(stream);
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      expect(page).toMatch(/^HTTP\/1\.0 200/);
      await sandbox.destroy();
    });

    it.each([
      ['an engine that somebody else signed for', 'other', '127.0.0.1'],
      ['an engine of another name', 'certs', 'localhost'],
      ['an engine that wants to know who calls', 'anonymous', '127.0.0.1'],
    ])('is refused: %s', async (_what, certs, host) => {
      await expect(open(at(certs), host)).rejects.toMatchObject({
        code: 'sandbox_unavailable',
        retryable: false,
        message: expect.stringContaining('certificates'),
        remedy: expect.stringContaining('SANDBOX_SERVER_CERTS'),
      });
    });

    it('is not spoken to in clear text', async () => {
      await expect(open(undefined)).rejects.toMatchObject({ code: 'sandbox_unavailable' });
    });

    it.each([
      ['empty', /no ca\.pem/],
      ['half', /no key\.pem/],
      ['certs/ca.pem', /cannot be read/],
    ])('needs certificates that are whole: %s', async (certs, message) => {
      await expect(open(at(certs))).rejects.toMatchObject({
        code: 'docker_certs_invalid',
        message: expect.stringMatching(message),
      });
    });
  },
  'loopback',
);
