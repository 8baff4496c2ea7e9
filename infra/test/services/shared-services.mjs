import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import pg from 'pg';
import { startPostgresServer } from '../../../libs/database/src/testing/postgres-server.mjs';
import { buildWorkflowBundle, workflowBundlePath } from '../../build/workflow-bundle.mjs';
import { startTemporalServer } from './temporal-server.mjs';

/**
 * @typedef {object} SharedServices
 * @property {string} url where test files ask, by `POST /<service>`
 * @property {() => Promise<void>} stop ends every server that was started
 */

/**
 * Answers the test files of one run: each service is started when the first file asks for it, each file gets a part of its own (a
 * database, a namespace), and all end with the run.
 * @returns {Promise<SharedServices>}
 */
export async function startSharedServices() {
  const postgres = once(startPostgresServer);
  const temporal = once(startTemporalServer);
  const bundle = once(buildWorkflowBundle);
  let databases = 0;
  // A template must not be in use, so copies are made one after the other.
  let copied = Promise.resolve();

  /** @type {Record<string, (wanted: any) => Promise<unknown>>} */
  const services = {
    async postgres() {
      const { url } = await postgres.get();
      databases += 1;
      const name = `tests_${databases}`;
      const copying = copied.then(() => copyDatabase(url, name));
      copied = copying.catch(() => undefined);
      await copying;
      return { url: url.replace(/\/postgres$/, `/${name}`) };
    },
    async temporal({ searchAttributes }) {
      const server = await temporal.get(searchAttributes);
      return { address: server.address, namespace: server.nextNamespace() };
    },
    async 'workflow-bundle'() {
      await bundle.get();
      return { codePath: workflowBundlePath };
    },
  };

  const server = createServer((request, response) => {
    const service = services[(request.url ?? '').slice(1)];
    json(request)
      .then((wanted) => service?.(wanted))
      .then((given) => response.writeHead(given === undefined ? 404 : 200).end(JSON.stringify(given)))
      .catch((error) => response.writeHead(500).end(String(error)));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      const running = await Promise.allSettled([postgres.started(), temporal.started()]);
      await Promise.all(running.map((one) => (one.status === 'fulfilled' ? one.value?.stop() : undefined)));
    },
  };
}

/**
 * `postgres` as it is after the migrations serves as the template: test files never connect to it.
 * @param {string} url
 * @param {string} name
 */
async function copyDatabase(url, name) {
  // A template must have no other connection; `template1` always is there to ask from.
  const client = new pg.Client(url.replace(/\/postgres$/, '/template1'));
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE postgres`);
  } finally {
    await client.end();
  }
}

/**
 * @template {unknown[]} A
 * @template T
 * @param {(...args: A) => Promise<T>} start
 */
function once(start) {
  /** @type {Promise<T> | undefined} */
  let running;
  return {
    /** @param {A} args of the first who asks */
    get: (...args) => (running ??= start(...args)),
    started: () => running,
  };
}
