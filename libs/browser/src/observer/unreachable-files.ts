import type { CdpClient } from '../cdp/cdp-client';

/** Kinds of requests without which a page looks or works differently, as people call them. */
const KINDS: Readonly<Record<string, string>> = {
  Stylesheet: 'styles',
  Script: 'scripts',
  Font: 'fonts',
  Image: 'pictures',
  Media: 'media',
  Fetch: 'data',
  XHR: 'data',
};
const MOST_HOSTS = 50;
const MOST_NAMED = 6;
const MOST_OPEN = 2000;

/** Remembers what a page asked of other hosts and did not get: the session's browser reaches its own app alone. */
export class UnreachableFiles {
  private readonly asked = new Map<string, { host: string; kind: string }>();
  private readonly missing = new Map<string, Set<string>>();

  constructor(private readonly origin: string) {}

  /** Listens to one attached page; its Network domain has to be enabled. */
  watch(client: CdpClient, sessionId: string): void {
    const own =
      (handler: (params: Record<string, unknown>) => void) =>
      (params: Record<string, unknown>, from: string | undefined): void => {
        if (from === sessionId) handler(params);
      };
    client.on(
      'Network.requestWillBeSent',
      own(({ requestId, type, request }) =>
        this.sent(String(requestId), String(type), (request as { url: string }).url),
      ),
    );
    client.on(
      'Network.loadingFailed',
      own(({ requestId, canceled }) => this.failed(String(requestId), canceled === true)),
    );
    client.on(
      'Network.loadingFinished',
      own(({ requestId }) => void this.asked.delete(String(requestId))),
    );
  }

  sent(requestId: string, type: string, url: string): void {
    const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
    if (kind === undefined || !/^https?:/.test(url) || !URL.canParse(url)) return;
    const { origin, hostname } = new URL(url);
    if (origin !== this.origin && this.asked.size < MOST_OPEN)
      this.asked.set(requestId, { host: hostname, kind });
  }

  failed(requestId: string, canceled: boolean): void {
    const request = this.asked.get(requestId);
    this.asked.delete(requestId);
    if (request === undefined || canceled) return;
    const kinds = this.missing.get(request.host) ?? new Set<string>();
    if (this.missing.size < MOST_HOSTS || kinds.size > 0)
      this.missing.set(request.host, kinds.add(request.kind));
  }

  /** One sentence that names the hosts and what was missed, with what to do; undefined when nothing was. */
  get note(): string | undefined {
    if (this.missing.size === 0) return undefined;
    const hosts = [...this.missing]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([host, kinds]) => `${host} (${[...kinds].sort().join(', ')})`);
    const more = hosts.length > MOST_NAMED ? ` and ${hosts.length - MOST_NAMED} more` : '';
    return (
      `The app asks other hosts for files, which the film's browser does not reach: ${hosts.slice(0, MOST_NAMED).join(', ')}${more}. ` +
      'It may look or work differently than usual; keep copies of these files in the app to have them in the film.'
    );
  }
}
