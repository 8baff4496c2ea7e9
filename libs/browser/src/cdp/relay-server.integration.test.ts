import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { get } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { startCdpRelay, type CdpRelay } from './relay-server';
import type { PipeMultiplexer } from './pipe-multiplexer';

/** A browser that answers each command with its own text. */
const echo = {
  isClosed: false,
  connect: () => {
    const listeners: ((message: string) => void)[] = [];
    return {
      send: (message: string) => listeners.forEach((listener) => listener(message)),
      onMessage: (listener: (message: string) => void) => listeners.push(listener),
      onClose: () => undefined,
      close: () => undefined,
    };
  },
} as unknown as PipeMultiplexer;

let relay: CdpRelay;
let url: URL;
beforeAll(async () => {
  relay = await startCdpRelay({ multiplexer: () => echo });
  url = new URL(relay.driverUrl);
});
afterAll(() => relay.close());

const statusOf = (path: string, origin?: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${url.host}${path}`, {
      headers: origin === undefined ? {} : { origin },
    });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('open', () => {
      socket.close();
      resolve(101);
    });
    socket.on('error', reject);
  });

describe('the DevTools relay', () => {
  it('answers only who knows the token', async () => {
    expect(await statusOf(`/wrong/devtools/browser/driver`)).toBe(403);
    expect(await statusOf(url.pathname, 'http://evil.example')).toBe(403);
    expect(await statusOf(url.pathname.replace('/driver', '/client'))).toBe(403);
    expect(await statusOf(url.pathname)).toBe(101);
    const httpStatus = await new Promise<number>((resolve) =>
      get(`http://${url.host}/json/version`, (response) => resolve(response.statusCode ?? 0)),
    );
    expect(httpStatus).toBe(403);
  });

  it('fault 1: whoever is refused and breaks off ends nothing but the own connection', async () => {
    for (let n = 0; n < 20; n++) {
      const socket = connect(Number(url.port), '127.0.0.1');
      await once(socket, 'connect');
      socket.write('GET /wrong HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
      socket.resetAndDestroy();
    }
    await delay(50);
    expect(await statusOf(url.pathname)).toBe(101);
  });

  it('passes commands on, and does not let the driver end the browser', async () => {
    const socket = new WebSocket(relay.driverUrl);
    await new Promise((resolve) => socket.once('open', resolve));
    const answer = (message: object): Promise<string> => {
      const answered = new Promise<string>((resolve) =>
        socket.once('message', (data) => resolve(String(data))),
      );
      socket.send(JSON.stringify(message));
      return answered;
    };
    const command = { id: 1, method: 'Page.enable' };
    expect(JSON.parse(await answer(command))).toEqual(command);
    expect(JSON.parse(await answer({ id: 2, method: 'Browser.close' }))).toEqual({ id: 2, result: {} });
    socket.terminate();
  });
});
