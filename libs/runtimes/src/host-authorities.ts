import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const BUNDLE = '/etc/ssl/certs/ca-certificates.crt';

/** Certificates (PEM) that this host trusts, as Debian has them; none where it has no such file. */
export function trustedAuthorities(bundle = BUNDLE): string[] {
  try {
    const text = readFileSync(bundle, 'utf8');
    return text.match(/-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n/g) ?? [];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

export async function writeAuthorities(folder: string, authorities: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  for (const [at, text] of authorities.entries()) await writeFile(join(folder, `host-${at}.crt`), text);
}

/**
 * A hook of mmdebstrap: what this host trusts and Debian does not (the authority of a company's own proxy), the system trusts, too.
 * @param folder with the certificates, a path of ours
 */
export const trustHook = (folder: string): string =>
  [
    'mkdir -p "$1/usr/local/share/ca-certificates"',
    `for file in ${folder}/*.crt; do [ -e "$file" ] || continue`,
    'grep -qxF "$(sed -n 4p "$file")" "$1/etc/ssl/certs/ca-certificates.crt" || cp "$file" "$1/usr/local/share/ca-certificates/"',
    'done',
    'chroot "$1" update-ca-certificates',
  ].join('\n');
