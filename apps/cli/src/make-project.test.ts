import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import type { ApiClient } from '@showrunner/api-client';
import { readGitOptions } from './film-options';
import { createProject, readSshKeyFile, readTokenFile } from './make-project';

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

const KEY = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n-----END OPENSSH PRIVATE KEY-----';

it('the key of an SSH address comes from a file, with the fingerprints of its host', async () => {
  const sent: unknown[] = [];
  const api = {
    POST: (_path: string, { body }: { body: unknown }) => {
      sent.push(body);
      return Promise.resolve({ data: { id: 'p1' }, response: new Response(null, { status: 201 }) });
    },
  } as unknown as ApiClient;
  const source = { kind: 'git', url: 'git@example.org:private.git' } as const;
  const hostKeys = [`SHA256:${'a'.repeat(43)}`];
  const options = readGitOptions({ sshKeyFile: fileWith(`${KEY}\n`), hostKey: hostKeys }, 'git');
  await createProject(api, source, options, undefined);
  expect(sent).toEqual([{ source: { ...source, sshKey: KEY, hostKeys } }]);
});

it.each([
  ['ssh-ed25519 AAAA me', 'public half'],
  ['PuTTY-User-Key-File-3: ssh-ed25519', 'PEM or OpenSSH'],
  ['', 'PEM or OpenSSH'],
])('a file with %j holds no private key', (text, why) => {
  expect(() => readSshKeyFile(fileWith(text))).toThrow(
    expect.objectContaining({ code: 'key_file_unreadable', message: expect.stringContaining(why) }),
  );
  expect(() => readGitOptions({ sshKeyFile: 'x' }, 'folder')).toThrow(/Only a Git repository/);
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
