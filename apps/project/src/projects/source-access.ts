import { createPrivateKey } from 'node:crypto';
import { InvalidInputError, type SourceAccess } from '@showrunner/contracts';

/** What an address says about how it is reached. */
interface Address {
  url: string;
  isSsh: boolean;
  hasHostKeys: boolean;
  /** Whether the operator named the host although it is not public. */
  isPrivate: boolean;
}

/**
 * What opens a private repository, as it is sealed with its project: a token for `https://`, a private key for SSH.
 * @throws {InvalidInputError} `source_ssh_key_unfit`, `source_ssh_key_invalid`, `source_token_in_the_clear` (all 422)
 */
export function accessFor(
  { url, isSsh, hasHostKeys, isPrivate }: Address,
  { token, sshKey }: SourceAccess,
): string | undefined {
  if (isSsh ? token !== undefined : sshKey !== undefined || hasHostKeys) throw unfit();
  if (sshKey !== undefined) return readSshKey(sshKey);
  if (token !== undefined && url.startsWith('http:') && !isPrivate) throw tokenInTheClear();
  return token;
}

/** As ssh reads it: with line feeds alone, the last line too. */
function readSshKey(text: string): string {
  const key = `${text.replaceAll('\r\n', '\n').trim()}\n`;
  const body = key.split('\n').filter((line) => !line.startsWith('-----'));
  const isOpenSsh = key.startsWith('-----BEGIN OPENSSH PRIVATE KEY-----');
  if (isOpenSsh) {
    const { magic, cipher } = readOpenSsh(Buffer.from(body.join(''), 'base64'));
    if (magic !== 'openssh-key-v1\0') throw invalid('it is cut or altered');
    if (cipher !== 'none') throw invalid('it is locked by a passphrase');
  } else if (/ENCRYPTED/.test(key)) throw invalid('it is locked by a passphrase');
  else if (!canRead(key)) throw invalid('it is cut or altered');
  return key;
}

/** The beginning of a key of OpenSSH (PROTOCOL.key of its sources): a magic, and the length and name of a cipher. */
function readOpenSsh(bytes: Buffer): { magic: string; cipher: string } {
  const magic = bytes.toString('latin1', 0, 15);
  const length = bytes.length < 19 ? 0 : bytes.readUInt32BE(15);
  return { magic, cipher: bytes.toString('latin1', 19, 19 + Math.min(length, 64)) };
}

function canRead(key: string): boolean {
  try {
    createPrivateKey(key);
    return true;
  } catch {
    return false;
  }
}

const invalid = (why: string): InvalidInputError =>
  new InvalidInputError('source_ssh_key_invalid', `The SSH key cannot be used: ${why}.`, {
    status: 422,
    remedy:
      'Give a private key without passphrase, whole, as ssh-keygen writes it: best a deploy key of the repository (ssh-keygen -t ed25519 -N "").',
  });

const unfit = (): InvalidInputError =>
  new InvalidInputError(
    'source_ssh_key_unfit',
    'An SSH key opens an SSH address, and a token an https:// address.',
    {
      status: 422,
      remedy:
        'Give the SSH address (git@host:team/app.git) with source.sshKey and source.hostKeys, or the https:// address with source.token.',
    },
  );

const tokenInTheClear = (): InvalidInputError =>
  new InvalidInputError(
    'source_token_in_the_clear',
    'A token is not sent over http://: everybody on the way could read it.',
    { status: 422, remedy: 'Give the https:// address of the repository.' },
  );
