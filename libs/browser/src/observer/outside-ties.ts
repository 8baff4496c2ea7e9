import type { CdpClient } from '../cdp/cdp-client';

/** What development servers tell their pages by: that a source has changed, and nothing of the app. */
const DEVELOPMENT_PROTOCOL = /^vite-(?:hmr|ping)$/;
const DEVELOPMENT_PATH = /\/(?:_next\/webpack-hmr|__webpack_hmr|sockjs-node)(?:[/?]|$)/;
const THREADS = new Set(['worker', 'shared_worker', 'iframe']);

/**
 * What can change a page although its own clock stands still: sockets, streams, threads, frames of other processes, answers of its server. Without
 * any of them a page changes by its own timers alone.
 */
export class OutsideTies {
  private readonly connections = new Set<string>();
  private readonly threads = new Set<string>();
  private sent = 0;

  /** Listens to one attached page; its Network domain has to be enabled, its threads attached by themselves. */
  watch(client: CdpClient, sessionId: string): void {
    const own = (event: string, handler: (params: Record<string, unknown>) => void): (() => void) =>
      client.on(event, (params, from) => {
        if (from === sessionId) handler(params);
      });
    own('Network.webSocketCreated', ({ requestId, url }) => this.opened(String(requestId), String(url)));
    own('Network.webSocketWillSendHandshakeRequest', ({ requestId, request }) =>
      this.introduced(String(requestId), (request as { headers: Record<string, string> }).headers),
    );
    own('Network.webSocketClosed', ({ requestId }) => this.closed(String(requestId)));
    own('Network.webTransportCreated', ({ transportId, url }) =>
      this.opened(String(transportId), String(url)),
    );
    own('Network.webTransportClosed', ({ transportId }) => this.closed(String(transportId)));
    own('Network.requestWillBeSent', ({ requestId, type, request }) =>
      this.asked(String(requestId), String(type), (request as { url: string }).url),
    );
    own('Network.loadingFinished', ({ requestId }) => this.closed(String(requestId)));
    own('Network.loadingFailed', ({ requestId }) => this.closed(String(requestId)));
    own('Target.attachedToTarget', (params) => {
      const { type, targetId } = params['targetInfo'] as { type: string; targetId: string };
      if (THREADS.has(type)) this.threads.add(targetId);
    });
    own('Target.detachedFromTarget', ({ targetId }) => this.threads.delete(String(targetId)));
    own('Page.frameNavigated', ({ frame }) => {
      if ((frame as { parentId?: string }).parentId === undefined) this.connections.clear();
    });
  }

  opened(id: string, url: string): void {
    if (!DEVELOPMENT_PATH.test(url)) this.connections.add(id);
  }

  /** A socket says in its first request what it is for. */
  introduced(id: string, headers: Readonly<Record<string, string>>): void {
    const protocol = Object.entries(headers).find(
      ([name]) => name.toLowerCase() === 'sec-websocket-protocol',
    );
    if (protocol !== undefined && DEVELOPMENT_PROTOCOL.test(protocol[1])) this.closed(id);
  }

  asked(id: string, type: string, url: string): void {
    this.sent += 1;
    if (type === 'EventSource') this.opened(id, url);
  }

  closed(id: string): void {
    this.connections.delete(id);
  }

  /** Whether there are any, requests under way left aside. */
  get any(): boolean {
    return this.connections.size > 0 || this.threads.size > 0;
  }

  /** How many requests the page has sent so far: whether it asks by itself is seen by whether this grows. */
  get requests(): number {
    return this.sent;
  }
}
