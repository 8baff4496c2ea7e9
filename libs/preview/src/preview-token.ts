import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { AppError } from '@showrunner/contracts';

/** What a preview link opens. */
export interface PreviewClaims {
  /** By which it is revoked. */
  linkId: string;
  sandboxId: string;
  port: number;
  expiresAt: Date;
}

const VERSION = 'p1';

/** Key for the links of an installation, from a secret that its services share. */
export const previewKey = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', 'showrunner preview links', 32));

/** A token that opens one port of one sandbox until its time; letters, digits, "-", "_" and ".". */
export function issuePreviewToken(
  key: Buffer,
  { linkId, sandboxId, port, expiresAt }: PreviewClaims,
): string {
  const facts = JSON.stringify([linkId, sandboxId, port, Math.floor(expiresAt.getTime() / 1000)]);
  const body = `${VERSION}.${Buffer.from(facts).toString('base64url')}`;
  return `${body}.${sign(key, body)}`;
}

/**
 * @param expected where the token was presented: a token of another sandbox or port opens nothing
 * @throws AppError `preview_link_invalid` (401), `preview_link_expired` (410); whether it was revoked is not known here
 */
export function verifyPreviewToken(
  key: Buffer,
  token: string,
  expected: Pick<PreviewClaims, 'sandboxId' | 'port'>,
  now = new Date(),
): PreviewClaims {
  const claims = token.length > 1024 ? undefined : readToken(key, token);
  if (claims === undefined || claims.sandboxId !== expected.sandboxId || claims.port !== expected.port)
    throw new AppError('preview_link_invalid', 'This preview link is not valid here.', {
      status: 401,
      remedy: 'Ask whoever sent it for a new one.',
    });
  if (claims.expiresAt <= now) throw linkEnded('expired');
  return claims;
}

export const linkEnded = (how: 'expired' | 'revoked'): AppError =>
  new AppError(
    how === 'expired' ? 'preview_link_expired' : 'preview_link_revoked',
    `This preview link has ${how === 'expired' ? 'expired' : 'been revoked'}.`,
    {
      status: 410,
      remedy: 'Ask whoever sent it for a new one.',
    },
  );

function readToken(key: Buffer, token: string): PreviewClaims | undefined {
  const [version, facts = '', signature = '', ...more] = token.split('.');
  const expected = Buffer.from(sign(key, `${version}.${facts}`));
  const given = Buffer.from(signature);
  if (version !== VERSION || more.length > 0) return undefined;
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  // Signed by us, so it is what we wrote.
  const [linkId, sandboxId, port, expires] = JSON.parse(Buffer.from(facts, 'base64url').toString()) as [
    string,
    string,
    number,
    number,
  ];
  return { linkId, sandboxId, port, expiresAt: new Date(expires * 1000) };
}

const sign = (key: Buffer, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url');
