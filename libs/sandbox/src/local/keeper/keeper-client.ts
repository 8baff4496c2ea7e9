import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@showrunner/contracts';
import { HOST_ENVIRONMENT } from '../enter';
import type { ProcessIdentity } from '../proc';
import type { KeeperRequest } from './keeper-protocol';
import { KEEPER_SOURCE } from './keeper.text';
import { socketPath } from './socket-path';

const START_TIMEOUT_MS = 10_000;
const NODE_FLAGS = ['--max-old-space-size=32', '--max-semi-space-size=1', '--no-warnings'];

export async function openSocket(folder: string, name: string): Promise<Socket> {
  const { path, free } = socketPath(folder, name);
  try {
    const socket = connect({ path, allowHalfOpen: true });
    await once(socket, 'connect');
    // It may break before its user listens; the break then shows as `close` and `destroyed`.
    socket.on('error', () => undefined);
    return socket;
  } finally {
    free();
  }
}

/** Starts the keeper of a running sandbox and returns at once; it serves some 40 ms later. */
export async function startKeeper(folder: string, init: ProcessIdentity, root: boolean): Promise<void> {
  const script = join(folder, 'keeper.mjs');
  await writeFile(script, KEEPER_SOURCE, { mode: 0o600 });
  const log = openSync(join(folder, 'keeper.log'), 'a', 0o600);
  const node = [process.execPath, ...NODE_FLAGS, script, String(init.pid), init.startTime];
  const inNetwork = [
    'nsenter',
    '-t',
    String(init.pid),
    ...(root ? ['-n'] : ['-U', '--preserve-credentials', '-n']),
    '--',
    ...node,
  ];
  const commands = root
    ? [[...inNetwork, 'all']]
    : [
        [...inNetwork, 'network'],
        [...node, 'processes'],
      ];
  try {
    for (const [file = '', ...args] of commands) {
      const stdio = ['ignore', 'ignore', log] as const;
      const child = spawn(file, args, {
        cwd: folder,
        detached: true,
        env: HOST_ENVIRONMENT,
        stdio: [...stdio],
      });
      // A keeper that does not start is noticed by whoever needs it.
      child.on('error', () => undefined);
      child.unref();
    }
  } finally {
    closeSync(log);
  }
}

/** Connects to a socket of the keeper, starting the keeper if none serves. `restart` is called once at most. */
export async function reachKeeper(
  folder: string,
  name: string,
  restart: () => Promise<void>,
): Promise<Socket> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  const missingUntil = Date.now() + 1000;
  let restarted = false;
  for (;;) {
    try {
      return await openSocket(folder, name);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (!['ENOENT', 'ECONNREFUSED'].includes(code) || Date.now() > deadline)
        throw new AppError('sandbox_keeper_unreachable', 'The keeper of this sandbox does not answer.', {
          remedy: 'Destroy the sandbox and build again.',
          retryable: true,
          cause: error,
        });
      // A refused socket file has lost its keeper; a missing one is likely being made.
      if (!restarted && (code === 'ECONNREFUSED' || Date.now() > missingUntil)) {
        restarted = true;
        await restart();
      }
      await delay(5);
    }
  }
}

/** Code of the error when the keeper dies before it has answered. */
export const KEEPER_LOST = 'sandbox_keeper_lost';

/** Sends one request and waits for its reply line. */
export async function ask<Reply>(socket: Socket, request: KeeperRequest): Promise<Reply> {
  const lines = createInterface({ input: socket });
  const line = await new Promise<string | undefined>((resolve) => {
    lines.once('line', resolve);
    lines.once('close', () => resolve(undefined));
    // Readline passes the errors of its input on: a keeper killed in the moment of the question resets the connection.
    lines.on('error', () => resolve(undefined));
    socket.once('close', () => resolve(undefined));
    if (socket.destroyed) resolve(undefined);
    else socket.write(`${JSON.stringify(request)}\n`);
  });
  lines.close();
  if (line === undefined)
    throw new AppError(KEEPER_LOST, 'The keeper of this sandbox went away.', { retryable: true });
  const reply = JSON.parse(line) as Reply & { error?: string };
  if (reply.error !== undefined)
    throw new AppError('sandbox_keeper_refused', `The keeper refused: ${reply.error}.`, { retryable: true });
  return reply;
}
