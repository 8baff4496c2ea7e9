import { describe, expect, it } from '@jest/globals';
import { readRepositoryPage } from './repository-page';

const page = (url: string, more: object) => ({ isPullRequest: false, url, ...more });

describe('the address of a page about a repository', () => {
  it.each([
    ['https://forge.test/octo/app/pull/7', 'refs/pull/7/head'],
    ['https://forge.test/octo/app/pull/7/files#diff-1', 'refs/pull/7/head'],
    ['https://forge.test/octo/app/pulls/12', 'refs/pull/12/head'],
  ])('%s is a pull request', (address, branch) => {
    expect(readRepositoryPage(address)).toEqual(
      page('https://forge.test/octo/app', { branch, isPullRequest: true }),
    );
  });
  it('a merge request, with groups in front of its repository', () => {
    expect(readRepositoryPage('https://git.test/a/b/app/-/merge_requests/3/diffs?view=inline')).toEqual(
      page('https://git.test/a/b/app', { branch: 'refs/merge-requests/3/head', isPullRequest: true }),
    );
  });
  it.each([
    ['https://forge.test/octo/app/tree/main', { branch: 'main' }],
    ['https://forge.test/octo/app/tree/v1.2/apps/my%20web', { branch: 'v1.2', subdir: 'apps/my web' }],
    ['https://forge.test/octo/app/src/branch/main/docs', { branch: 'main', subdir: 'docs' }],
    ['https://forge.test/octo/app/src/main/docs/', { branch: 'main', subdir: 'docs' }],
    ['https://forge.test/octo/app/-/tree/main/web', { branch: 'main', subdir: 'web' }],
    ['https://forge.test/octo/app/commit/0123abc', { commit: '0123abc' }],
  ])('%s', (address, place) => {
    expect(readRepositoryPage(address)).toEqual(page('https://forge.test/octo/app', place));
  });
  it.each([
    'https://forge.test/octo/app',
    'https://forge.test/octo/app.git',
    'https://forge.test/group/sub/app.git',
    'https://forge.test/octo/app/issues/7',
    'https://forge.test/octo/app/pulls',
    'https://forge.test/octo/app/pull/new',
    'https://forge.test/octo/app/commits/main',
    'ssh://forge.test/octo/app/pull/7',
    './octo/app/pull/7',
    'https://[',
  ])('%s is none', (address) => {
    expect(readRepositoryPage(address)).toBeUndefined();
  });
});
