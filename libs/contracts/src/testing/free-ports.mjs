import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ephemeral range: servers that take any port, and outgoing connections, never get one of these. */
const LOWEST = 12_000;
const HIGHEST = 30_000;

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
const isFree = (port) =>
  new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/**
 * Different ports of loopback on which nobody listens now. Plain JavaScript, so that what runs before jest can ask, too.
 * @param {number} count
 * @returns {Promise<number[]>}
 */
export async function freePorts(count) {
  /** @type {Set<number>} */
  const ports = new Set();
  while (ports.size < count) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}

/** One of them. */
export async function freePort() {
  const [port] = await freePorts(1);
  return /** @type {number} */ (port);
}
