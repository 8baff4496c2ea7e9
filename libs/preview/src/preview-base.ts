import { previewHost, type PreviewPlace } from './preview-host';

/** Below which address previews are shown, each under a host name of its own. */
export interface PreviewBase {
  /** What browsers speak; behind a proxy with a certificate, HTTPS. */
  protocol: 'http:' | 'https:';
  /** e.g. `apps.example.com` */
  domain: string;
  /** Empty: that of the protocol. */
  port: string;
}

/** Settings of the installation, as `libs/config` checks them: a base URL has a protocol, a name and perhaps a port. */
export interface PreviewSettings {
  PREVIEW_BASE_URL?: string;
  PREVIEW_PORT: number;
}

/** Where the previews of this installation are shown: on this machine's own names unless the settings say otherwise. */
export function previewBase({ PREVIEW_BASE_URL, PREVIEW_PORT }: PreviewSettings): PreviewBase {
  const { protocol, hostname, port } = new URL(
    PREVIEW_BASE_URL ?? `http://preview.localhost:${PREVIEW_PORT}`,
  );
  return { protocol: protocol === 'https:' ? 'https:' : 'http:', domain: hostname, port };
}

/** Where a browser sees a preview, without a slash at the end, e.g. `https://8080--s1.apps.example.com`. */
export const previewUrl = (base: PreviewBase, place: PreviewPlace): string =>
  `${base.protocol}//${previewHost(place, base.domain)}${base.port === '' ? '' : `:${base.port}`}`;

/**
 * Where the agent's own browser sees it, whatever the public address is: that browser reaches nothing but its preview, over a way of its own
 * without TLS, and knows names below `preview.localhost` only.
 */
export const sessionPreviewUrl = (sandboxId: string): string =>
  previewUrl({ protocol: 'http:', domain: 'preview.localhost', port: '4401' }, { sandboxId });
