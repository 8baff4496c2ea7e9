import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { comment } from './comment.command';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'comment-'));
  const base = { ref: 'main', commit: null, failure: null };
  const comparison = {
    runId: 'r1',
    head: { ref: null, commit: null },
    base,
    regressed: false,
    features: [],
    notes: [],
  };
  writeFileSync(path.join(folder, 'comparison.json'), JSON.stringify(comparison));
  writeFileSync(path.join(folder, 'token'), 'abc\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a comment', () => {
  const tokenFile = (): string => path.join(folder, 'token');

  it.each([
    [{}, 'bad_forge'],
    [{ github: 'octo/app#1', gitlab: 'group/app!1' }, 'bad_forge'],
    [{ github: 'octo/app' }, 'bad_forge'],
    [{ github: 'octo/app#1', apiUrl: 'http://forge.example' }, 'bad_forge'],
    [{ github: 'octo/app#1', link: 'javascript:alert(1)' }, 'bad_forge'],
    [{ github: 'octo/app#1', filesAt: 'nowhere' }, 'bad_forge'],
    [{ github: 'octo/app#1', tokenFile: '/does/not/exist' }, 'token_file_unreadable'],
  ])('is refused before anything is sent: %j', async (options, code) => {
    await expect(comment(folder, { tokenFile: tokenFile(), ...options })).rejects.toMatchObject({ code });
  });

  it('needs a comparison', async () => {
    const options = { github: 'octo/app#1', tokenFile: tokenFile() };
    await expect(comment(tmpdir(), options)).rejects.toMatchObject({ code: 'no_comparison' });
  });
});
