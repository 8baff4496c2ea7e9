import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { access, readdir, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
// Not by the index of the tests' things: it needs jest.
import { freePort } from '@showrunner/contracts/testing/free-ports';

export interface ServedApp {
  port: number;
  close(): void;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};
const START_TIMEOUT_MS = 10_000;

/**
 * Serves a small app of the project's own on loopback: a folder with `server.js` is started with `PORT`, any other is served as files.
 * It runs without a sandbox, so never give it a stranger's app. Throws when it does not listen within 10 s.
 */
export async function serveApp(folder: string): Promise<ServedApp> {
  const program = join(folder, 'server.js');
  return (await exists(program)) ? startProgram(program) : serveFiles(folder);
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

async function serveFiles(folder: string): Promise<ServedApp> {
  const pages = (await readdir(folder)).filter((name) => name.endsWith('.html'));
  const onlyPage = pages.length === 1 && pages[0] === 'index.html';
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://app').pathname);
    const isPage = extname(path) === '' && !path.endsWith('/');
    const named = readFile(join(folder, path.endsWith('/') ? `${path}index.html` : path));
    // As the product's server of static files answers: a page without its ending, or the one page of an app that draws its routes itself.
    const found = isPage
      ? named
          .catch(() => readFile(join(folder, `${path}.html`)))
          .catch(() => (onlyPage ? readFile(join(folder, 'index.html')) : Promise.reject(new Error(path))))
      : named;
    found.then(
      (body) =>
        response.writeHead(200, { 'content-type': TYPES[extname(path) || '.html'] ?? 'text/html' }).end(body),
      () => response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not found</h1>'),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function startProgram(program: string): Promise<ServedApp> {
  const port = await freePort();
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env.PATH, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`${program} does not listen on port ${port}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { port, close: () => void child.kill('SIGKILL') };
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
