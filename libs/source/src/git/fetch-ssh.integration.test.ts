import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { AppError, GitSource } from '@showrunner/contracts';
import type { Sandbox, SandboxProvider } from '@showrunner/sandbox';
import { TestGitServer } from '@showrunner/sandbox/testing/git-server';
import { TestGitSshServer } from '@showrunner/sandbox/testing/git-ssh-server';
import { openHostSandboxes } from '@showrunner/sandbox-testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchSource } from '../fetch-source';
import type { FetchedSource, FetchOptions } from '../fetch.types';

let folder: string;
let provider: SandboxProvider;
let sandbox: Sandbox;
let repositories: TestGitServer;
let server: TestGitSshServer;
let commits: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'showrunner-source-'));
  provider = openHostSandboxes(join(folder, 'sandboxes'), { uidDirectory: join(folder, 'uids') });
  const limits = { cpus: 2, memoryBytes: 1024 ** 3, diskBytes: 512 * 1024 ** 2, maxProcesses: 256 };
  sandbox = await provider.create({ id: 'fetch-ssh', limits, labels: {} });
  repositories = await TestGitServer.start();
  commits = repositories.repository('app', [{ 'a.txt': 'one' }, { 'a.txt': 'two' }], {
    other: { 'b.txt': 'three' },
  });
  server = await TestGitSshServer.start(repositories.root);
});
beforeEach(() => {
  server.commands.length = 0;
});
afterAll(async () => {
  await provider.destroy('fetch-ssh');
  await server.stop();
  await repositories.stop();
  await rm(folder, { recursive: true, force: true });
});

const fetch = (
  source: Partial<GitSource> = {},
  options: Partial<FetchOptions> = {},
): Promise<FetchedSource> =>
  fetchSource(
    sandbox,
    { kind: 'git', url: server.url('app.git'), hostKeys: [server.fingerprint], ...source },
    { timeoutMs: 30_000, privateHosts: [server.host], sshKey: server.key.private, ...options },
  );
const failureOf = (work: Promise<FetchedSource>): Promise<AppError> =>
  work.then(
    () => Promise.reject(new TypeError('It was fetched.')),
    (error: unknown) => error as AppError,
  );
const bodyOf = (key: string): string => key.split('\n')[2] ?? '';

describe('fetching a private repository over SSH', () => {
  test('the default branch, another one, and a commit', async () => {
    expect(await fetch()).toEqual({ commit: commits[1], files: 1, bytes: 3 });
    expect(await fetch({ branch: 'other' })).toMatchObject({ commit: commits[2], files: 2 });
    expect(await fetch({ commit: commits[0] })).toMatchObject({ commit: commits[0] });
    expect((await sandbox.readFile('/app/a.txt')).toString()).toBe('one');
  });

  test('what changed since another state', async () => {
    await fetch({ branch: 'other' });
    const changes = await sandbox.git.changesSince({
      ...{ url: server.url('app.git'), since: 'main', hostKeys: [server.fingerprint] },
      ...{ sshKey: server.key.private, privateHosts: [server.host] },
    });
    expect(changes).toMatchObject({ forkPoint: commits[1], diff: expect.stringContaining('+three') });
  });

  test('the key stands in no file, argument, variable or setting afterwards', async () => {
    await fetch();
    const left = await sandbox.exec([
      'grep',
      '-rlsF',
      bodyOf(server.key.private),
      '/app',
      '/tmp',
      '/home',
      '/dev/shm',
    ]);
    expect(left.stdout).toBe('');
    expect((await sandbox.exec('cat /app/.git/config')).stdout).not.toMatch(/ssh[CK]|core\.ssh/);
    const seen = await sandbox.exec(
      'cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ | tr "\\0" "\\n"; ls -a ~ /tmp',
    );
    expect(seen.stdout).not.toContain(bodyOf(server.key.private));
    expect(seen.stdout).not.toMatch(/ssh-agent|known_hosts|\.ssh/);
  });

  test('a host whose key nobody named is told by its fingerprint, and nothing is asked of it', async () => {
    const failure = await failureOf(fetch({ hostKeys: undefined }));
    expect(failure).toMatchObject({ code: 'source_host_key_unknown', retryable: false });
    expect(failure.message).toContain(server.fingerprint);
    expect(failure.remedy).toContain('--host-key');
    expect(server.commands).toEqual([]);
  });

  test('a host that shows another key than expected is not spoken to', async () => {
    const expected = `SHA256:${'A'.repeat(43)}`;
    const failure = await failureOf(fetch({ hostKeys: [expected] }));
    expect(failure).toMatchObject({ code: 'source_host_key_changed' });
    expect(failure.message).toContain(server.fingerprint);
    expect(failure.message).toContain(expected);
    expect(server.commands).toEqual([]);
  });

  test('a key that may not read is told without it', async () => {
    const failure = await failureOf(fetch({}, { sshKey: server.otherKey.private }));
    expect(failure).toMatchObject({ code: 'source_auth_required' });
    expect(failure.remedy).toContain('deploy key');
    expect(JSON.stringify(failure)).not.toContain(bodyOf(server.otherKey.private));
  });

  test.each<[string, Partial<GitSource>, Partial<FetchOptions>, string]>([
    ['an SSH address without a key', {}, { sshKey: undefined }, 'source_scheme_not_allowed'],
    [
      'a key that ssh does not read',
      {},
      { sshKey: '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n' },
      'source_ssh_key_invalid',
    ],
    ['an unknown branch', { branch: 'nope' }, {}, 'source_branch_not_found'],
    ['an unknown commit', { commit: 'f'.repeat(40) }, {}, 'source_commit_not_found'],
    ['a private host that nobody listed', {}, { privateHosts: [] }, 'source_host_not_allowed'],
  ])('%s', async (_name, source, options, code) => {
    await expect(fetch(source, options)).rejects.toMatchObject({ code, remedy: expect.any(String) });
  });

  test('a repository that is not there, and a host on which nobody listens', async () => {
    await expect(fetch({ url: server.url('nope.git') })).rejects.toMatchObject({ code: 'source_not_found' });
    const silent = { url: 'ssh://git@127.0.0.1:9/app.git' };
    await expect(fetch(silent, { privateHosts: ['127.0.0.1:9'] })).rejects.toMatchObject({
      code: 'source_unreachable',
      message: expect.stringContaining('the host does not answer'),
    });
  });
});
