import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Sandbox, SandboxProvider } from '@showrunner/sandbox';
import { openHostSandboxes } from '@showrunner/sandbox-testing';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fetchSource } from '../fetch-source';
import type { FetchedSource, FetchOptions } from '../fetch.types';

let folder: string;
let provider: SandboxProvider;
let sandbox: Sandbox;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'showrunner-archive-'));
  provider = openHostSandboxes(join(folder, 'sandboxes'), { uidDirectory: join(folder, 'uids') });
  const limits = { cpus: 2, memoryBytes: 512 * 1024 ** 2, diskBytes: 256 * 1024 ** 2, maxProcesses: 128 };
  sandbox = await provider.create({ id: 'unpack', limits, labels: {} });
});
afterAll(async () => {
  await provider.destroy('unpack');
  await rm(folder, { recursive: true, force: true });
});

/** An archive made by a few lines of Python that add to `t` (a tar file) or `z` (a zip file). */
function archive(kind: 'tar' | 'zip', lines: string): Buffer {
  const program = `
import io, stat, sys, tarfile, zipfile
out = io.BytesIO()
def entry(name, **fields):
    info = tarfile.TarInfo(name)
    for key, value in fields.items():
        setattr(info, key, value)
    return info
def file(name, data=b'x', **fields):
    t.addfile(entry(name, size=len(data), **fields), io.BytesIO(data))
def zlink(name, to):
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    z.writestr(info, to)
${kind === 'tar' ? "t = tarfile.open(fileobj=out, mode='w:gz')" : "z = zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED)"}
${lines}
${kind === 'tar' ? 't.close()' : 'z.close()'}
sys.stdout.buffer.write(out.getvalue())
`;
  return execFileSync('python3', ['-c', program], { maxBuffer: 1 << 28 });
}

const unpack = (content: Buffer, options: Partial<FetchOptions> = {}): Promise<FetchedSource> =>
  fetchSource(
    sandbox,
    { kind: 'archive', storageKey: 'k', fileName: 'app.tgz', bytes: content.length, sha256: '' },
    { timeoutMs: 60_000, openArchive: () => Promise.resolve(Readable.from([content])), ...options },
  );
const list = async (): Promise<string> =>
  (await sandbox.exec('find /app -mindepth 1 ! -name lost+found | sort')).stdout.trim();

describe('unpacking an upload inside a sandbox', () => {
  test('a tarball: the one folder around everything is left out, modes are plain', async () => {
    const made = archive(
      'tar',
      "file('app-1.0/run.sh', mode=0o4755)\nfile('app-1.0/a/b.txt', b'hello', mode=0o600)",
    );
    expect(await unpack(made)).toEqual({ commit: null, files: 2, bytes: 6 });
    expect((await sandbox.exec("stat -c '%a %n' run.sh a/b.txt")).stdout).toBe('755 run.sh\n644 a/b.txt\n');
  });

  test('a zip with several folders, one for macOS', async () => {
    const made = archive(
      'zip',
      "z.writestr('a/x.txt', 'x')\nz.writestr('b/y.txt', 'y')\nz.writestr('__MACOSX/._x', 'z')\nz.writestr('c\\\\d.txt', 'w')",
    );
    expect(await unpack(made)).toMatchObject({ files: 3 });
    expect(await list()).toBe('/app/a\n/app/a/x.txt\n/app/b\n/app/b/y.txt\n/app/c\n/app/c/d.txt');
  });

  test('links that stay inside are kept', async () => {
    const made = archive(
      'tar',
      "file('p/a.txt')\nt.addfile(entry('p/l', type=tarfile.SYMTYPE, linkname='a.txt'))\nt.addfile(entry('p/h', type=tarfile.LNKTYPE, linkname='p/a.txt'))",
    );
    await unpack(made);
    expect((await sandbox.exec('cat l h; readlink l')).stdout).toBe('xxa.txt\n');
  });

  test('a plain tar and an empty zip', async () => {
    const plain = archive('tar', "file('a')").subarray(0);
    await expect(unpack(plain)).resolves.toMatchObject({ files: 1 });
    await expect(unpack(archive('zip', ''))).rejects.toMatchObject({ code: 'source_empty' });
  });

  test.each<[string, Buffer, string]>([
    ['tar: a path with ..', archive('tar', "file('a/../../x')"), 'archive_unsafe_path'],
    ['tar: an absolute path', archive('tar', "file('/etc/x')"), 'archive_unsafe_path'],
    ['zip: a path with ..', archive('zip', "z.writestr('../x', 'x')"), 'archive_unsafe_path'],
    [
      'zip: a path with .. and backslashes',
      archive('zip', "z.writestr('a\\\\..\\\\..\\\\x', 'x')"),
      'archive_unsafe_path',
    ],
    ['zip: a drive', archive('zip', "z.writestr('C:/x', 'x')"), 'archive_unsafe_path'],
    [
      'tar: a link outside',
      archive('tar', "t.addfile(entry('l', type=tarfile.SYMTYPE, linkname='../../etc/passwd'))"),
      'archive_link',
    ],
    [
      'tar: an absolute link',
      archive('tar', "t.addfile(entry('l', type=tarfile.SYMTYPE, linkname='/etc/passwd'))"),
      'archive_link',
    ],
    [
      'tar: a link that leads out by another link',
      archive(
        'tar',
        "t.addfile(entry('p/d', type=tarfile.SYMTYPE, linkname='..'))\nt.addfile(entry('p/q/x', type=tarfile.SYMTYPE, linkname='../d/../..'))",
      ),
      'archive_link',
    ],
    [
      'tar: a file written through a link',
      archive('tar', "t.addfile(entry('l', type=tarfile.SYMTYPE, linkname='../../tmp'))\nfile('l/x')"),
      'archive_link',
    ],
    [
      'tar: a hard link outside',
      archive('tar', "t.addfile(entry('h', type=tarfile.LNKTYPE, linkname='../../etc/passwd'))"),
      'archive_unsafe_path',
    ],
    [
      'tar: a hard link to nothing',
      archive('tar', "t.addfile(entry('h', type=tarfile.LNKTYPE, linkname='nope'))"),
      'archive_link',
    ],
    ['zip: a link outside', archive('zip', "zlink('l', '../../etc/passwd')"), 'archive_link'],
    ['tar: a device', archive('tar', "t.addfile(entry('d', type=tarfile.CHRTYPE))"), 'archive_special_file'],
    ['tar: a pipe', archive('tar', "t.addfile(entry('d', type=tarfile.FIFOTYPE))"), 'archive_special_file'],
    ['no archive at all', Buffer.from('hello'), 'archive_unreadable'],
    ['nothing', Buffer.alloc(0), 'archive_unreadable'],
    [
      'half a tarball',
      archive('tar', "import os\nfile('a', os.urandom(100000))").subarray(0, 50_000),
      'archive_unreadable',
    ],
    ['half a zip', archive('zip', "z.writestr('a', 'x' * 100)").subarray(0, 60), 'archive_unreadable'],
  ])('%s', async (_name, content, code) => {
    await expect(unpack(content)).rejects.toMatchObject({
      code,
      status: 400,
      remedy: expect.any(String),
    });
    // Nothing of it reached the app's folder.
    expect(await list()).not.toMatch(/^\/app\/(?!\.showrunner)/m);
    expect((await sandbox.exec('ls /tmp/x')).exitCode).not.toBe(0);
  });

  test('a ratio of 1000:1 is refused early, in a tarball and in a zip', async () => {
    const zeros = "zeros = b'\\0' * (200 << 20)";
    for (const made of [
      archive('tar', `${zeros}\nfile('a', zeros)`),
      archive('zip', `${zeros}\nz.writestr('a', zeros)`),
    ]) {
      await expect(unpack(made)).rejects.toMatchObject({ code: 'archive_bomb' });
    }
    const staged = Number((await sandbox.exec('du -sm /app | cut -f1')).stdout);
    expect(staged).toBeLessThan(80);
  });

  test('too many entries, too many bytes, and more than the disk holds', async () => {
    const many = archive('zip', "for i in range(50): z.writestr(str(i), 'x')");
    await expect(unpack(many, { archiveLimits: { maxEntries: 49 } })).rejects.toMatchObject({
      code: 'archive_too_large',
    });
    const wide = archive('tar', "import os\nfile('a', os.urandom(1 << 20))");
    await expect(unpack(wide, { archiveLimits: { maxBytes: 1 << 19 } })).rejects.toMatchObject({
      code: 'archive_too_large',
    });
    const large = archive('tar', 'for i in range(20): file(str(i), bytes(14 << 20))');
    await expect(unpack(large, { archiveLimits: { maxRatio: 1e9 } })).rejects.toMatchObject({
      code: 'archive_too_large',
    });
  });
});
