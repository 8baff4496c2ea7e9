import { createServer } from 'node:net';
import type { Server } from 'node:net';

/** A server on `port` (0: any) of loopback. */
export function listen(port = 0): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
