import { describe, expect, it } from '@jest/globals';
import { OutsideTies } from './outside-ties';

describe('what can change a page from outside', () => {
  it('is a socket as long as it is open, unless it only tells of changed sources', () => {
    const ties = new OutsideTies();
    ties.opened('1', 'ws://s1.preview.localhost:4401/chat');
    ties.introduced('1', { 'Sec-WebSocket-Protocol': 'graphql-ws' });
    expect(ties.any).toBe(true);
    ties.closed('1');
    ties.opened('2', 'ws://s1.preview.localhost:4401/?token=x');
    ties.introduced('2', { 'sec-websocket-protocol': 'vite-hmr' });
    ties.opened('3', 'ws://s1.preview.localhost:4401/_next/webpack-hmr?id=1');
    expect(ties.any).toBe(false);
  });

  it('is a stream of events until it ends; a plain request is one that was sent', () => {
    const ties = new OutsideTies();
    ties.asked('1', 'Fetch', 'http://s1.preview.localhost:4401/api');
    expect([ties.any, ties.requests]).toEqual([false, 1]);
    ties.asked('2', 'EventSource', 'http://s1.preview.localhost:4401/events');
    expect([ties.any, ties.requests]).toEqual([true, 2]);
    ties.closed('2');
    expect(ties.any).toBe(false);
  });
});
