import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { tellStillWorking } from '@showrunner/service';
import express from 'express';
import type { ErrorRequestHandler } from 'express';
import { Forwarder } from './forwarder';

const SILENCE_MS = 400;
const EVERY_MS = 100;
const servers: Server[] = [];
let url: string;

async function listening(app: express.Express): Promise<string> {
  const server = createServer(app).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  const service = express();
  service.post('/works', async (_request, response) => {
    tellStillWorking(response, EVERY_MS);
    await delay(3 * SILENCE_MS);
    response.json({ done: true });
  });
  service.post('/silent', () => undefined);
  service.post('/freezes', (_request, response) => {
    response.writeProcessing();
  });
  service.post('/streams', async (_request, response) => {
    for (let part = 0; part < 6; part += 1) {
      response.write(String(part));
      await delay(SILENCE_MS / 2);
    }
    response.end();
  });
  const target = new URL(await listening(service));
  const forwarder = new Forwarder({ internalToken: 'token', silenceMs: SILENCE_MS });
  const gateway = express();
  gateway.use((request, response, next) => void forwarder.forward(request, response, target).catch(next));
  const asProblem: ErrorRequestHandler = (
    error: { status: number; code: string },
    _request,
    response,
    _next,
  ) => void response.status(error.status).json({ code: error.code });
  gateway.use(asProblem);
  url = await listening(gateway);
});
afterAll(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

const ask = async (path: string): Promise<[number, string]> => {
  const response = await fetch(`${url}${path}`, { method: 'POST' });
  return [response.status, await response.text()];
};

it('waits for a service for as long as it says that it is at work, and for an answer for as long as it comes', async () => {
  expect(await ask('/works')).toEqual([200, '{"done":true}']);
  expect(await ask('/streams')).toEqual([200, '012345']);
});

it.each(['/silent', '/freezes'])('gives a service up that falls silent: %s', async (path) => {
  const begun = Date.now();
  expect(await ask(path)).toEqual([504, '{"code":"gateway_timeout"}']);
  expect(Date.now() - begun).toBeGreaterThanOrEqual(SILENCE_MS - 50);
});

it('tells whoever asks a service directly nothing but the answer', async () => {
  const direct = express();
  direct.post('/works', async (_request, response) => {
    tellStillWorking(response, 10);
    await delay(100);
    response.json({ done: true });
  });
  const { connect } = await import('node:net');
  const socket = connect(Number(new URL(await listening(direct)).port), '127.0.0.1');
  socket.write('POST /works HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  expect(text).toMatch(/^HTTP\/1\.1 200 OK/);
});
