import type { IncomingMessage } from 'node:http';
import { AppError } from '@showrunner/contracts';
import { linkEnded, verifyPreviewToken, type PreviewClaims } from './preview-token';

/** Of the query on the first visit, and of the cookie after it. The proxy never shows cookies of this beginning to apps. */
export const PREVIEW_TOKEN_NAME = 'showrunner_preview';

export type PreviewAdmission =
  /** Goes on, with the path as the app may see it; connections end with the signal. */
  | { kind: 'open'; path: string; signal?: AbortSignal }
  /** The token moves from the address to a cookie. */
  | { kind: 'enter'; location: string; cookie: string }
  | { kind: 'refused'; status: 401 | 410 };

export interface PreviewAccessOptions {
  key: Buffer;
  /** Asked at each request, and about once a second while connections of the link are open. */
  isRevoked: (linkId: string) => Promise<boolean>;
  /** Browsers speak HTTPS to the previews. */
  secure?: boolean;
  /** How often open connections are looked at. */
  everyMs?: number;
}

interface OpenLink {
  claims: PreviewClaims;
  controller: AbortController;
}

/** Admits visitors of private previews by their links, and ends their connections when a link ends. */
export class PreviewAccess {
  private readonly links = new Map<string, OpenLink>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: PreviewAccessOptions) {}

  async admit(
    request: IncomingMessage,
    preview: Pick<PreviewClaims, 'sandboxId' | 'port'>,
  ): Promise<PreviewAdmission> {
    const { path, token: asked } = takeToken(request.url ?? '/');
    const token = asked ?? cookieOf(request.headers.cookie);
    if (token === undefined) return { kind: 'refused', status: 401 };
    try {
      const claims = verifyPreviewToken(this.options.key, token, preview);
      if (await this.options.isRevoked(claims.linkId)) throw linkEnded('revoked');
      const isPage = ['GET', 'HEAD'].includes(request.method ?? '') && request.headers.upgrade === undefined;
      if (asked !== undefined && isPage)
        return { kind: 'enter', location: path, cookie: this.cookie(token, claims) };
      return { kind: 'open', path, signal: this.signalOf(claims) };
    } catch (error) {
      if (!(error instanceof AppError) || !error.code.startsWith('preview_link_')) throw error;
      return { kind: 'refused', status: error.status === 410 ? 410 : 401 };
    }
  }

  /** Ends what is open of a link, without waiting for the next look. */
  end(linkId: string): void {
    this.links.get(linkId)?.controller.abort();
    this.links.delete(linkId);
  }

  close(): void {
    clearInterval(this.timer);
    for (const linkId of [...this.links.keys()]) this.end(linkId);
  }

  private cookie(token: string, { expiresAt }: PreviewClaims): string {
    const seconds = Math.max(1, Math.ceil((expiresAt.getTime() - Date.now()) / 1000));
    // Without Domain it is sent to the host of this preview alone.
    const site = this.options.secure === true ? 'Secure; SameSite=None; Partitioned' : 'SameSite=Lax';
    return `${PREVIEW_TOKEN_NAME}=${token}; Path=/; Max-Age=${seconds}; HttpOnly; ${site}`;
  }

  private signalOf(claims: PreviewClaims): AbortSignal {
    const known = this.links.get(claims.linkId);
    const link = known ?? { claims, controller: new AbortController() };
    this.links.set(claims.linkId, link);
    this.timer ??= setInterval(() => void this.look(), this.options.everyMs ?? 1000).unref();
    return link.controller.signal;
  }

  private async look(): Promise<void> {
    for (const [linkId, { claims }] of this.links) {
      const over = claims.expiresAt.getTime() <= Date.now();
      // When the answer cannot be had the link ends too: the visitor may come again.
      if (over || (await this.options.isRevoked(linkId).catch(() => true))) this.end(linkId);
    }
    if (this.links.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}

/** The address without our parameter, and its value. */
function takeToken(url: string): { path: string; token: string | undefined } {
  const [path = '/', ...query] = url.replace(/^https?:\/\/[^/?#]*/i, '').split('?');
  const parts = query.join('?').split('&').filter(Boolean);
  const ours = (part: string): boolean => part.startsWith(`${PREVIEW_TOKEN_NAME}=`);
  const token = parts.find(ours)?.slice(PREVIEW_TOKEN_NAME.length + 1);
  const rest = parts.filter((part) => !ours(part)).join('&');
  // One slash: a browser takes "//host" for another site.
  const clean = `/${path.replace(/^[/\\]+/, '')}`;
  if (token === undefined)
    return { path: query.length > 0 ? `${path || '/'}?${query.join('?')}` : path || '/', token };
  return { path: rest === '' ? clean : `${clean}?${rest}`, token };
}

function cookieOf(header: string | undefined): string | undefined {
  const start = `${PREVIEW_TOKEN_NAME}=`;
  return header
    ?.split(';')
    .map((one) => one.trim())
    .find((one) => one.startsWith(start))
    ?.slice(start.length);
}
