import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Sandbox } from '../../src/sandbox.types';
import { TestGitServer } from '../../src/testing/git-server';
import type { ConformanceBench } from '../harness.types';
import { itWithTestHost } from '../it-where';

const REPOSITORY = '/app/repository';
const IDENTITY = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.org',
};

export function gitSuite(bench: ConformanceBench): void {
  let sandbox: Sandbox;
  let server: TestGitServer | undefined;
  beforeAll(async () => {
    sandbox = await bench.shared();
    if (bench.harness.reachesTestHost === true) server = await TestGitServer.start();
  });
  afterAll(() => server?.stop());
  beforeEach(() => sandbox.files.remove(REPOSITORY));

  /** As the app's user would. @returns what it printed */
  async function inside(script: string): Promise<string> {
    const done = await sandbox.exec(`set -e\n${script}`, { cwd: REPOSITORY, env: IDENTITY });
    expect(done).toMatchObject({ exitCode: 0 });
    return done.stdout.trim();
  }
  /** Two commits on main, the first tagged v1, and a branch `other`. */
  async function makeRepository(): Promise<string[]> {
    await sandbox.files.makeDirectory(REPOSITORY);
    const commits = await inside(`git init -q -b main
      printf one > a; git add a; git commit -qm 1; git tag v1; git rev-parse HEAD
      git checkout -q -b other; printf other > b; git add b; git commit -qm o; git rev-parse HEAD
      git checkout -q main; printf two > a; git commit -qam 2; git rev-parse HEAD`);
    return commits.split('\n');
  }
  const read = async (path: string): Promise<string> =>
    (await sandbox.files.read(`${REPOSITORY}/${path}`)).toString();

  itWithTestHost(bench.harness)(
    'clones a branch or a commit, to a depth, and says which commit it is',
    async () => {
      if (server === undefined) throw new TypeError('started before');
      const commits = server.repository('app', [{ a: 'one' }, { a: 'two' }, { a: 'three' }], {
        side: { b: 'x' },
      });
      const url = server.url('app.git');
      const privateHosts = [server.host];
      const clone = (options: object) =>
        sandbox.git.clone({ url, path: REPOSITORY, privateHosts, ...options });
      expect(await clone({})).toEqual({ commit: commits[2] });
      expect(await inside('git rev-list --count HEAD; ls -A .git/hooks 2>/dev/null || true')).toBe('1');
      expect(await clone({ depth: 2 })).toEqual({ commit: commits[2] });
      expect(await inside('git rev-list --count HEAD')).toBe('2');
      expect(await clone({ branch: 'side' })).toEqual({ commit: commits[3] });
      expect(await read('b')).toBe('x');
      expect(await clone({ commit: commits[0] })).toEqual({ commit: commits[0] });
      expect(await sandbox.git.status(REPOSITORY)).toEqual({ branch: null, commit: commits[0], changes: [] });
      await expect(clone({ branch: 'nope' })).rejects.toMatchObject({ code: 'source_branch_not_found' });
      server.repository('bare', []);
      expect(await clone({ url: server.url('bare.git') })).toEqual({ commit: null });
      expect(await sandbox.git.status(REPOSITORY)).toMatchObject({ commit: null, changes: [] });
    },
  );

  it.each([
    ['an option', '--upload-pack=touch /app/owned', 'source_url_invalid'],
    ['a program', 'ext::sh -c touch% /app/owned', 'source_url_invalid'],
    ['a program, escaped', 'ext::touch%20/app/owned', 'source_scheme_not_allowed'],
    ['a folder', 'file:///app', 'source_scheme_not_allowed'],
    ['credentials', 'https://user:secret@example.org/a.git', 'source_credentials_in_url'],
    ['a host that is not public', 'http://127.0.0.1:1/a.git', 'source_host_not_allowed'],
    ['the metadata address', 'http://169.254.169.254/a.git', 'source_host_not_allowed'],
  ])('refuses to clone %s', async (_title, url, code) => {
    await expect(sandbox.git.clone({ url, path: REPOSITORY })).rejects.toMatchObject({ code });
    expect(await sandbox.files.stat('/app/owned')).toBeUndefined();
  });

  it('checks out branches, tags and commits', async () => {
    const [first, other, second] = await makeRepository();
    expect(await sandbox.git.checkout('other', REPOSITORY)).toEqual({ commit: other });
    expect(await sandbox.git.status(REPOSITORY)).toEqual({ branch: 'other', commit: other, changes: [] });
    expect(await sandbox.git.checkout('v1', REPOSITORY)).toEqual({ commit: first });
    expect([await read('a'), (await sandbox.git.status(REPOSITORY)).branch]).toEqual(['one', null]);
    expect(await sandbox.git.checkout(second ?? '', REPOSITORY)).toEqual({ commit: second });
    expect(await sandbox.git.checkout((other ?? '').slice(0, 10), REPOSITORY)).toEqual({ commit: other });
  });

  it('refuses names that are none, and tells of those that nobody knows', async () => {
    await makeRepository();
    for (const ref of ['--orphan=x', '-b', '', 'a..b', 'a b', 'main;id', '@{-1}', 'a\nb', 'x.lock', '/x'])
      await expect(sandbox.git.checkout(ref, REPOSITORY)).rejects.toMatchObject({ code: 'git_ref_invalid' });
    for (const ref of ['nope', 'f'.repeat(40)])
      await expect(sandbox.git.checkout(ref, REPOSITORY)).rejects.toMatchObject({
        code: 'git_ref_not_found',
      });
    await inside('printf changed > a');
    await expect(sandbox.git.checkout('v1', REPOSITORY)).rejects.toMatchObject({ code: 'git_failed' });
    for (const work of [
      () => sandbox.git.status('/tmp'),
      () => sandbox.git.diff('/tmp'),
      () => sandbox.git.checkout('main', '/tmp'),
      () => sandbox.git.status('/nowhere'),
    ])
      await expect(work()).rejects.toMatchObject({ code: 'git_failed' });
  });

  it('tells what changed, whatever the names', async () => {
    await makeRepository();
    await inside(String.raw`seq 50 > long; printf x > gone; git add .; git commit -qm 3
      git mv long 'moved it'; rm gone; printf new > 'ad"ded'; git add 'ad"ded'; printf three > a
      printf x > '-un tracked'; printf x > "$(printf 'new\nline')"; printf x > "$(printf 'caf\351')"`);
    const { branch, changes } = await sandbox.git.status(REPOSITORY);
    expect(branch).toBe('main');
    expect(new Map(changes.map(({ path, change }) => [path, change]))).toEqual(
      new Map(
        Object.entries({
          a: 'modified',
          'ad"ded': 'added',
          gone: 'deleted',
          'moved it': 'renamed',
          '-un tracked': 'untracked',
          'new\nline': 'untracked',
          'caf\uDCE9': 'untracked',
        }),
      ),
    );
    await inside(
      'git reset -q --hard; git clean -qfd; git checkout -q other; printf mine > a; git commit -qam x; ! git merge -q main',
    );
    expect((await sandbox.git.status(REPOSITORY)).changes).toContainEqual({
      path: 'a',
      change: 'conflicted',
    });
  });

  it('shows a bounded diff of the work tree against the commit', async () => {
    await makeRepository();
    expect(await sandbox.git.diff(REPOSITORY)).toEqual({ diff: '', truncated: false });
    await inside('printf three > a; printf staged > c; git add c');
    const { diff, truncated } = await sandbox.git.diff(REPOSITORY);
    expect(truncated).toBe(false);
    expect(diff).toContain('-two\n');
    expect(diff).toContain('+three\n');
    expect(diff).toContain('+staged\n');
    await inside('seq 200000 > a');
    const cut = await sandbox.git.diff(REPOSITORY, 10_000);
    expect([cut.truncated, cut.diff.length]).toEqual([true, 10_000]);
  });

  it('runs nothing that a repository names', async () => {
    await makeRepository();
    await inside(`for hook in post-checkout pre-commit post-index-change fsmonitor; do
        printf '#!/bin/sh\\ntouch /app/owned-hook\\n' > .git/hooks/$hook; chmod +x .git/hooks/$hook; done
      git config core.fsmonitor 'touch /app/owned-monitor'
      git config core.pager 'touch /app/owned-pager'
      git config core.hooksPath .git/hooks
      git config diff.external 'touch /app/owned-diff'
      git config diff.evil.command 'touch /app/owned-command'
      git config diff.evil.textconv 'touch /app/owned-textconv'
      git config 'filter.a=b.clean' 'touch /app/owned-clean; cat'
      git config 'filter.a=b.smudge' 'touch /app/owned-smudge; cat'
      git config filter.p.process 'touch /app/owned-process'
      git config filter.p.required true
      mkdir -p .git/info; printf '* filter=a=b diff=evil\\nb filter=p\\n' > .git/info/attributes
      git config alias.status '!touch /app/owned-alias'
      printf changed > a`);
    expect((await sandbox.git.status(REPOSITORY)).changes).toEqual([{ path: 'a', change: 'modified' }]);
    expect((await sandbox.git.diff(REPOSITORY)).diff).toContain('+changed');
    await inside('printf two > a');
    await sandbox.git.checkout('other', REPOSITORY);
    await sandbox.git.checkout('v1', REPOSITORY);
    expect((await sandbox.exec('ls /app | grep owned')).stdout).toBe('');
    expect(await read('a')).toBe('one');
  });
}
