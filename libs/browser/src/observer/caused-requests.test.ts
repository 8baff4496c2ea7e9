import { describe, expect, it } from '@jest/globals';
import { CausedRequests, refusalOf } from './caused-requests';

const ORIGIN = 'http://s1.preview.localhost:4401';

function ledger() {
  let now = 0;
  let ids = 0;
  const requests = new CausedRequests([ORIGIN], () => now);
  const send = (
    method: string,
    url: string,
    {
      status,
      line = 1,
      body,
      type = 'Fetch',
    }: { status?: number; line?: number; body?: string; type?: string } = {},
  ): void => {
    const id = String((ids += 1));
    requests.sent(id, {
      type,
      request: { url: url.startsWith('/') ? ORIGIN + url : url, method, postData: body },
      initiator: {
        type: 'script',
        stack: { callFrames: [{ url: 'app.js', lineNumber: line, columnNumber: 1 }] },
      },
    });
    if (status === undefined) requests.failed(id, 'net::ERR_CONNECTION_REFUSED', false);
    else {
      requests.answered(id, status);
      requests.ended(id);
    }
  };
  return { requests, send, at: (ms: number) => (now = ms) };
}

describe('requests that an action caused', () => {
  it('are those since it began, with what became of them', () => {
    const { requests, send, at } = ledger();
    send('GET', '/api/items', { status: 200 });
    at(1000);
    requests.attend(true);
    send('POST', '/api/items', { status: 503, line: 2 });
    const caused = requests.causedSince(1000);
    expect(caused.map((one) => `${one.method} ${one.path} ${refusalOf(one)}`)).toEqual([
      'POST /api/items 503',
    ]);
  });

  it('are not what the page also asks by itself, whether or not that fails', () => {
    const { requests, send, at } = ledger();
    for (const ms of [0, 200, 400]) {
      at(ms);
      send('GET', '/status', { status: 404, line: 9 });
    }
    at(1000);
    requests.attend(true);
    send('GET', '/status', { status: 404, line: 9 });
    expect(requests.causedSince(1000)).toEqual([]);
  });

  it('are not what only measures, nor what other hosts are asked, unless the words of the user go there', () => {
    const { requests, send } = ledger();
    requests.attend(true);
    send('POST', '/api/analytics', { status: 404 });
    send('POST', '/_vercel/insights/event', { status: 404, line: 2 });
    send('POST', 'https://stats.example.com/e', { line: 3 });
    send('POST', 'https://api.example.com/notes', { line: 4, body: '{"title":"Plan the launch"}' });
    expect(requests.causedSince(0, ['Plan the launch']).map(({ path }) => path)).toEqual([
      'https://api.example.com/notes',
    ]);
  });
});
