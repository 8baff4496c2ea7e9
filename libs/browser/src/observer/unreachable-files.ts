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

const isOwn = (hostname: string): boolean =>
  /^(localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\]|.*\.localhost)$/.test(hostname);

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
    if (origin === this.origin || this.asked.size >= MOST_OPEN) return;
    // On this machine the port tells one server from another.
    this.asked.set(requestId, { host: isOwn(hostname) ? origin : hostname, kind });
  }

  failed(requestId: string, canceled: boolean): void {
    const request = this.asked.get(requestId);
    this.asked.delete(requestId);
    if (request === undefined || canceled) return;
    const kinds = this.missing.get(request.host) ?? new Set<string>();
    if (this.missing.size < MOST_HOSTS || kinds.size > 0)
      this.missing.set(request.host, kinds.add(request.kind));
  }

  /** Other servers of the app itself that its pages asked for data in vain, as addresses: `http://localhost:4000`. */
  get ownAddresses(): string[] {
    return [...this.missing].flatMap(([host, kinds]) =>
      host.includes('://') && kinds.has('data') ? [host] : [],
    );
  }

  /** One sentence that names the hosts and what was missed, with what to do; undefined when nothing was. */
  get note(): string | undefined {
    const own = this.ownAddresses;
    const others = [...this.missing].filter(([host]) => !own.includes(host));
    const told = own.length === 0 ? [] : [unreachableAddresses(own)];
    if (others.length === 0) return told[0];
    const hosts = others
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([host, kinds]) => `${host} (${[...kinds].sort().join(', ')})`);
    const more = hosts.length > MOST_NAMED ? ` and ${hosts.length - MOST_NAMED} more` : '';
    return [
      ...told,
      `The app asks other hosts for files, which the film's browser does not reach: ${hosts.slice(0, MOST_NAMED).join(', ')}${more}. ` +
        'It may look or work differently than usual; keep copies of these files in the app to have them in the film.',
    ].join(' ');
  }
}

/** What to do about servers of the app itself that its pages cannot reach in the preview. */
const unreachableAddresses = (addresses: readonly string[]): string =>
  `The page asks ${addresses.slice(0, MOST_NAMED).join(', ')} for its data, which it cannot reach in the preview: nothing listens there. ` +
  'Have the start command start that server, too, or let that of the page pass these requests on (a proxy).';
