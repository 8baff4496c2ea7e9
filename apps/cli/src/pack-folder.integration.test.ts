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

  it('does not upload what a nested .gitignore names, nor what a pattern of one does', async () => {
    const files: Record<string, string> = {
      '.gitignore': '# comment\n*.log\n!keep.log\ndist/*.map\n**/generated/\n/top-only\n',
      'app.log': 'x',
      'keep.log': 'x',
      'top-only': 'x',
      'dist/app.js': 'x',
      'dist/app.js.map': 'x',
      'web/top-only': 'x',
      'web/.gitignore': 'secrets.json\n!debug.log\nbuild/\n',
      'web/secrets.json': 'x',
      'web/debug.log': 'x',
      'web/build/page.html': 'x',
      'web/src/generated/types.ts': 'x',
      'web/src/secrets.json': 'x',
      'web/src/build': 'a file, not a folder',
      'api/secrets.json': 'x',
      'api/Generated/types.ts': 'x',
    };
    for (const [name, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), content);
    }
    expect(await namesIn(await packFolder(folder))).toEqual([
      '.gitignore',
      'api/Generated/types.ts',
      'api/secrets.json',
      'dist/app.js',
      'keep.log',
      'web/.gitignore',
      'web/debug.log',
      'web/src/build',
      'web/top-only',
    ]);
  });

  it('packs all where .gitignore is a folder, and leaves out what it names with blanks at its ends', async () => {
    await mkdir(path.join(folder, '.gitignore'));
    await writeFile(path.join(folder, '.gitignore/odd'), 'x');
    await mkdir(path.join(folder, 'sub'));
    await writeFile(path.join(folder, 'sub/.gitignore'), '\uFEFFdrop.txt  \r\n\r\n');
    await writeFile(path.join(folder, 'sub/drop.txt'), 'x');
    await writeFile(path.join(folder, 'sub/stay.txt'), 'x');
    expect(await namesIn(await packFolder(folder))).toEqual([
      '.gitignore/odd',
      'sub/.gitignore',
      'sub/stay.txt',
    ]);
  });

  it('says so when there is nothing in it', async () => {
    await expect(packFolder(folder)).rejects.toMatchObject({ code: 'folder_empty' });
  });
});
