import { describe, expect, it } from '@jest/globals';
import { explainInstall } from './install-failures';

describe('explainInstall', () => {
  it.each([
    ['workspace_missing', 'npm error Unsupported URL Type "workspace:": workspace:*'],
    ['workspace_missing', ' ERR_PNPM_WORKSPACE_PKG_NOT_FOUND  In : "ui@workspace:*" is in the dependencies'],
    ['workspace_missing', 'Internal Error: app@workspace:.: Workspace not found (ui@workspace:*)'],
    [
      'registry_unreachable',
      'error An unexpected error occurred: "https://registry.yarnpkg.com/x.tgz: ESOCKETTIMEDOUT".',
    ],
    ['registry_unreachable', 'npm error code EAI_AGAIN'],
    ['compiler_missing', 'gyp ERR! find Python'],
    ['compiler_missing', "error: command 'gcc' failed: No such file or directory"],
  ])('knows %s', (code, log) => {
    expect(explainInstall(`before\n${log}\nafter`)).toMatchObject({ code, remedy: expect.any(String) });
  });

  it('leaves other failures to their log', () => {
    expect(explainInstall('npm error 404 Not Found - GET https://registry.npmjs.org/nope')).toBeUndefined();
    expect(explainInstall('')).toBeUndefined();
  });
});
