import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../..');
const textOf = (name: string): string => readFileSync(join(root, name), 'utf8');

/** Jobs of the files that docs/ci.md offers, by what they do. */
const files = {
  'docs/ci/github-actions.yml': { film: ['jobs', 'film'], comment: ['jobs', 'comment'] },
  'docs/ci/gitlab-ci.yml': { film: ['showrunner film'], comment: ['showrunner comment'] },
};

describe.each(Object.entries(files))('%s', (name, places) => {
  const job = (path: readonly string[]): string =>
    JSON.stringify(
      path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], parse(textOf(name)) as unknown),
    );

  it('films where no token is, and comments where nothing of the source runs', () => {
    expect(job(places.film)).toMatch(/film .*--base .*--out/);
    expect(job(places.film)).not.toMatch(/token\b|secrets\./i);
    expect(job(places.comment)).toMatch(/comment .*--token-file/);
    expect(job(places.comment)).not.toMatch(/ film /);
  });

  it('uses options that there are', () => {
    const program = textOf('apps/cli/src/main.ts');
    const used = [...textOf(name).matchAll(/showrunner -- \w+ .*/g)].flatMap(
      ([line]) => line.match(/--[a-z-]{3,}/g) ?? [],
    );
    expect(used.length).toBeGreaterThan(4);
    for (const option of used) expect(program).toContain(`${option} <`);
  });
});
