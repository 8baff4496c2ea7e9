import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { mirrorFiles } from './mirror-files';
import { MirroredAssets } from './mirrored-assets';
import { NpmRegistry } from './npm-registry';

interface Package {
  version: string;
  files: Record<string, string>;
  /** Another integrity than that of the tarball. */
  isDamaged?: boolean;
}

const PACKAGES: Record<string, Package> = {
  icons: {
    version: '1.2.0',
    files: {
      'package.json': '{"style":"css/all.css"}',
      'css/all.css': '@font-face{src:url(../fonts/i.woff2)} @import "more.css";',
      'css/more.css': 'i{color:red}',
      'fonts/i.woff2': 'wOF2',
    },
  },
  '@fontsource/lato': {
    version: '5.0.0',
    files: {
      '400.css':
        "@font-face{font-family:'Lato';src:url(./files/l-400.woff2) format('woff2'),url(./files/l-400.woff) format('woff')}",
      '900.css':
        "@font-face{font-family:'Lato';font-weight:900;src:url(./files/l-900.woff2) format('woff2')}",
      'files/l-400.woff2': 'four',
      'files/l-900.woff2': 'nine',
    },
  },
  damaged: { version: '1.0.0', files: { 'index.js': '1' }, isDamaged: true },
  'dist-only': { version: '2.0.0', files: { 'dist/lib.min.js': 'min', 'src/lib.js': 'src' } },
};

let server: Server;
let base: string;
const asked: string[] = [];

async function tarballOf({ files }: Package): Promise<Buffer> {
  const archive = pack();
  // It is made for each request: of one time, so that it has the same bytes each time.
  const mtime = new Date(0);
  for (const [name, body] of Object.entries(files)) archive.entry({ name: `package/${name}`, mtime }, body);
  archive.finalize();
  const parts: Uint8Array[] = [];
  for await (const part of archive) parts.push(part as Uint8Array);
  return gzipSync(Buffer.concat(parts));
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    asked.push(path);
    const isTarball = path.startsWith('/-/');
    const name = path.slice(isTarball ? 3 : 1);
    const one = Object.hasOwn(PACKAGES, name) ? PACKAGES[name] : undefined;
    if (!one) return void response.writeHead(404).end();
    void tarballOf(one).then((tarball) => {
      const integrity = `sha512-${createHash('sha512')
        .update(one.isDamaged ? 'x' : tarball)
        .digest('base64')}`;
      // The host of the tarball is another one, as registries behind a proxy have it.
      const dist = { tarball: `https://elsewhere.invalid/-/${encodeURIComponent(name)}`, integrity };
      response.end(
        isTarball
          ? tarball
          : JSON.stringify({ 'dist-tags': { latest: one.version }, versions: { [one.version]: { dist } } }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const mirror = (...urls: string[]) => mirrorFiles(urls, { registry: new NpmRegistry({ url: base }) });

describe('mirrorFiles', () => {
  it('follows style sheets to their fonts and imports, and serves them by their addresses', async () => {
    const { manifest, blobs } = await mirror('https://unpkg.com/icons@^1/css/all.css');
    expect(manifest.missing).toEqual([]);
    expect(manifest.files.map(({ key, from }) => [key, from])).toEqual([
      ['unpkg.com/icons@^1/css/all.css', 'npm:icons@1.2.0/css/all.css'],
      ['unpkg.com/icons@^1/fonts/i.woff2', 'npm:icons@1.2.0/fonts/i.woff2'],
      ['unpkg.com/icons@^1/css/more.css', 'npm:icons@1.2.0/css/more.css'],
    ]);
    const assets = new MirroredAssets(manifest, async (sha256) => blobs.get(sha256) ?? Buffer.alloc(0));
    expect(assets.hosts).toEqual(['unpkg.com']);
    expect(await assets.get('http://unpkg.com/icons@^1/fonts/i.woff2')).toEqual({
      contentType: 'font/woff2',
      body: Buffer.from('wOF2'),
    });
    expect(await assets.get('https://unpkg.com/icons@2/css/all.css')).toBeUndefined();
  });

  it('makes the style sheet of a font from its package, with the nearest weight, and fetches its files', async () => {
    const url = 'https://fonts.googleapis.com/css2?family=Lato:wght@400;800&display=swap';
    const { manifest, blobs } = await mirror(url);
    const [sheet, ...files] = manifest.files;
    const css = blobs.get(sheet?.sha256 ?? '')?.toString() ?? '';
    expect(css).toContain('font-weight:900');
    expect(css).not.toContain('.woff)');
    expect(files.map(({ key }) => key)).toEqual([
      'cdn.jsdelivr.net/npm/@fontsource/lato@5.0.0/files/l-400.woff2',
      'cdn.jsdelivr.net/npm/@fontsource/lato@5.0.0/files/l-900.woff2',
    ]);
  });

  it('finds a file where the package has it, not where the CDN shows it', async () => {
    const { manifest } = await mirror('https://cdnjs.cloudflare.com/ajax/libs/dist-only/2.0.0/lib.min.js');
    expect(manifest.files[0]?.from).toBe('npm:dist-only@2.0.0/dist/lib.min.js');
  });

  it('says what cannot be had, and why, and goes on with the rest', async () => {
    const { manifest } = await mirror(
      'https://unpkg.com/none@1/x.js',
      'https://unpkg.com/icons@9/x.js',
      'https://unpkg.com/icons@1.2.0/none.js',
      'https://unpkg.com/damaged@1.0.0/index.js',
      'https://cdn.jsdelivr.net/gh/a/b/x.js',
      'https://example.com/x.js',
      'https://unpkg.com/icons@1.2.0/css/more.css',
    );
    expect(manifest.files).toHaveLength(1);
    expect(manifest.missing.map(({ reason }) => reason)).toEqual([
      'The registry has no none.',
      'There is no version 9 of icons.',
      'icons@1.2.0 has no file none.js.',
      'damaged@1.0.0 is not what the registry says that it is.',
      'The address names no version of a package.',
    ]);
  });

  it.each([
    'https://elsewhere.invalid//127.0.0.1:9/-/icons',
    '//127.0.0.1:9/-/icons',
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
  ])('connects to the registry alone, whatever its metadata and a page name: %s', async (tarball) => {
    const hosts = new Set<string>();
    const watched: typeof fetch = async (input) => {
      const url = new URL(input instanceof Request ? input.url : input);
      hosts.add(url.host);
      const dist = { tarball, integrity: 'sha512-x' };
      return url.pathname === '/icons'
        ? Response.json({ 'dist-tags': { latest: '1.0.0' }, versions: { '1.0.0': { dist } } })
        : new Response(null, { status: 404 });
    };
    const urls = [
      // A CDN's address is a name of a package, and never resolved or connected to: it may lead to a private one.
      'https://unpkg.com/icons',
      'https://unpkg.com@127.0.0.1/icons',
      'https://unpkg.com:8443/icons',
      'http://127.0.0.1:4400/npm/icons',
      'https://unpkg.com.evil.invalid/icons',
    ];
    const registry = new NpmRegistry({ url: 'https://registry.invalid', fetch: watched });
    const { manifest } = await mirrorFiles(urls, { registry });
    expect(manifest.files).toEqual([]);
    expect([...hosts]).toEqual(['registry.invalid']);
  });

  it('reads a package once, however many files are asked of it', async () => {
    asked.length = 0;
    await mirror('https://unpkg.com/icons@1.2.0/css/all.css', 'https://unpkg.com/icons@1.2.0/css/more.css');
    expect(asked).toEqual(['/icons', '/-/icons']);
  });

  it('a registry that does not answer is a reason, an abort is none', async () => {
    const dead = new NpmRegistry({ url: 'http://127.0.0.1:9', timeoutMs: 500 });
    const { manifest } = await mirrorFiles(['https://unpkg.com/icons'], { registry: dead });
    expect(manifest.missing[0]?.reason).toContain('did not answer');
    const signal = AbortSignal.abort(new Error('stop'));
    await expect(mirrorFiles(['https://unpkg.com/icons'], { registry: dead, signal })).rejects.toThrow(
      'stop',
    );
  });
});
