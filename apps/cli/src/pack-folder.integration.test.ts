import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { extract } from 'tar-stream';
import { packFolder } from './pack-folder';

describe('packFolder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'pack-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const namesIn = async (archive: Buffer): Promise<string[]> => {
    const names: string[] = [];
    const parser = extract();
    parser.on('entry', (header, stream, next) => {
      names.push(header.name);
      stream.resume();
      stream.on('end', next);
    });
    await new Promise<void>((resolve, reject) => {
      parser.once('finish', resolve).once('error', reject);
      parser.end(gunzipSync(archive));
    });
    return names.sort();
  };

  it('takes the files, and links that stay inside, but neither what is installed nor links that leave', async () => {
    await mkdir(path.join(folder, 'src'));
    await mkdir(path.join(folder, 'node_modules/x'), { recursive: true });
    await mkdir(path.join(folder, 'secret-build'));
    await writeFile(path.join(folder, 'src/app.js'), 'x');
    await writeFile(path.join(folder, 'empty'), '');
    await writeFile(path.join(folder, 'node_modules/x/y'), 'x');
    await writeFile(path.join(folder, 'secret-build/z'), 'x');
    await writeFile(path.join(folder, '.gitignore'), '/secret-build/\n');
    await symlink('src/app.js', path.join(folder, 'inside'));
    await symlink('/etc/passwd', path.join(folder, 'outside'));
    await symlink('../../etc/passwd', path.join(folder, 'outside2'));
    expect(await namesIn(await packFolder(folder))).toEqual(['.gitignore', 'empty', 'inside', 'src/app.js']);
  });

  it('says so when there is nothing in it', async () => {
    await expect(packFolder(folder)).rejects.toMatchObject({ code: 'folder_empty' });
  });
});
