import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands for all inner services of a gateway, on loopback. */
export class InnerServices {
  port = 0;
  /** What was asked last. */
  seen: { method: string; url: string; headers: IncomingHttpHeaders; bytes: number } = {
    ...{ method: '', url: '', headers: {}, bytes: 0 },
  };
  private server: Server | undefined;

  /** @param port 0 takes any */
  async listen(port = 0): Promise<void> {
    this.server = createServer((request, response) => this.answer(request, response));
    this.server.listen(port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const url = request.url ?? '';
    if (url === '/api/runs/cut') {
      response.writeHead(200, { 'content-length': 100 }).write('half');
      setImmediate(() => response.destroy());
      return;
    }
    if (url === '/api/runs/refuse') {
      response.writeHead(413, { 'content-type': 'application/problem+json' }).end('{"code":"too_large"}');
      request.resume();
      return;
    }
    if (url.startsWith('/api/runs/r1/artifacts/')) {
      response.writeHead(206, { 'content-range': 'bytes 0-3/10', etag: '"e"' }).end('0123');
      return;
    }
    let bytes = 0;
    request.on('data', (chunk: Buffer) => (bytes += chunk.length));
    request.on('end', () => {
      this.seen = { method: request.method ?? '', url, headers: request.headers, bytes };
      response
        .writeHead(200, { 'content-type': 'application/json', 'x-showrunner-internal': 'secret' })
        .end('{"ok":true}');
    });
  }
}
