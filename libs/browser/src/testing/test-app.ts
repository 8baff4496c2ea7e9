import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';

/** A small app for tests: pages by path, a WebSocket echo, and what it was asked. */
export interface TestApp {
  readonly port: number;
  readonly requests: string[];
  connect: () => Promise<Duplex>;
  close: () => Promise<void>;
}

export type Pages = Record<string, string | ((request: IncomingMessage, response: ServerResponse) => void)>;

export const page = (body: string): string =>
  `<!doctype html><html lang="en"><head><title>Test</title></head><body>${body}</body></html>`;

export const startTestApp = async (pages: Pages): Promise<TestApp> => {
  const requests: string[] = [];
  const server: Server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const found = pages[(request.url ?? '/').replace(/\?.*/, '')];
    if (found === undefined)
      return void response.writeHead(404, { 'content-type': 'text/html' }).end(page('<h1>Not here</h1>'));
    if (typeof found === 'function') return found(request, response);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(found);
  });
  const echo = new WebSocketServer({ server });
  echo.on('connection', (socket) => socket.on('message', (data) => socket.send(`echo ${String(data)}`)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    requests,
    connect: async () => connect(port, '127.0.0.1'),
    close: () =>
      new Promise((resolve) => {
        for (const client of echo.clients) client.terminate();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};
