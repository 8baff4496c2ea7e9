import { spawn } from 'node:child_process';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STATIC_SERVER_SOURCE } from '@showrunner/build-detection';
// Not by the index of the tests' things: it needs jest.
import { freePort } from '@showrunner/contracts/testing/free-ports';

export interface ServedApp {
  port: number;
  close(): void;
}

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

/** By the server that static apps have in sandboxes, so that both answer alike. */
async function serveFiles(folder: string): Promise<ServedApp> {
  const own = await mkdtemp(join(tmpdir(), 'serve-app-'));
  const program = join(own, 'static-server.mjs');
  await writeFile(program, STATIC_SERVER_SOURCE);
  // It is read once, when it starts.
  return startProgram(program, folder).finally(() => rm(own, { recursive: true, force: true }));
}

async function startProgram(...words: [program: string, ...args: string[]]): Promise<ServedApp> {
  const [program] = words;
  const port = await freePort();
  const child = spawn(process.execPath, words, {
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
