import type { CdpClient } from '../cdp/cdp-client';

/** Kinds of requests whose answers a page waits for; streams and pings have no end, or nobody waits for it. */
const AWAITED = new Set(['Document', 'Stylesheet', 'Image', 'Font', 'Script', 'XHR', 'Fetch', 'Manifest']);
/** An answer that takes longer than this is not waited for: it may be a poll that is meant to hang. */
const LONGEST_MS = 2000;
/** What has come a moment ago is not shown yet. */
const SHOWN_AFTER_MS = 60;

/** The requests of a page that are under way: as long as there are any, it may still change by itself. */
export class OpenRequests {
  private readonly sentAt = new Map<string, number>();
  private lastEndedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly now: () => number = Date.now) {}

  /** Listens to one attached page; its Network domain has to be enabled. */
  watch(client: CdpClient, sessionId: string): void {
    const own =
      (handler: (requestId: string, type: string) => void) =>
      (params: Record<string, unknown>, from: string | undefined): void => {
        if (from === sessionId) handler(String(params['requestId']), String(params['type']));
      };
    client.on(
      'Network.requestWillBeSent',
      own((requestId, type) => this.sent(requestId, type)),
    );
    client.on(
      'Network.loadingFinished',
      own((requestId) => this.ended(requestId)),
    );
    client.on(
      'Network.loadingFailed',
      own((requestId) => this.ended(requestId)),
    );
  }

  sent(requestId: string, type: string): void {
    if (AWAITED.has(type)) this.sentAt.set(requestId, this.now());
  }

  ended(requestId: string): void {
    if (this.sentAt.delete(requestId)) this.lastEndedAt = this.now();
  }

  /** Whether an answer is awaited, or came so lately that the page has had no time to show it. */
  get isAwaiting(): boolean {
    const now = this.now();
    for (const [requestId, sentAt] of this.sentAt)
      if (now - sentAt > LONGEST_MS) this.sentAt.delete(requestId);
    return this.sentAt.size > 0 || now - this.lastEndedAt < SHOWN_AFTER_MS;
  }
}
