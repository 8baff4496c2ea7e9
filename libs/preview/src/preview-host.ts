const DOMAIN = 'preview.localhost';

/** What a preview's host name stands for. */
export interface PreviewPlace {
  sandboxId: string;
  /** undefined: the port of the sandbox's app. */
  port?: number;
}

/**
 * @param host Host header, e.g. `s1.preview.localhost:4401` or `8080--s1.preview.localhost`
 * @param domain e.g. `preview.localhost`
 * @returns undefined when the name is not one label below the domain. Host names know no case: ids must be lower case.
 */
export function previewPlaceOfHost(host: string, domain = DOMAIN): PreviewPlace | undefined {
  const name = host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
  if (!name.endsWith(`.${domain}`)) return undefined;
  const label = name.slice(0, -domain.length - 1);
  const [, port, sandboxId = ''] = /^(?:(\d{1,5})--)?([a-z0-9_-]+)$/.exec(label) ?? [];
  if (sandboxId === '') return undefined;
  return port === undefined ? { sandboxId } : { sandboxId, port: Number(port) };
}

/** The opposite of `previewPlaceOfHost`, without the port of the listener. */
export const previewHost = ({ sandboxId, port }: PreviewPlace, domain = DOMAIN): string =>
  `${port === undefined ? '' : `${port}--`}${sandboxId}.${domain}`;

/** The sandbox a preview's host name stands for. */
export const sandboxIdOfHost = (host: string, domain = DOMAIN): string | undefined =>
  previewPlaceOfHost(host, domain)?.sandboxId;
