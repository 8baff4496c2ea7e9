import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AppError, GitSource } from '@showrunner/contracts';
import type { Sandbox, SandboxProvider } from '@showrunner/sandbox';
import { openHostSandboxes } from '@showrunner/sandbox-testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchSource } from '../fetch-source';
import type { FetchedSource } from '../fetch.types';
import { TestGitServer } from '@showrunner/sandbox/testing/git-server';

let folder: string;
let provider: SandboxProvider;
let sandbox: Sandbox;
let server: TestGitServer;
let commits: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'showrunner-source-'));
  provider = openHostSandboxes(join(folder, 'sandboxes'), { uidDirectory: join(folder, 'uids') });
  const limits = { cpus: 2, memoryBytes: 1024 ** 3, diskBytes: 512 * 1024 ** 2, maxProcesses: 256 };
  sandbox = await provider.create({ id: 'fetch-git', limits, labels: {} });
  server = await TestGitServer.start();
  commits = server.repository('app', [{ 'a.txt': 'one' }, { 'a.txt': 'two', 'web/index.html': 'hi' }], {
    other: { 'b.txt': 'three' },
    'refs/pull/7/head': { 'c.txt': 'four' },
  });
  server.repository('empty', []);
});
afterAll(async () => {
  await provider.destroy('fetch-git');
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const fetch = (
  source: Partial<GitSource>,
  allowed = [server.host],
  timeoutMs = 30_000,
): Promise<FetchedSource> =>
  fetchSource(
    sandbox,
    { kind: 'git', url: server.url('app.git'), ...source },
    { timeoutMs, privateHosts: allowed },
  );
const read = async (path: string): Promise<string> => (await sandbox.readFile(path)).toString();

describe('fetching a Git repository inside a sandbox', () => {
  test('the default branch, one commit deep, and nothing of ours left', async () => {
    expect(await fetch({})).toEqual({ commit: commits[1], files: 2, bytes: 5 });
    expect(await read('/app/a.txt')).toBe('two');
    expect((await sandbox.exec('git rev-list --count HEAD; ls -A /app')).stdout.split('\n')).toEqual([
      '1',
      '.git',
      'a.txt',
      'web',
      '',
    ]);
  });

  test('a branch; what another fetch left is gone', async () => {
    expect(await fetch({ branch: 'other' })).toMatchObject({ commit: commits[2], files: 3 });
    await fetch({});
    await expect(read('/app/b.txt')).rejects.toMatchObject({ code: 'file_not_found' });
  });

  test('a pull request, which is no branch; HEAD is the default branch', async () => {
    expect(await fetch({ branch: 'refs/pull/7/head' })).toMatchObject({ commit: commits[3], files: 3 });
    expect(await read('/app/c.txt')).toBe('four');
    expect(await fetch({ branch: 'HEAD' })).toMatchObject({ commit: commits[1], files: 2 });
  });

  test('a commit in full, in short, and on another branch', async () => {
    expect(await fetch({ commit: commits[0] })).toMatchObject({ commit: commits[0], files: 1 });
    expect(await fetch({ commit: commits[0]?.slice(0, 8) })).toMatchObject({ commit: commits[0] });
    expect(await fetch({ commit: commits[2]?.slice(0, 10) })).toMatchObject({ commit: commits[2] });
  });

  test('a sub-folder that is there', async () => {
    expect(await fetch({ subdir: 'web' })).toMatchObject({ files: 2 });
  });

  test.each<[string, () => Partial<GitSource>, string]>([
    ['an unknown branch', () => ({ branch: 'nope' }), 'source_branch_not_found'],
    ['a pull request that is not there', () => ({ branch: 'refs/pull/8/head' }), 'source_branch_not_found'],
    ['an unknown commit', () => ({ commit: 'f'.repeat(40) }), 'source_commit_not_found'],
    ['a sub-folder that is not there', () => ({ subdir: 'nope' }), 'subdir_not_found'],
    ['a sub-folder outside', () => ({ subdir: '../../etc' }), 'subdir_not_found'],
    ['a repository that is not there', () => ({ url: server.url('nope.git') }), 'source_not_found'],
    [
      'a repository that asks for a sign-in',
      () => ({ url: server.url('plain/app.git') }),
      'source_auth_required',
    ],
    [
      'a redirect to a private address',
      () => ({ url: server.url('elsewhere/app.git') }),
      'source_host_not_allowed',
    ],
    ['a server that fails', () => ({ url: server.url('broken/app.git') }), 'source_unreachable'],
    [
      'a name that nobody knows',
      () => ({ url: 'https://does-not-exist.invalid/a.git' }),
      'source_unreachable',
    ],
    ['an option as address', () => ({ url: '--upload-pack=touch${IFS}/app/owned' }), 'source_url_invalid'],
    ['a program as transport', () => ({ url: 'ext::touch%20/app/owned' }), 'source_scheme_not_allowed'],
    ['a local path', () => ({ url: 'file:///etc' }), 'source_scheme_not_allowed'],
    ['an option as branch', () => ({ branch: '--upload-pack=touch' }), 'source_branch_invalid'],
    ['a repository without a commit', () => ({ url: server.url('empty.git') }), 'source_empty'],
  ])('%s', async (_name, source, code) => {
    await expect(fetch(source())).rejects.toMatchObject({
      code,
      remedy: expect.any(String),
      retryable: false,
    });
    expect((await sandbox.exec('ls /app/owned')).exitCode).not.toBe(0);
  });

  test('a private repository by its token, which stands nowhere afterwards', async () => {
    const url = server.url('private/app.git');
    const options = { timeoutMs: 30_000, privateHosts: [server.host] };
    const token = 'let-me-in-1234';
    const fetched = await fetchSource(sandbox, { kind: 'git', url }, { ...options, token });
    expect(fetched).toMatchObject({ commit: commits[1] });
    const byCommit = { kind: 'git', url, commit: commits[0] } as const;
    expect(await fetchSource(sandbox, byCommit, { ...options, token })).toMatchObject({ commit: commits[0] });
    const base64 = Buffer.from(`x-access-token:${token}`).toString('base64');
    const left = await sandbox.exec(['grep', '-rlE', `${token}|${base64}`, '/app', '/tmp', '/home']);
    expect(left.stdout).toBe('');
    expect((await sandbox.exec('cat /app/.git/config')).stdout).not.toMatch(/extraHeader/i);
  });

  test.each([undefined, 'a-wrong-token', 'user:password'])(
    'a private repository with the token %s is not opened, and the token is not told',
    async (token) => {
      const source = { kind: 'git', url: server.url('private/app.git') } as const;
      const failure = await fetchSource(sandbox, source, {
        ...{ timeoutMs: 30_000, privateHosts: [server.host], token },
      }).catch((error: unknown) => error as AppError);
      expect(failure).toMatchObject({ code: 'source_auth_required' });
      if (token !== undefined) expect(JSON.stringify(failure)).not.toContain(token);
    },
  );

  test('a token goes to the host of the repository and to no other', async () => {
    server.signIns.length = 0;
    const source = { kind: 'git', url: server.url('elsewhere/private/app.git') } as const;
    await expect(
      fetchSource(sandbox, source, {
        timeoutMs: 30_000,
        privateHosts: [server.host],
        token: 'let-me-in-1234',
      }),
    ).rejects.toMatchObject({ code: 'source_host_not_allowed' });
    expect(server.signIns).toEqual([]);
  });

  test('a private host that nobody listed', async () => {
    await expect(fetch({}, [])).rejects.toMatchObject({ code: 'source_host_not_allowed' });
  });

  test('a server that never answers', async () => {
    await expect(fetch({ url: server.url('hanging/app.git') }, [server.host], 2000)).rejects.toMatchObject({
      code: 'source_too_slow',
    });
  });

  test('hooks, filters and links of a repository run nothing and lead nowhere', async () => {
    server.repository('evil', [
      {
        '.gitattributes': '* filter=lfs',
        'a.txt': 'plain',
        '.gitmodules': '[submodule "x"]\n\tpath = x\n\turl = ext::touch /app/owned\n',
      },
    ]);
    await fetch({ url: server.url('evil.git') });
    expect(await read('/app/a.txt')).toBe('plain');
    expect((await sandbox.exec('ls /app/owned; ls /app/.git/hooks')).stdout).toBe('');
  });
});
