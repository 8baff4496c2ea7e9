import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { EnvironmentError } from '@showrunner/contracts';

export interface WorkerHealth {
  pools: readonly string[];
  running: boolean;
}

/** Answers `GET /healthz` with 200 while every pool polls, 503 otherwise. */
export async function startHealthServer(
  host: string,
  port: number,
  health: () => WorkerHealth,
): Promise<Server> {
  const server = createServer((request, response) => {
    const found = request.method === 'GET' && request.url === '/healthz';
    const state = health();
    response.writeHead(found ? (state.running ? 200 : 503) : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(found ? state : { code: 'not_found' }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new EnvironmentError('port_in_use', `The worker cannot listen on ${host}:${port}.`, {
          remedy: 'Free the port or set WORKER_PORT to another one.',
          cause,
        }),
      ),
    );
    server.listen(port, host, resolve);
  });
  return server;
}
