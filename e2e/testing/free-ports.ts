import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ephemeral range: servers that take any port, and outgoing connections, never get one of these. */
const LOWEST = 12_000;
const HIGHEST = 30_000;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** Ports nobody listens on now, so that a platform of the tests stands beside any other. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}
