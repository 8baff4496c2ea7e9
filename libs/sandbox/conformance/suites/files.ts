import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Sandbox } from '../../src/sandbox.types';
import type { FileChange } from '../../src/files/files.types';
import type { ConformanceBench } from '../harness.types';
import { entry, tarOf } from '../../src/testing/tar-of';
import { waitFor } from '../../src/testing/wait-for';

const FOLDER = '/app/files';
/** Names that break what splits at blanks, quotes, lines or options. */
const ODD_NAMES = ['-rf', 'a b', "it's", 'new\nline', '"q" $(id) `id`', 'ünï😀', '*', '\\n', '.hidden'];

export function filesSuite(bench: ConformanceBench): void {
  let sandbox: Sandbox;
  beforeAll(async () => void (sandbox = await bench.shared()));
  beforeEach(async () => {
    await sandbox.files.remove(FOLDER);
    await sandbox.files.makeDirectory(FOLDER);
  });
  const names = async (): Promise<string[]> =>
    (await sandbox.files.list(FOLDER, { depth: 9 })).entries.map(({ path }) => path.slice(FOLDER.length + 1));
  const upload = (tar: Buffer | Readable, options = {}): Promise<void> =>
    sandbox.files.upload(FOLDER, tar instanceof Readable ? tar : Readable.from([tar]), options);

  it('writes and reads any bytes, making parent folders', async () => {
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, at) => at % 256));
    await sandbox.files.write(`${FOLDER}/x/y/bytes`, bytes);
    expect((await sandbox.files.read(`${FOLDER}/x/y/bytes`)).equals(bytes)).toBe(true);
    await sandbox.files.write(`${FOLDER}/x/y/bytes`, 'é');
    expect((await sandbox.readFile(`${FOLDER}/x/y/bytes`)).toString()).toBe('é');
    await sandbox.writeFile(`${FOLDER}/empty`, '');
    expect(await sandbox.files.read(`${FOLDER}/empty`)).toHaveLength(0);
  });

  it('tells kind, bytes, mode, time and target of a file, without following links', async () => {
    await sandbox.files.write(`${FOLDER}/run.sh`, '12345', { mode: 0o750 });
    await sandbox.exec('ln -s ../nowhere link; mkfifo pipe', { cwd: FOLDER });
    const stat = await sandbox.files.stat(`${FOLDER}/run.sh`);
    expect(stat).toMatchObject({ path: `${FOLDER}/run.sh`, kind: 'file', bytes: 5, mode: 0o750 });
    expect(Math.abs(Date.now() - Date.parse(stat?.modifiedAt ?? ''))).toBeLessThan(300_000);
    expect(await sandbox.files.stat(`${FOLDER}/link`)).toMatchObject({ kind: 'link', target: '../nowhere' });
    expect(await sandbox.files.stat(`${FOLDER}/pipe`)).toMatchObject({ kind: 'other' });
    expect(await sandbox.files.stat(`${FOLDER}/`)).toMatchObject({ path: FOLDER, kind: 'directory' });
    expect(await sandbox.files.stat(`${FOLDER}/missing`)).toBeUndefined();
    expect(await sandbox.files.stat(`${FOLDER}/run.sh/below`)).toBeUndefined();
  });

  it('lists names of any kind, sorted, to a depth, within bounds', async () => {
    for (const name of ODD_NAMES) await sandbox.files.write(`${FOLDER}/${name}`, name);
    await sandbox.files.write(`${FOLDER}/deep/deeper/deepest`, '');
    const flat = await sandbox.files.list(FOLDER);
    expect(flat.truncated).toBe(false);
    expect(flat.entries.map(({ path }) => path)).toEqual(
      [...ODD_NAMES, 'deep'].map((name) => `${FOLDER}/${name}`).sort(),
    );
    expect(await names()).toEqual(expect.arrayContaining(['deep/deeper', 'deep/deeper/deepest']));
    for (const name of ODD_NAMES)
      expect((await sandbox.files.read(`${FOLDER}/${name}`)).toString()).toBe(name);
    const some = await sandbox.files.list(FOLDER, { maxEntries: 3 });
    expect(some).toMatchObject({ truncated: true, entries: { length: 3 } });
    expect(await sandbox.files.list(`${FOLDER}/deep/deeper/deepest/..`).catch(() => 'none')).toBe('none');
  });

  it('keeps names that are not UTF-8 usable', async () => {
    await sandbox.exec(String.raw`printf found > "$(printf 'caf\351')"`, { cwd: FOLDER });
    const [file] = (await sandbox.files.list(FOLDER)).entries;
    expect(file).toMatchObject({ bytes: 5, path: `${FOLDER}/caf\uDCE9` });
    const path = file?.path ?? '';
    expect((await sandbox.files.read(path)).toString()).toBe('found');
    expect(await sandbox.files.stat(path)).toMatchObject({ path, kind: 'file' });
    await sandbox.files.write(path, 'other');
    expect((await sandbox.files.read(path)).toString()).toBe('other');
    await sandbox.files.remove(path);
    expect(await names()).toEqual([]);
  });

  it('refuses paths that are relative or hold a NUL byte', async () => {
    for (const path of ['app/x', '', './x', '/app/a\0b', '~', '\uD800']) {
      await expect(sandbox.files.stat(path)).rejects.toMatchObject({ code: 'file_path_invalid' });
      await expect(sandbox.files.write(path, '')).rejects.toMatchObject({ code: 'file_path_invalid' });
      await expect(sandbox.writeFile(path, '')).rejects.toMatchObject({ code: 'file_path_invalid' });
    }
  });

  it('tells what is missing, too large or not writable', async () => {
    await sandbox.files.write(`${FOLDER}/five`, '12345');
    expect(await sandbox.files.read(`${FOLDER}/five`, 5)).toHaveLength(5);
    await expect(sandbox.files.read(`${FOLDER}/five`, 4)).rejects.toMatchObject({ code: 'file_too_large' });
    await expect(sandbox.readFile(`${FOLDER}/five`, 4)).rejects.toMatchObject({ code: 'file_too_large' });
    for (const work of [
      () => sandbox.files.read(`${FOLDER}/missing`),
      () => sandbox.readFile(`${FOLDER}/missing`),
      () => sandbox.files.list(`${FOLDER}/missing`),
      () => sandbox.files.download(`${FOLDER}/missing`),
    ])
      await expect(work()).rejects.toMatchObject({ code: 'file_not_found' });
    for (const work of [
      () => sandbox.files.write(`${FOLDER}/five/below`, ''),
      () => sandbox.files.write('/proc/version', ''),
      () => sandbox.files.makeDirectory(`${FOLDER}/five`),
      () => sandbox.writeFile(`${FOLDER}/five/below`, ''),
    ])
      await expect(work()).rejects.toMatchObject({ code: 'file_not_writable', remedy: expect.any(String) });
  });

  it('removes files, links and folders that forbid it, and nothing twice', async () => {
    await sandbox.exec('mkdir -p tree/shut; echo 1 > tree/shut/file; chmod 500 tree/shut; ln -s tree link', {
      cwd: FOLDER,
    });
    await sandbox.files.remove(`${FOLDER}/link`);
    expect(await names()).toContain('tree/shut/file');
    await sandbox.files.remove(`${FOLDER}/tree`);
    await sandbox.files.remove(`${FOLDER}/tree`);
    expect(await names()).toEqual([]);
  });

  it('unpacks an upload, plain or with gzip, over what is there', async () => {
    await sandbox.files.write(`${FOLDER}/kept`, 'kept');
    await sandbox.files.write(`${FOLDER}/sub/kept`, 'kept');
    await sandbox.files.write(`${FOLDER}/sub/old`, 'old');
    const long = `${'d'.repeat(120)}/${'f'.repeat(200)}`;
    const tar = tarOf(
      entry('./', { type: '5' }),
      entry('./sub/', { type: '5' }),
      entry('./sub/old', { content: 'new' }),
      entry('./run', { content: '#!/bin/sh\necho ran', mode: 0o755 }),
      entry('link', { type: '2', linkName: '/usr/bin/env' }),
      entry('same', { type: '1', linkName: 'run' }),
      entry(long, { content: 'long' }),
      ...ODD_NAMES.map((name) => entry(`odd/${name}`, { content: name })),
    );
    await upload(tar);
    await upload(gzipSync(tar));
    expect(
      (
        await sandbox.exec('cat kept sub/kept sub/old; ./run; ./same; readlink link; cat d*/f* | wc -c', {
          cwd: FOLDER,
        })
      ).stdout,
    ).toBe('keptkeptnewran\nran\n/usr/bin/env\n4\n');
    expect((await sandbox.files.list(`${FOLDER}/odd`)).entries).toHaveLength(ODD_NAMES.length);
    expect(await names()).toHaveLength(10 + ODD_NAMES.length);
  });

  it.each<[string, Parameters<typeof tarOf>, string]>([
    ['a path upwards', [entry('../escaped', { content: 'x' })], 'archive_unsafe_path'],
    ['a path upwards, later', [entry('a/../../escaped', { content: 'x' })], 'archive_unsafe_path'],
    ['an absolute path', [entry('/app/escaped', { content: 'x' })], 'archive_unsafe_path'],
    [
      'a file behind a link',
      [entry('out', { type: '2', linkName: '/app' }), entry('out/escaped', { content: 'x' })],
      'archive_link',
    ],
    [
      'a file in place of a link',
      [entry('out', { type: '2', linkName: '/app/escaped' }), entry('out', { content: 'x' })],
      'archive_link',
    ],
    [
      'a hard link outwards',
      [entry('own', { type: '1', linkName: '../../app/kept' })],
      'archive_unsafe_path',
    ],
    ['a hard link to nothing of it', [entry('own', { type: '1', linkName: 'etc/passwd' })], 'archive_link'],
    ['a device', [entry('null', { type: '3' })], 'archive_special_file'],
    ['a pipe', [entry('pipe', { type: '6' })], 'archive_special_file'],
  ])('refuses %s in an upload, and keeps nothing of it', async (_title, entries, code) => {
    const tar = tarOf(entry('first', { content: '1' }), ...entries);
    await expect(upload(tar)).rejects.toMatchObject({ code, retryable: false });
    expect(await names()).toEqual([]);
    expect(await sandbox.files.stat('/app/escaped')).toBeUndefined();
  });

  it('does not follow links that are there when it unpacks', async () => {
    await sandbox.exec(
      'mkdir target; echo kept > target/file; mkdir up; ln -s ../target up/folder; ln -s ../target/file up/file',
      { cwd: FOLDER },
    );
    const tar = tarOf(entry('folder/file', { content: 'new' }), entry('file', { content: 'new' }));
    await sandbox.files.upload(`${FOLDER}/up`, Readable.from([tar]));
    expect((await sandbox.exec('cat target/file up/folder/file up/file', { cwd: FOLDER })).stdout).toBe(
      'kept\nnewnew',
    );
  });

  it('leaves nothing of an upload that is cut off, too large, given up or no archive', async () => {
    const whole = tarOf(
      ...Array.from({ length: 20 }, (_, at) => entry(`f${at}`, { content: 'x'.repeat(3000) })),
    );
    const refused = async (tar: Buffer | Readable, code: string, options = {}): Promise<void> => {
      await expect(upload(tar, options)).rejects.toMatchObject({ code });
      expect(await names()).toEqual([]);
    };
    await refused(whole.subarray(0, 40_000), 'archive_unreadable');
    await refused(whole.subarray(0, 512 + 3072), 'archive_unreadable'); // at the edge of a file
    await refused(gzipSync(whole).subarray(0, 200), 'archive_unreadable');
    await refused(Buffer.from('no archive'), 'archive_unreadable');
    await refused(Buffer.alloc(0), 'archive_unreadable');
    await refused(whole, 'archive_too_large', { maxBytes: 30_000 });
    await refused(gzipSync(tarOf(entry('zeros', { content: 'x'.repeat(5_000_000) }))), 'archive_too_large', {
      maxBytes: 1_000_000,
    });
    const broken = Readable.from(
      (async function* () {
        yield whole.subarray(0, 30_000);
        throw new TypeError('the line is dead');
      })(),
    );
    await expect(upload(broken)).rejects.toThrow('the line is dead');
    const giveUp = new AbortController();
    const endless = Readable.from(
      (async function* () {
        yield whole.subarray(0, 30_000);
        giveUp.abort();
        await new Promise((resolve) => setTimeout(resolve, 60_000).unref());
      })(),
    );
    await expect(upload(endless, { signal: giveUp.signal })).rejects.toMatchObject({ code: 'exec_aborted' });
    expect(await names()).toEqual([]);
  });

  it('gives a folder as a gzip tar stream that can be uploaded again', async () => {
    await sandbox.exec(
      String.raw`mkdir -p a/b; printf 1 > a/b/file; chmod 755 a/b/file; ln -s b/file a/link; printf 2 > "a/$(printf 'caf\351')"
      head -c 12000000 /dev/urandom > a/random; sha256sum a/random > sum`,
      { cwd: FOLDER },
    );
    await sandbox.files.upload('/app/copy', await sandbox.files.download(FOLDER));
    const compared = await sandbox.exec(
      `sha256sum -c sum && diff -r ${FOLDER} . && readlink a/link && ls -l a/b/file`,
      { cwd: '/app/copy' },
    );
    expect(compared).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/b\/file\n-rwxr-xr-x/) });
    await sandbox.files.remove('/app/copy');
    expect((await sandbox.exec('ls -A /tmp')).stdout).not.toContain('showrunner-download');
  });

  it('ends a download with an error past its bound, and early when nobody reads on', async () => {
    await sandbox.exec('head -c 20000000 /dev/urandom > random', { cwd: FOLDER });
    const bounded = await sandbox.files.download(FOLDER, { maxBytes: 5_000_000 });
    await expect(bounded.toArray()).rejects.toMatchObject({ code: 'file_too_large' });
    const left = await sandbox.files.download(FOLDER);
    for await (const chunk of left) {
      expect((chunk as Buffer).subarray(0, 2).toString('hex')).toBe('1f8b');
      break;
    }
    await waitFor(
      'the parts to be gone',
      async () => !(await sandbox.exec('ls -A /tmp')).stdout.includes('showrunner-download'),
    );
    const small = await sandbox.files.download('/app/files', { maxBytes: 30_000_000 });
    expect(gunzipSync(Buffer.concat((await small.toArray()) as Buffer[])).length).toBeGreaterThan(20_000_000);
  });

  it('reports changes below a folder from the call on, until the signal', async () => {
    await sandbox.files.write(`${FOLDER}/old`, '1');
    await sandbox.files.write(`${FOLDER}/gone`, '1');
    const stop = new AbortController();
    const seen: FileChange[] = [];
    const changes = sandbox.files.watch(FOLDER, { signal: stop.signal, intervalMs: 50 });
    const watching = (async () => {
      for await (const change of changes) seen.push(change);
    })();
    const until = (path: string, change: FileChange['change']) =>
      waitFor(`${path} ${change}`, () =>
        seen.some((one) => one.path === `${FOLDER}/${path}` && one.change === change),
      );
    await waitFor('the first look', async () =>
      (await sandbox.exec('ls -A /tmp')).stdout.includes('showrunner-watch'),
    );
    await sandbox.files.write(`${FOLDER}/sub/new\nline`, '1');
    await until('sub', 'created');
    await until('sub/new\nline', 'created');
    await sandbox.files.write(`${FOLDER}/old`, '2');
    await until('old', 'modified');
    await sandbox.files.remove(`${FOLDER}/gone`);
    await until('gone', 'removed');
    stop.abort();
    await watching;
    expect((await sandbox.exec('ls -A /tmp')).stdout).not.toContain('showrunner-watch');
    const missing = sandbox.files.watch(`${FOLDER}/missing`, { signal: new AbortController().signal });
    await expect(missing[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'file_not_found' });
  });
}
