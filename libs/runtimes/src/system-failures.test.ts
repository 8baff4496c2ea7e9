import { expect, test } from '@jest/globals';
import { notMade } from './system-failures';

test.each<[string, string, boolean, RegExp]>([
  [
    'a mirror that is old',
    'E: Release file for http://deb.debian.org/debian/dists/forky/InRelease is expired (invalid since 24d). Updates',
    false,
    /another mirror with DEBIAN_MIRROR_URL.*--runtime/,
  ],
  ['a network that is not there', 'E: Failed to fetch http://x', true, /reach DEBIAN_MIRROR_URL/],
  ['a tool that is not there', 'spawn mmdebstrap ENOENT', false, /Install mmdebstrap/],
])('a Debian system that is not made says what can be done: %s', (_name, said, retryable, remedy) => {
  expect(notMade({ suite: 'forky', packages: ['rustc'] }, `I: working\n${said}\n`)).toMatchObject({
    ...{ code: 'system_not_made', status: 503, retryable },
    message: expect.stringContaining(said.slice(0, 40)),
    remedy: expect.stringMatching(remedy),
  });
});
