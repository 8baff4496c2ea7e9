import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { LoopbackBox } from './loopback-box';
import { refuseUpgrade } from './log-streams';

const HEADER = 'x-daytona-preview-token';
const LOGIN = 'https://daytona.invalid/login';

/** A listener for each port of a box that somebody asked the URL of; stands for `https://<port>-<id>.<proxy>`. */
export class PreviewDoors {
  private readonly doors = new Map<string, Promise<Server>>();

  async url(box: LoopbackBox, port: number): Promise<string> {
    const key = `${box.id}:${port}`;
    const opening = this.doors.get(key) ?? open(box, port);
    this.doors.set(key, opening);
    return `http://127.0.0.1:${((await opening).address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const opening of this.doors.values()) {
      const server = await opening;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }
}

async function open(box: LoopbackBox, port: number): Promise<Server> {
  // Once alone: connections of a local sandbox start its shim, and several at once would start several.
  (await connect(box, port))?.destroy();
  const server = createServer((request, response) => {
    if (!isAllowed(box, request)) return void response.writeHead(307, { location: LOGIN }).end();
    void connect(box, port).then((stream) => {
      if (stream === undefined) return void response.writeHead(502).end('no app');
      const { method, url: path } = request;
      const onward = httpRequest({
        createConnection: () => stream,
        method,
        path,
        headers: stripped(request),
      });
      onward.on('response', (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.destroy());
      request.pipe(onward);
    });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => undefined);
    if (!isAllowed(box, request))
      return refuseUpgrade(socket, '307 Temporary Redirect', [`Location: ${LOGIN}`]);
    void connect(box, port).then((stream) => {
      if (stream === undefined) return refuseUpgrade(socket, '502 Bad Gateway');
      stream.on('error', () => socket.destroy());
      const lines = Object.entries(stripped(request)).map(([name, value]) => `${name}: ${String(value)}`);
      stream.write([`GET ${request.url} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
      stream.write(head);
      stream.pipe(socket).pipe(stream);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function isAllowed(box: LoopbackBox, request: IncomingMessage): boolean {
  return box.state === 'started' && request.headers[HEADER] === box.previewToken;
}

function stripped(request: IncomingMessage): IncomingMessage['headers'] {
  const { [HEADER]: _token, ...headers } = request.headers;
  return headers;
}

async function connect(box: LoopbackBox, port: number): Promise<Duplex | undefined> {
  try {
    return await box.sandbox?.connect(port);
  } catch {
    return undefined; // nobody listens
  }
}
