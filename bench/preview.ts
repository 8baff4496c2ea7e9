import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Server } from 'node:net';
import { createPreviewServer } from '@showrunner/preview';
import { figure, timed } from './measure/figures';

const REQUESTS = 2000;
const WARM = 300;
const LARGE_ROUNDS = 8;
const LARGE_BYTES = 64 * 1024 ** 2;
const MIB = 1024 ** 2;

/**
 * The preview proxy against going to the app directly: a small page over one connection that stays open, by turns, and a large body. The app is
 * a server on loopback, reached by a raw stream as in a sandbox; the way into a sandbox is not part of it.
 */
export async function benchPreview(): Promise<void> {
  const large = Buffer.alloc(MIB, 'x');
  const app = createServer((request, response) => {
    if (request.url !== '/large') return void response.end('<!doctype html><title>page</title>');
    response.writeHead(200, { 'content-length': LARGE_BYTES });
    let left = LARGE_BYTES / MIB;
    const write = (): void => {
      while (left > 0) {
        left--;
        if (!response.write(large)) return void response.once('drain', write);
      }
      response.end();
    };
    write();
  });
  const appPort = await listening(app);
  const preview = createPreviewServer({
    resolve: () => ({
      key: 'app',
      upstreamHost: `localhost:${appPort}`,
      route: async () => ({ kind: 'stream', connect: async () => connect(appPort, '127.0.0.1') }),
    }),
  });
  const previewPort = await listening(preview);
  const agent = new Agent({ keepAlive: true });
  const ask = async (port: number, path: string): Promise<void> => {
    const request = get({ host: '127.0.0.1', port, path, agent });
    const [reply] = (await once(request, 'response')) as [IncomingMessage];
    reply.resume();
    await once(reply, 'end');
  };
  try {
    await timed(WARM, () => ask(previewPort, '/'));
    await timed(WARM, () => ask(appPort, '/'));
    const direct: number[] = [];
    const proxied: number[] = [];
    for (let round = 0; round < REQUESTS; round++) {
      direct.push(...(await timed(1, () => ask(appPort, '/'))));
      proxied.push(...(await timed(1, () => ask(previewPort, '/'))));
    }
    figure('preview.request', 'ms', proxied, { what: 'direct', values: direct });
    figure(
      'preview.added',
      'ms',
      proxied.map((one, at) => one - (direct[at] ?? 0)),
    );
    const speed = async (port: number): Promise<number[]> =>
      (await timed(LARGE_ROUNDS, () => ask(port, '/large'))).map((ms) => LARGE_BYTES / MIB / (ms / 1000));
    const straight = await speed(appPort);
    figure('preview.throughput', 'MiB/s', await speed(previewPort), { what: 'direct', values: straight });
  } finally {
    agent.destroy();
    for (const server of [app, preview]) {
      server.closeAllConnections();
      server.close();
    }
  }
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
