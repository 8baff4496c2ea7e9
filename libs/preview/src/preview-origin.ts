const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]', '0.0.0.0'];

/** The two names of one app: as the browser knows it, and as the app knows itself. */
export interface OriginPair {
  /** Host header of the preview, e.g. `s1.preview.localhost:4401`. */
  previewHost: string;
  /** What the app is told, e.g. `localhost:5173`. */
  upstreamHost: string;
  /** Default http. */
  upstreamProtocol?: 'http:' | 'https:';
  /** What browsers speak to the preview. Default http. */
  previewProtocol?: 'http:' | 'https:';
  /** How the app knows itself where the provider tells it another name than we do. */
  appHost?: string;
  /** The page that asks, where this is another server of the same app: what the app calls that page, and what the browser does. */
  page?: Pick<OriginPair, 'previewHost' | 'upstreamHost'>;
}

/** The port of a host header. */
export function portOf(host: string): string {
  return /:(\d+)$/.exec(host)?.[1] ?? '80';
}

function isApp(host: string, { upstreamHost, appHost = upstreamHost }: OriginPair): boolean {
  if ([upstreamHost, appHost].some((own) => host.toLowerCase() === own.toLowerCase())) return true;
  // Apps name themselves by any loopback name; the port tells that it is this app.
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return LOOPBACK_NAMES.includes(name) && portOf(host) === portOf(appHost);
}

function swapHost(url: string, belongs: (host: string) => boolean, origin: string): string {
  const match = /^(https?:)?\/\/([^/?#]*)(.*)$/is.exec(url);
  if (match === null || !belongs(match[2] ?? '')) return url;
  return `${origin}${match[3] ?? ''}`;
}

/** Origin and Referer of the preview become those of the app; others stay as they are. */
export function toUpstreamUrl(url: string, pair: OriginPair): string {
  const preview = pair.previewHost.toLowerCase();
  return swapHost(
    url,
    (host) => host.toLowerCase() === preview,
    `${pair.upstreamProtocol ?? 'http:'}//${pair.upstreamHost}`,
  );
}

/** Absolute URLs of the app become those of the preview; relative ones and others stay as they are. */
export function toPreviewUrl(url: string, pair: OriginPair): string {
  const origin = `${pair.previewProtocol ?? 'http:'}//${pair.previewHost}`;
  return swapHost(url, (host) => isApp(host, pair), origin);
}

/**
 * A cookie bound to the app's own name would be refused under the preview's; without Domain it belongs to the preview alone. Of another server of the
 * app, which the app's pages take for one of their own site and the browser does not, it is let through to them all the same.
 */
export function toPreviewCookie(cookie: string, { page }: Pick<OriginPair, 'page'> = {}): string {
  const dropped = page === undefined ? /^\s*domain\s*=/i : /^\s*(?:(?:domain|samesite)\s*=|secure\s*$)/i;
  const kept = cookie.split(';').filter((part, index) => index === 0 || !dropped.test(part));
  return [...kept, ...(page === undefined ? [] : [' SameSite=None', ' Secure'])].join(';');
}
