import { createHmac, hkdfSync } from 'node:crypto';
import { equalSecrets } from '../auth/authenticate';

/** What a share link says of itself. Which film it opens, and whether it was revoked, stands in its row. */
export interface ShareClaims {
  shareId: string;
  expiresAt: Date;
}

const MAX_TOKEN_LENGTH = 256;

/**
 * `<id>.<seconds since 1970>.<signature>`: letters, digits, "-", "_" and ".". Signed, so that nobody finds links by trying ids, and what was
 * signed is known to have been a link even when its row is gone.
 * @param secret of the installation, which its services share
 */
export function shareToken(secret: string, { shareId, expiresAt }: ShareClaims): string {
  const body = `${shareId}.${Math.floor(expiresAt.getTime() / 1000)}`;
  return `${body}.${sign(secret, body)}`;
}

/** Undefined for what was not signed by this installation. One that is over is answered all the same. */
export function readShareToken(secret: string, token: string): ShareClaims | undefined {
  if (token.length > MAX_TOKEN_LENGTH) return undefined;
  const [, shareId = '', seconds = '', signature = ''] = /^([\w-]+)\.(\d{1,12})\.([\w-]+)$/.exec(token) ?? [];
  if (!equalSecrets(signature, sign(secret, `${shareId}.${seconds}`))) return undefined;
  return { shareId, expiresAt: new Date(Number(seconds) * 1000) };
}

/** Where the film of a share is watched, and where it is shown within other pages. */
export const sharePaths = (token: string): { path: string; embedPath: string } => ({
  path: `/watch/${token}`,
  embedPath: `/embed/${token}`,
});

function sign(secret: string, body: string): string {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'showrunner share links', 32));
  return createHmac('sha256', key).update(body).digest('base64url');
}
