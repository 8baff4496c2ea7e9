import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { repositoryRoot } from '../tooling/paths.mjs';

/** From here on a text of several lines is a program or a document, which belongs into a file of its language. */
const MOST_LINES = 10;

/**
 * Texts that are no program of ours: what a made app, an exported test (parsed and run by the tests of the package) and the look of a demo or
 * of a shared film consist of, and SQL, which the database's client is given.
 */
const ALLOWED = [
  /^libs\/generated-app\/src\//,
  /^libs\/playwright-test\/src\/export\/page-functions\.ts$/,
  /^libs\/deliverables\/src\/demo-style\.ts$/,
  /^apps\/gateway\/src\/watch\/watch-style\.ts$/,
  /^infra\/src\/platform\/migrations\//,
];

/** Lines of the longest text between backticks. Text inside `${}` counts as part of it. */
function longestText(source: string): number {
  let longest = 0;
  for (const [text] of source.matchAll(/`(?:[^`\\]|\\.)*`/gs))
    longest = Math.max(longest, text.split('\n').length - 1);
  return longest;
}

it('programs stand in files of their language, not in the strings of another', () => {
  const sources = execFileSync(
    'git',
    ['ls-files', '-co', '--exclude-standard', 'apps', 'libs', 'workflows', 'infra'],
    {
      cwd: repositoryRoot,
      encoding: 'utf8',
    },
  )
    .split('\n')
    .filter((path) => path.endsWith('.ts') && !/\.test\.ts$|\/testing\/|\/conformance\/|\.d\.ts$/.test(path))
    .filter((path) => !ALLOWED.some((pattern) => pattern.test(path)));
  expect(sources.length).toBeGreaterThan(500);
  const long = sources.filter((path) => {
    // Comments use backticks as quotes.
    const code = readFileSync(join(repositoryRoot, path), 'utf8').replace(/\/\*\*.*?\*\/|^\s*\/\/.*$/gms, '');
    return longestText(code) >= MOST_LINES;
  });
  expect(long).toEqual([]);
});
