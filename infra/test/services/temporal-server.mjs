import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../../libs/contracts/src/testing/free-ports.mjs';
import { findTool, isFound } from '../../../libs/config/src/tool-resolution.mjs';

const START_TIMEOUT_MS = 60_000;

/** Made at the start, because one that is made later is known only after the server's caches have been read anew. */
const NAMESPACES = 36;

/**
 * Starts a Temporal dev server, in memory, with namespaces to give away: in each the task queues are nobody else's.
 * @param {readonly string[]} searchAttributes names of keywords
 * @returns {Promise<{ address: string, nextNamespace: () => string, stop: () => Promise<void> }>}
 */
export async function startTemporalServer(searchAttributes) {
  const tool = findTool('temporal', { env: process.env });
  if (!isFound(tool)) throw new Error(`${tool.reason} ${tool.remedy}`);
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const namespaces = Array.from({ length: NAMESPACES }, (_, index) => `tests-${index + 1}`);
  const server = spawn(
    tool.path,
    [
      ...['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port)],
      ...['--log-level', 'error', '--log-format', 'pretty'],
      ...namespaces.flatMap((name) => ['--namespace', name]),
      ...searchAttributes.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => server.once('exit', resolve).once('error', resolve));
  await untilAnswering(address, /** @type {string} */ (namespaces.at(-1)), server);
  return {
    address,
    nextNamespace() {
      const namespace = namespaces.shift();
      if (namespace === undefined)
        throw new Error(`There are more test files with Temporal than namespaces (${NAMESPACES}).`);
      return namespace;
    },
    async stop() {
      server.kill('SIGKILL');
      await ended;
    },
  };
}

/**
 * @param {string} address
 * @param {string} namespace the last that is made
 * @param {import('node:child_process').ChildProcess} server
 */
async function untilAnswering(address, namespace, server) {
  const { Connection } = await import('@temporalio/client');
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: '1s' });
      try {
        await connection.workflowService.describeNamespace({ namespace });
        return;
      } finally {
        await connection.close();
      }
    } catch (cause) {
      if (server.exitCode !== null) throw new Error('The Temporal server ended at its start.', { cause });
      if (Date.now() > deadline) throw new Error('Temporal did not answer in time.', { cause });
    }
    await delay(100);
  }
}
