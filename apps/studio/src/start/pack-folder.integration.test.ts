import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { packFolder } from './pack-folder';

const given = (path: string, text: string) => ({
  path,
  file: new File([text], path.split('/').at(-1) ?? ''),
});

test('paths of any length and script stay whole, as tar reads them', async () => {
  // Java and generated code stand this deep; nanotar 0.3.0 cut a path at its hundredth byte.
  const deep = `src/main/java/${'organisation/'.repeat(12)}Überblick${'Controller'.repeat(9)}.java`;
  const folder = mkdtempSync(join(tmpdir(), 'pack-'));
  try {
    const file = join(folder, 'app.tar.gz');
    const packed = await packFolder([
      given(deep, 'class A {}'),
      given('index.html', '<h1>Hi</h1>'),
      given('empty', ''),
    ]);
    writeFileSync(file, new Uint8Array(await packed.arrayBuffer()));
    execFileSync('tar', ['xzf', file, '-C', folder]);
    const read = (path: string): string => execFileSync('cat', [join(folder, path)], { encoding: 'utf8' });
    expect([read(deep), read('index.html'), read('empty')]).toEqual(['class A {}', '<h1>Hi</h1>', '']);
    expect(packed.type).toBe('application/gzip');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a folder that is too large is refused before a file of it is read', async () => {
  const unread = () => {
    throw new Error('It was read.');
  };
  const file = Object.assign(new File([], 'film.mp4'), { arrayBuffer: unread });
  Object.defineProperty(file, 'size', { value: 200_000_000 });
  await expect(packFolder([{ path: 'film.mp4', file }])).rejects.toThrow('The folder is 200 MB large');
});
