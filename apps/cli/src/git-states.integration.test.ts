import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { folderStates } from './git-states';

let folder: string;
const git = (...args: string[]): void => {
  const author = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b.test' };
  const committer = { GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b.test' };
  const env = { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', ...author, ...committer };
  execFileSync('git', args, { cwd: folder, env });
};
const write = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'states-'));
  mkdirSync(path.join(folder, 'web'));
  git('init', '--quiet', '--initial-branch=main');
  write('web/index.html', '<button>Archive all</button>\n');
  git('add', '-A');
  git('commit', '--quiet', '-m', 'First');
  git('checkout', '--quiet', '-b', 'feature');
  write('web/index.html', '<button>Store away</button>\n');
  git('commit', '--quiet', '-am', 'Rename archive');
  git('checkout', '--quiet', 'main');
  write('later.txt', 'done at base since then\n');
  git('add', '-A');
  git('commit', '--quiet', '-m', 'Later');
  git('checkout', '--quiet', 'feature');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('packs the state where both parted, and tells what lies between', async () => {
  const { base, head, changes } = await folderStates(path.join(folder, 'web'), 'main', 'feature');
  expect(changes).toEqual({
    ...{ files: ['index.html'], added: ['button', 'store', 'away'], removed: ['button', 'archive', 'all'] },
    messages: ['Rename archive'],
  });
  expect(base.toString('latin1')).toContain('Archive all');
  expect(base.toString('latin1')).not.toContain('later.txt');
  expect(head?.toString('latin1')).toContain('Store away');
});

it('takes the folder as it lies there, with what is not committed yet, and runs nothing that it configures', async () => {
  write('web/index.html', '<button>Uncommitted</button>\n');
  write('.gitattributes', '*.html diff=evil\n');
  const owned = path.join(folder, 'owned');
  git('config', 'diff.evil.textconv', `touch ${owned};cat`);
  git('config', 'diff.evil.command', `touch ${owned}`);
  git('config', 'core.fsmonitor', `touch ${owned}`);
  const { head, changes } = await folderStates(folder, 'main');
  expect(head).toBeUndefined();
  expect(changes.added).toContain('uncommitted');
  expect(existsSync(owned)).toBe(false);
});

it('says what is wrong with a state or a folder', async () => {
  for (const ref of ['nope', '--output=x', ''])
    await expect(folderStates(folder, ref)).rejects.toMatchObject({ code: 'source_branch_not_found' });
  mkdirSync(path.join(folder, 'fresh'));
  await expect(folderStates(path.join(folder, 'fresh'), 'main')).rejects.toMatchObject({
    code: 'subdir_not_found',
  });
  await expect(folderStates(tmpdir(), 'main')).rejects.toMatchObject({ code: 'comparison_needs_git' });
});
