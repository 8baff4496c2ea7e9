import { describe, expect, test } from '@jest/globals';
import { AppError } from '@showrunner/contracts';
import fc from 'fast-check';
import { checkBranch, isPrivateHost, parseGitUrl } from './git-url';

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'accepted';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
};

describe('parseGitUrl', () => {
  test.each([
    ['https://github.com/pallets/flask', 'github.com:443'],
    ['https://git.example.org:8443/a/b.git', 'git.example.org:8443'],
    ['http://example.org/a.git', 'example.org:80'],
    ['https://203.0.113.80/a.git', '203.0.113.80:443'],
  ])('takes %s', (url, hostRule) => {
    expect(parseGitUrl(url)).toMatchObject({ hostRule, isPrivate: false });
  });

  test.each([
    ['', 'source_url_invalid'],
    ['--upload-pack=touch /tmp/x', 'source_url_invalid'],
    ['--upload-pack=touch', 'source_url_invalid'],
    ['-u', 'source_url_invalid'],
    ['https://example.org/a b', 'source_url_invalid'],
    ['https://example.org/a\nhttps://b', 'source_url_invalid'],
    ['https://', 'source_url_invalid'],
    ['nonsense', 'source_scheme_not_allowed'],
    ['ext::sh -c touch% /tmp/x', 'source_url_invalid'],
    ['ext::sh', 'source_scheme_not_allowed'],
    ['fd::17', 'source_scheme_not_allowed'],
    ['file:///etc', 'source_scheme_not_allowed'],
    ['/etc', 'source_scheme_not_allowed'],
    ['../x', 'source_scheme_not_allowed'],
    ['git://example.org/a.git', 'source_scheme_not_allowed'],
    ['ssh://git@example.org/a.git', 'source_scheme_not_allowed'],
    ['ftp://example.org/a.git', 'source_scheme_not_allowed'],
    ['https::/example.org', 'source_scheme_not_allowed'],
    ['https://user:secret@example.org/a.git', 'source_credentials_in_url'],
    ['https://token@example.org/a.git', 'source_credentials_in_url'],
    ['http://localhost/a.git', 'source_host_not_allowed'],
    ['http://127.0.0.1:3000/a.git', 'source_host_not_allowed'],
    ['http://2130706433/a.git', 'source_host_not_allowed'],
    ['http://0x7f.1/a.git', 'source_host_not_allowed'],
    ['http://169.254.169.254/latest', 'source_host_not_allowed'],
    ['http://[::1]/a.git', 'source_host_not_allowed'],
    ['http://[::ffff:10.0.0.1]/a.git', 'source_host_not_allowed'],
    ['http://[fd00::1]/a.git', 'source_host_not_allowed'],
    ['http://intranet/a.git', 'source_host_not_allowed'],
    ['http://git.corp/a.git', 'source_host_not_allowed'],
  ])('refuses %j', (url, code) => {
    expect(codeOf(() => parseGitUrl(url))).toBe(code);
  });

  test('takes private hosts that the operator listed, by host or by host and port', () => {
    expect(parseGitUrl('http://127.0.0.1:3000/a.git', ['127.0.0.1:3000'])).toMatchObject({
      isPrivate: true,
      hostRule: '127.0.0.1:3000',
    });
    expect(parseGitUrl('http://git.corp/a.git', ['git.corp'])).toMatchObject({ isPrivate: true });
    expect(codeOf(() => parseGitUrl('http://127.0.0.1:3001/a.git', ['127.0.0.1:3000']))).toBe(
      'source_host_not_allowed',
    );
  });

  test.each([
    ['git@github.com:team/app.git', 'git@github.com:team/app.git', 'github.com:22'],
    [
      'ssh://git@Git.Example.org:2222/team/app.git',
      'ssh://git@git.example.org:2222/team/app.git',
      'git.example.org:2222',
    ],
    ['ssh://example.org:22/~/app.git', 'ssh://git@example.org/~/app.git', 'example.org:22'],
  ])('with a key takes %s', (given, url, hostRule) => {
    expect(parseGitUrl(given, [], true)).toEqual({ url, hostRule, isSsh: true, isPrivate: false });
    expect(codeOf(() => parseGitUrl(given))).toBe('source_scheme_not_allowed');
  });

  test.each([
    ['ssh://git:secret@example.org/a.git', 'source_credentials_in_url'],
    ['ssh://-oProxyCommand=x/a.git', 'source_url_invalid'],
    ['ssh://git@-oProxyCommand=x/a.git', 'source_url_invalid'],
    ['-oProxyCommand=x@example.org:a', 'source_url_invalid'],
    ['git@example.org:-a', 'source_url_invalid'],
    ['git@example.org:/-a b', 'source_url_invalid'],
    ['ssh://git@example.org:99999/a.git', 'source_url_invalid'],
    ['ssh://git@example.org', 'source_url_invalid'],
    ['ssh://git@127.0.0.1:22/a.git', 'source_host_not_allowed'],
    ['git@0x7f.1:a.git', 'source_host_not_allowed'],
    ['git@2130706433:a.git', 'source_host_not_allowed'],
    ['git@[::1]:a.git', 'source_host_not_allowed'],
    ['git@intranet:a.git', 'source_host_not_allowed'],
    ['ext::sh', 'source_scheme_not_allowed'],
    ['file:///etc', 'source_scheme_not_allowed'],
  ])('with a key, too, refuses %j', (url, code) => {
    expect(codeOf(() => parseGitUrl(url, [], true))).toBe(code);
  });

  test('whatever it takes is an http address without credentials that is no option', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl({ withFragments: true }),
          fc.string(),
          fc.webAuthority({ withUserInfo: true, withPort: true }).map((one) => `https://${one}/x`),
        ),
        (text) => {
          if (codeOf(() => parseGitUrl(text)) !== 'accepted') return;
          const { url } = parseGitUrl(text);
          expect(url).toMatch(/^https?:\/\/[^@]+(\/|$)/);
          expect(isPrivateHost(new URL(url).hostname)).toBe(false);
        },
      ),
    );
  });
});

describe('checkBranch', () => {
  test.each(['main', 'feature/login', 'v1.2.3', 'release-2.0'])('takes %s', (branch) => {
    expect(checkBranch(branch)).toBe(branch);
  });
  test.each([
    '',
    '-x',
    '--upload-pack=x',
    '../x',
    'a..b',
    'a b',
    'a\nb',
    'a:b',
    'a^',
    'x.lock',
    '/a',
    'a/',
    'a@{1}',
  ])('refuses %j', (branch) => {
    expect(codeOf(() => checkBranch(branch))).toBe('source_branch_invalid');
  });
});
