import { randomBytes } from 'node:crypto';
import { InvalidInputError, NotFoundError } from '@showrunner/contracts';
import { PREVIEW_TOKEN_NAME } from './preview-access';
import { previewUrl, type PreviewBase } from './preview-base';
import { issuePreviewToken, linkEnded, verifyPreviewToken, type PreviewClaims } from './preview-token';

export interface PreviewLinkRecord extends PreviewClaims {
  createdAt: Date;
  revokedAt: Date | null;
}

/** Where links are kept, so that they can be listed and revoked; the database in the product. */
export interface PreviewLinkStore {
  create(link: PreviewClaims): Promise<PreviewLinkRecord>;
  find(linkId: string): Promise<PreviewLinkRecord | null>;
  /** True when this call revoked it. */
  revoke(linkId: string): Promise<boolean>;
}

export interface PreviewLinksOptions {
  /** See `previewKey`. */
  key: Buffer;
  store: PreviewLinkStore;
  /** Where browsers reach the previews. */
  base: PreviewBase;
}

export interface IssuedPreviewLink extends PreviewClaims {
  /** Opens the preview and keeps it open for this browser until the link ends. */
  url: string;
  token: string;
  createdAt: Date;
}

const MAX_SECONDS = 24 * 60 * 60;

/** Links that open one port of one sandbox to whoever holds them, for a time, until they are revoked. The same for every provider. */
export class PreviewLinks {
  constructor(private readonly options: PreviewLinksOptions) {}

  /** @throws InvalidInputError `port_invalid`, `preview_time_invalid` */
  async issue(link: {
    sandboxId: string;
    port: number;
    expiresInSeconds: number;
  }): Promise<IssuedPreviewLink> {
    const { sandboxId, port, expiresInSeconds } = link;
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new InvalidInputError('port_invalid', `${port} is not a TCP port.`);
    if (!(expiresInSeconds >= 1 && expiresInSeconds <= MAX_SECONDS))
      throw new InvalidInputError('preview_time_invalid', 'A preview link lives for 1 second to 24 hours.');
    const claims: PreviewClaims = {
      linkId: `pl-${randomBytes(12).toString('hex')}`,
      sandboxId,
      port,
      // Whole seconds, as in the token.
      expiresAt: new Date(Math.ceil(Date.now() / 1000 + expiresInSeconds) * 1000),
    };
    const { createdAt } = await this.options.store.create(claims);
    const token = issuePreviewToken(this.options.key, claims);
    const url = previewUrl(this.options.base, { sandboxId, port });
    return { ...claims, createdAt, token, url: `${url}/?${PREVIEW_TOKEN_NAME}=${token}` };
  }

  /** @throws AppError `preview_link_invalid`, `preview_link_expired`, `preview_link_revoked` */
  async verify(token: string, expected: Pick<PreviewClaims, 'sandboxId' | 'port'>): Promise<PreviewClaims> {
    const claims = verifyPreviewToken(this.options.key, token, expected);
    if (await this.isRevoked(claims.linkId)) throw linkEnded('revoked');
    return claims;
  }

  /** A link that nobody knows counts as revoked. */
  async isRevoked(linkId: string): Promise<boolean> {
    const link = await this.options.store.find(linkId);
    return link === null || link.revokedAt !== null;
  }

  /** Ends it for all who hold it, open connections included; nothing when it is revoked. @throws NotFoundError */
  async revoke(linkId: string): Promise<void> {
    if (await this.options.store.revoke(linkId)) return;
    if ((await this.options.store.find(linkId)) === null) throw new NotFoundError('preview link', linkId);
  }
}
