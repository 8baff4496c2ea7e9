import type { CdpClient } from '../cdp/cdp-client';

/** A request of the page, with what came of it. */
export interface SeenRequest {
  method: string;
  /** Path of the app, or the whole address on another host or port. */
  path: string;
  isOwn: boolean;
  /** `Document`, `XHR`, `Fetch`, ... as DevTools has it. */
  type: string;
  /** Unix ms. */
  sentAt: number;
  endedAt?: number;
  status?: number;
  /** Chromium's name of a failure, e.g. `net::ERR_CONNECTION_REFUSED`. */
  failure?: string;
  /** What was sent along, at most some kilobytes. */
  body: string;
  /** Which line of code asked for it. */
  initiator: string;
  /** It went out while somebody acted. */
  attended: boolean;
}

const MOST = 400;
const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const ASKS = new Set(['Document', 'XHR', 'Fetch']);
/** Addresses that count visitors, report errors or only say that somebody is still there: nothing of an app depends on them. */
const MEASURES =
  /(?:^|[/._-])(?:analytics?|telemetry|beacon|pixel|insights?|metrics?|sentry|envelope|collect|heartbeat|keepalive|ping|presence|vitals|rum|gtm|gtag|tracking|trackers?|hotjar|segment|posthog|plausible|umami|matomo|amplitude|mixpanel|csp-report|socket\.io|sockjs-node|__webpack_hmr|_next\/static|__vite_ping|hot-update)(?:[/._?-]|$)/i;
/** How many bytes of a request's body are looked at. */
export const MAX_BODY = 4096;

/**
 * What the page asks of its server, and what became of it: which of it an action has caused, and what of that was refused. What the page also
 * asks by itself says nothing of an action, nor does what only measures.
 */
export class CausedRequests {
  private readonly requests = new Map<string, SeenRequest>();
  private attended = false;

  /** @param origins of the app: that of the preview first, whose paths stand alone, then those of its other servers */
  constructor(
    private readonly origins: readonly string[],
    private readonly now: () => number = Date.now,
  ) {}

  /** Whether somebody acts from now on. */
  attend(isAttended: boolean): void {
    this.attended = isAttended;
  }

  /** Listens to one attached page; its Network domain has to be enabled. */
  watch(client: CdpClient, sessionId: string): void {
    const own =
      (handler: (id: string, params: Record<string, unknown>) => void) =>
      (params: Record<string, unknown>, from: string | undefined): void => {
        if (from === sessionId) handler(String(params['requestId']), params);
      };
    client.on(
      'Network.requestWillBeSent',
      own((id, params) => this.sent(id, params)),
    );
    client.on(
      'Network.responseReceived',
      own((id, params) => this.answered(id, (params['response'] as { status: number }).status)),
    );
    client.on(
      'Network.loadingFinished',
      own((id) => this.ended(id)),
    );
    client.on(
      'Network.loadingFailed',
      own((id, params) => this.failed(id, String(params['errorText']), params['canceled'] === true)),
    );
  }

  sent(id: string, params: Record<string, unknown>): void {
    const { url, method, postData } = params['request'] as { url: string; method: string; postData?: string };
    const redirected = params['redirectResponse'] as { status: number } | undefined;
    const earlier = this.requests.get(id);
    // A redirect goes on under the same id: the first request has been answered.
    if (earlier && redirected) {
      this.requests.set(`${id} ${this.requests.size}`, {
        ...earlier,
        status: redirected.status,
        endedAt: this.now(),
      });
      this.requests.delete(id);
    }
    if (!/^https?:/.test(url) || !URL.canParse(url)) return;
    const { origin, pathname } = new URL(url);
    this.requests.set(id, {
      method,
      path: origin === this.origins[0] ? pathname : origin + pathname,
      isOwn: this.origins.includes(origin),
      type: String(params['type']),
      sentAt: this.now(),
      body: (postData ?? '').slice(0, MAX_BODY),
      initiator: initiatorOf(params['initiator']),
      attended: this.attended,
    });
    const oldest = this.requests.keys().next();
    if (this.requests.size > MOST && !oldest.done) this.requests.delete(oldest.value);
  }

  answered(id: string, status: number): void {
    const request = this.requests.get(id);
    if (request) request.status = status;
  }

  ended(id: string): void {
    const request = this.requests.get(id);
    if (request) request.endedAt = this.now();
  }

  failed(id: string, errorText: string, canceled: boolean): void {
    const request = this.requests.get(id);
    if (request === undefined) return;
    request.endedAt = this.now();
    // A page that is left, or an answer that nobody wants any more, is no failure. A refused status stays what it was.
    if (!canceled && !/ABORTED/.test(errorText) && request.status === undefined) request.failure = errorText;
  }

  /** Unix ms of the last request to the app's own server that went out while somebody acted, whatever it was for. */
  get lastAskedAt(): number | undefined {
    const asked = [...this.requests.values()].filter(
      (one) => one.isOwn && one.attended && (ASKS.has(one.type) || one.type === 'Ping' || isWrite(one)),
    );
    return asked[asked.length - 1]?.sentAt;
  }

  /** What an action that began at `since` (Unix ms) has made the page ask for. `typed`: texts that tell by what is sent that it was this action. */
  causedSince(since: number, typed: readonly string[] = []): SeenRequest[] {
    const all = [...this.requests.values()];
    const byItself = new Set(all.filter((one) => !one.attended).map(kindOf));
    return all.filter((one) => {
      if (one.sentAt < since || !(ASKS.has(one.type) || WRITES.has(one.method))) return false;
      if (one.type === 'Ping' || MEASURES.test(one.path)) return false;
      const carries = typed.some((text) => text.length >= 2 && carriesText(one.body, text));
      if (carries) return true;
      // Other hosts are out of reach for every app that is filmed: only what carries the user's words is the app's own doing.
      return one.isOwn && !byItself.has(kindOf(one));
    });
  }
}

export const isWrite = ({ method }: Pick<SeenRequest, 'method'>): boolean => WRITES.has(method);

/** Why a request counts as refused, or undefined. */
export const refusalOf = ({ status, failure }: SeenRequest): string | undefined =>
  failure ?? (status !== undefined && status >= 400 ? String(status) : undefined);

const kindOf = ({ method, path, initiator }: SeenRequest): string => `${method} ${path} ${initiator}`;

/** Whether a request's body holds a text, in one of the forms that bodies have. */
export const carriesText = (body: string, text: string): boolean =>
  [
    text,
    encodeURIComponent(text),
    encodeURIComponent(text).replaceAll('%20', '+'),
    JSON.stringify(text).slice(1, -1),
  ].some((form) => body.includes(form));

interface Initiator {
  type: string;
  stack?: { callFrames: { url: string; lineNumber: number; columnNumber: number }[] };
}

/** The line that asked, as far as DevTools tells it. */
function initiatorOf(initiator: unknown): string {
  const { type = '', stack } = (initiator ?? {}) as Partial<Initiator>;
  // Several frames: a common function of all requests tells nothing of who wanted this one.
  const frames = (stack?.callFrames ?? [])
    .slice(0, 4)
    .map((at) => `${at.url}:${at.lineNumber}:${at.columnNumber}`);
  return `${type} ${frames.join(' ')}`;
}
