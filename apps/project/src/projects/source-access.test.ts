import { describe, expect, test } from '@jest/globals';
import { AppError } from '@showrunner/contracts';
import { generateKeyPairSync } from 'node:crypto';
import { accessFor } from './source-access';

const OVER_SSH = { url: 'git@git.example:a/b.git', isSsh: true, hasHostKeys: false, isPrivate: false };
const OVER_HTTPS = { url: 'https://git.example/a/b.git', isSsh: false, hasHostKeys: false, isPrivate: false };

const pem = (options: { cipher?: string; passphrase?: string } = {}): string =>
  generateKeyPairSync('ed25519')
    .privateKey.export({ type: 'pkcs8', format: 'pem', ...options })
    .toString();

/** The beginning of a key as OpenSSH writes it, which says whether it is locked. */
function openSsh(cipher: string, magic = 'openssh-key-v1\0'): string {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(cipher.length);
  const bytes = Buffer.concat([Buffer.from(magic), length, Buffer.from(cipher), Buffer.alloc(120)]);
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${bytes.toString('base64')}\n-----END OPENSSH PRIVATE KEY-----`;
}

const codeOf = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof AppError ? error.code : 'no AppError';
  }
};

describe('what opens a private repository', () => {
  test('keys as ssh reads them: line feeds alone, the last line too', () => {
    const key = pem();
    expect(accessFor(OVER_SSH, { sshKey: key.trim().replaceAll('\n', '\r\n') })).toBe(key);
    expect(accessFor(OVER_SSH, { sshKey: openSsh('none') })).toBe(`${openSsh('none')}\n`);
  });

  test.each([
    ['one with a passphrase', pem({ cipher: 'aes-256-cbc', passphrase: 'x' })],
    ['one of OpenSSH with a passphrase', openSsh('aes256-ctr')],
    ['one of OpenSSH that is none', openSsh('none', 'openssh-key-v9\0')],
    ['one that was cut', pem().replace(/\n.{20}/, '\n')],
    [
      'one of OpenSSH without a body',
      '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----',
    ],
  ])('refuses %s, and does not tell it', (_name, sshKey) => {
    expect(codeOf(() => accessFor(OVER_SSH, { sshKey }))).toBe('source_ssh_key_invalid');
  });

  test('a key for https, a token for SSH, and host keys for https do not go together', () => {
    expect(codeOf(() => accessFor(OVER_HTTPS, { sshKey: pem() }))).toBe('source_ssh_key_unfit');
    expect(codeOf(() => accessFor(OVER_SSH, { sshKey: pem(), token: 'ghp_1' }))).toBe('source_ssh_key_unfit');
    expect(codeOf(() => accessFor({ ...OVER_HTTPS, hasHostKeys: true }, {}))).toBe('source_ssh_key_unfit');
  });

  test('a token goes over https alone, but for hosts that the operator named', () => {
    const inTheClear = { ...OVER_HTTPS, url: 'http://git.example/a.git' };
    expect(accessFor(OVER_HTTPS, { token: 't' })).toBe('t');
    expect(codeOf(() => accessFor(inTheClear, { token: 't' }))).toBe('source_token_in_the_clear');
    expect(accessFor({ ...inTheClear, isPrivate: true }, { token: 't' })).toBe('t');
  });
});
