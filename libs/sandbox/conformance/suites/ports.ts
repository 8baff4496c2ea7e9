import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { PortRoute, Sandbox } from '../../src/sandbox.types';
import type { ConformanceBench } from '../harness.types';
import { waitFor } from '../../src/testing/wait-for';

const PORT = 8317;
const SERVER = `
import http.server, socketserver
class Handler(http.server.BaseHTTPRequestHandler):
  protocol_version = 'HTTP/1.1'
  def do_POST(self):
    body = self.rfile.read(int(self.headers['content-length']))
    self.send_response(200); self.send_header('content-length', str(len(body))); self.send_header('x-path', self.path); self.end_headers()
    self.wfile.write(body)
  def log_message(self, *a): pass
class Server(socketserver.ThreadingMixIn, http.server.HTTPServer): daemon_threads = True
Server(('127.0.0.1', ${PORT}), Handler).serve_forever()`;

export function portsSuite(bench: ConformanceBench): void {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await bench.shared();
    await sandbox.files.write('/app/server.py', SERVER);
    await sandbox.startProcess('echo-server', 'exec python3 /app/server.py');
    await waitFor('the server', async () =>
      (await sandbox.listeningPorts()).some(({ port }) => port === PORT),
    );
  });
  afterAll(() => sandbox.killProcess('echo-server'));

  it('tells which ports listen, and on which address', async () => {
    expect(await sandbox.listeningPorts()).toContainEqual({ port: PORT, address: '127.0.0.1' });
    expect((await sandbox.listeningPorts()).map(({ port }) => port)).not.toContain(PORT + 1);
  });

  it('leads to a port that listens on loopback alone, for large bodies and several requests at once', async () => {
    const route = await sandbox.route(PORT);
    const body = Buffer.alloc(3_000_000, 'abc');
    const replies = await Promise.all(['/a', '/b?c=%20', '/d'].map((path) => ask(route, path, body)));
    expect(replies.map(({ path }) => path)).toEqual(['/a', '/b?c=%20', '/d']);
    for (const reply of replies) expect(reply.body.equals(body)).toBe(true);
  });

  it('connects to a port as a raw stream, or says that it cannot', async () => {
    if (!bench.provider().capabilities.rawConnect) {
      await expect(sandbox.connect(PORT)).rejects.toMatchObject({ code: 'sandbox_capability_missing' });
      return;
    }
    const stream = await sandbox.connect(PORT);
    stream.write('POST /raw HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok');
    const parts: Buffer[] = [];
    stream.on('data', (part: Buffer) => parts.push(part));
    await once(stream, 'end');
    stream.destroy();
    expect(Buffer.concat(parts).toString()).toMatch(/^HTTP\/1\.1 200[^]*x-path: \/raw[^]*ok$/);
    await expect(sandbox.connect(PORT + 1)).rejects.toMatchObject({ code: 'port_refused', retryable: true });
    for (const port of [0, 65_536, 1.5, -1])
      await expect(sandbox.connect(port)).rejects.toMatchObject({ code: 'port_invalid' });
  });
}

/** One request by a route, as the preview proxy makes it. */
async function ask(route: PortRoute, path: string, body: Buffer): Promise<{ path: unknown; body: Buffer }> {
  const headers = { 'content-length': body.length };
  const options = { method: 'POST', path };
  const origin = route.kind === 'origin' ? route.url : undefined;
  const stream = route.kind === 'stream' ? await route.connect() : undefined;
  const send = origin?.protocol === 'https:' ? httpsRequest : httpRequest;
  const request =
    route.kind === 'origin'
      ? send(route.url, { ...options, headers: { ...headers, ...route.headers } })
      : send({
          ...options,
          headers: { ...headers, host: `localhost:${PORT}` },
          createConnection: () => stream as never,
        });
  request.end(body);
  const [reply] = (await once(request, 'response')) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of reply) parts.push(part as Buffer);
  stream?.destroy();
  return { path: reply.headers['x-path'], body: Buffer.concat(parts) };
}
