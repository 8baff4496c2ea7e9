import { describe, expect, it } from '@jest/globals';
import { ofChosen, ofDropped } from './given-files';

const file = (name: string, path = ''): File =>
  Object.defineProperty(new File(['x'], name), 'webkitRelativePath', { value: path });
const pathsOf = (given: Awaited<ReturnType<typeof ofDropped>>): unknown =>
  given?.kind === 'folder'
    ? { name: given.name, paths: given.files.map(({ path }) => path).sort() }
    : given?.kind;

describe('files that were chosen', () => {
  it('are an archive by their name, or nothing', () => {
    expect(ofChosen([file('app.zip')])).toMatchObject({ kind: 'archive', name: 'app.zip' });
    expect(ofChosen([file('app.TAR.GZ')])).toMatchObject({ kind: 'archive' });
    expect(ofChosen([file('photo.png')])).toBeUndefined();
    expect(ofChosen([])).toBeUndefined();
  });

  it('are a folder, less what is made by installing and what is secret', () => {
    const given = ofChosen([
      file('index.html', 'shop/index.html'),
      file('a.js', 'shop/src/a.js'),
      file('x.js', 'shop/node_modules/x/x.js'),
      file('.env', 'shop/.env'),
      file('config', 'shop/.git/config'),
    ]);
    expect(pathsOf(given)).toEqual({ name: 'shop', paths: ['index.html', 'src/a.js'] });
  });

  it('are nothing when all of them are left out', () => {
    expect(ofChosen([file('a', 'shop/node_modules/a'), file('b', 'shop/.git/b')])).toBeUndefined();
  });
});

describe('what was dropped', () => {
  const fileEntry = (path: string) => ({
    ...{ isFile: true, isDirectory: false, fullPath: path, name: path },
    file: (done: (file: File) => void) => done(file(path)),
  });
  const folderEntry = (path: string, below: unknown[]) => {
    // Readers hand out what there is in parts.
    const parts = [below.slice(0, 1), below.slice(1), []];
    const createReader = () => ({
      readEntries: (done: (some: unknown[]) => void) => done(parts.shift() ?? []),
    });
    return { isFile: false, isDirectory: true, fullPath: path, name: path, createReader };
  };
  const drop = (...entries: unknown[]) =>
    ofDropped(entries.map((entry) => ({ webkitGetAsEntry: () => entry, getAsFile: () => null })) as never);

  it('is read to the end of every folder', async () => {
    const given = await drop(
      folderEntry('/shop', [
        fileEntry('/shop/index.html'),
        folderEntry('/shop/src', [fileEntry('/shop/src/a.js'), fileEntry('/shop/src/b.js')]),
        folderEntry('/shop/node_modules', [fileEntry('/shop/node_modules/x.js')]),
      ]),
    );
    expect(pathsOf(given)).toEqual({ name: 'shop', paths: ['index.html', 'src/a.js', 'src/b.js'] });
  });

  it('keeps paths where several things were dropped at once', async () => {
    const given = await drop(folderEntry('/src', [fileEntry('/src/a.js')]), fileEntry('/index.html'));
    expect(pathsOf(given)).toEqual({ name: 'app', paths: ['index.html', 'src/a.js'] });
  });
});
