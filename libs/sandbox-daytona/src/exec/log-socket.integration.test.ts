import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { followLog } from './log-socket';

let server: WebSocketServer;
beforeEach(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
});
afterEach(() => server.close());

it('reads nothing more while one listener is busy, although another has what was read already and is done', async () => {
  // Three messages in one piece come at once, whatever is paused meanwhile; then as much as fills every buffer on the way.
  const MUCH = 2000;
  server.on('connection', (socket, { socket: wire }) => {
    wire.cork();
    for (const text of ['one', 'two', 'three']) socket.send(text);
    wire.uncork();
    setTimeout(() => {
      for (let sent = 0; sent < MUCH; sent += 1) socket.send(Buffer.alloc(16_384));
      socket.close();
    }, 100);
  });
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  let got = 0;
  const ended = followLog({
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    headers: {},
    previewToken: () => Promise.resolve(''),
    silenceMs: 10_000,
    signal: new AbortController().signal,
    onBytes: () => {
      got += 1;
      return got === 1 ? held : delay(1);
    },
  });
  await delay(600);
  const early = got;
  await delay(300);
  expect([got, early < MUCH]).toEqual([early, true]);
  release();
  expect([await ended, got]).toEqual(['closed', MUCH + 3]);
});
