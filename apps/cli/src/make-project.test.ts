import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import type { ApiClient } from '@showrunner/api-client';
import { readGitOptions } from './film-options';
import { createProject, readTokenFile } from './make-project';

const folder = mkdtempSync(join(tmpdir(), 'token-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fileWith = (text: string): string => {
  const file = join(folder, 'token');
  writeFileSync(file, text);
  return file;
};

it('the token of a private repository comes from the first line of a file, and goes with the source alone', async () => {
  const sent: unknown[] = [];
  const api = {
    POST: (_path: string, { body }: { body: unknown }) => {
      sent.push(body);
      return Promise.resolve({ data: { id: 'p1' }, response: new Response(null, { status: 201 }) });
    },
  } as unknown as ApiClient;
  const source = { kind: 'git', url: 'https://example.org/private' } as const;
  const options = readGitOptions({ tokenFile: fileWith('ghp_1234\nmore\n') }, 'git');
  await createProject(api, source, options, undefined);
  expect(sent).toEqual([{ source: { ...source, token: 'ghp_1234' } }]);
});

it.each(['', 'two words', '\n ghp'])('a file with %j is refused', (text) => {
  expect(() => readTokenFile(fileWith(text))).toThrow(
    expect.objectContaining({ code: 'token_file_unreadable', remedy: expect.any(String) }),
  );
});

it('so is a file that is not there, and a token for what is no repository', () => {
  expect(() => readTokenFile(join(folder, 'none'))).toThrow(/cannot be read/);
  expect(() => readGitOptions({ tokenFile: 'x' }, 'folder')).toThrow(/Only a Git repository/);
});
