import { describe, expect, it } from '@jest/globals';
import { CdpClient } from '../cdp/cdp-client';
import { pageTroubles } from './page-troubles';

/** A browser that tells what it has kept to whoever enables a domain, in the session `page`. */
function telling(kept: Record<string, [string, object][]>): { client: CdpClient; sent: string[] } {
  const sent: string[] = [];
  let receive: (text: string) => void = () => undefined;
  const client = new CdpClient({
    onMessage: (listener) => (receive = listener),
    onClose: () => undefined,
    close: () => undefined,
    send: (text) => {
      const { id, method, sessionId } = JSON.parse(text) as { id: number; method: string; sessionId: string };
      sent.push(method);
      for (const [event, params] of kept[method] ?? [])
        receive(JSON.stringify({ method: event, params, sessionId }));
      receive(JSON.stringify({ id, result: {} }));
    },
  });
  return { client, sent };
}

describe('what went wrong in a page', () => {
  it('is what its program threw and which file did not load, each once', async () => {
    const thrown = {
      exceptionDetails: {
        text: 'Uncaught',
        exception: { description: 'TypeError: n is not a function\n at x' },
      },
    };
    const { client, sent } = telling({
      'Runtime.enable': [
        ['Runtime.exceptionThrown', thrown],
        ['Runtime.exceptionThrown', thrown],
      ],
      'Log.enable': [
        ['Log.entryAdded', { entry: { level: 'warning', text: 'Deprecated' } }],
        [
          'Log.entryAdded',
          { entry: { level: 'error', text: 'Failed to load', url: 'http://a/favicon.ico' } },
        ],
        ['Log.entryAdded', { entry: { level: 'error', text: 'Failed to load', url: 'http://a/main.js' } }],
      ],
    });
    expect(await pageTroubles(client, 'page')).toEqual([
      'Failed to load (/main.js).',
      'Its program failed with “TypeError: n is not a function”.',
    ]);
    expect(sent.slice(-2)).toEqual(['Log.disable', 'Runtime.disable']);
    expect(await pageTroubles(client, 'other')).toHaveLength(2);
  });

  it('is nothing where nothing is told, and of another page', async () => {
    expect(await pageTroubles(telling({}).client, 'page')).toEqual([]);
  });
});
