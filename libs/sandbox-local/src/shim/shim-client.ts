import { randomBytes } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError, toldCode } from '@showrunner/contracts';
import { HOST_ENVIRONMENT } from '../enter';
import type { ProcessIdentity } from '../proc';
import type { EgressProxyRequest } from '../egress-proxy/proxy-protocol';
import type { ShimRequest } from './shim-protocol';
import { SHIM_SOURCE } from './shim.text';
import { socketPath } from './socket-path';

const START_TIMEOUT_MS = 10_000;
/** Keeps a small program small. */
export const NODE_FLAGS = ['--max-old-space-size=32', '--max-semi-space-size=1', '--no-warnings'];

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

/** Names of files stay those of sandboxes that run already, which an update must still reach and end. */
const ROLES = ['all', 'network', 'processes'] as const;
const pidFile = (folder: string, role: string) => join(folder, `keeper-${role}.pid`);

/** Files that name the process ids of a sandbox's shims; not all of them exist. */
export const shimPidFiles = (folder: string): string[] => ROLES.map((role) => pidFile(folder, role));

export interface ShimOptions {
  folder: string;
  init: ProcessIdentity;
  root: boolean;
  /** Whether the way out leads to the egress proxy from the start on. */
  live: boolean;
}

/**
 * Starts the shim of a running sandbox, unless it runs, and returns at once; it serves some 40 ms later. Each role is started through
 * a lock that the shim holds as long as it lives, so of two started at once the second ends.
 */
async function startShim({ folder, init, root, live }: ShimOptions): Promise<void> {
  const script = join(folder, 'keeper.mjs');
  // Of its own name: several may be about to start it at once.
  const written = `${script}.${randomBytes(4).toString('hex')}.tmp`;
  await writeFile(written, SHIM_SOURCE, { mode: 0o600 });
  await rename(written, script);
  const log = openSync(join(folder, 'keeper.log'), 'a', 0o600);
  const node = [process.execPath, ...NODE_FLAGS, script, String(init.pid), init.startTime];
  const namespaces = root ? ['-n'] : ['-U', '--preserve-credentials', '-n'];
  const inNetwork = ['nsenter', '-t', String(init.pid), ...namespaces, '--', ...node];
  const commands = root
    ? [{ role: 'all', argv: inNetwork }]
    : [
        { role: 'network', argv: inNetwork },
        { role: 'processes', argv: node },
      ];
  try {
    for (const { role, argv } of commands) {
      const lock = ['-n', '--no-fork', join(folder, `keeper-${role}.lock`)];
      const child = spawn('flock', [...lock, ...argv, role, ...(live ? ['live'] : [])], {
        cwd: folder,
        detached: true,
        env: HOST_ENVIRONMENT,
        stdio: ['ignore', 'ignore', log],
      });
      // A shim that does not start is noticed by whoever needs it.
      child.on('error', () => undefined);
      child.unref();
    }
  } finally {
    closeSync(log);
  }
}

/**
 * Connects to a socket of the shim, starting the shim if none serves.
 * @param onDead is called before a dead shim is replaced
 */
export async function reachShim(
  options: ShimOptions,
  name: 'control.sock' | 'network.sock' | 'in.sock',
  onDead: () => Promise<void>,
): Promise<Socket> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  let restarted = false;
  for (;;) {
    try {
      return await openSocket(options.folder, name);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (!['ENOENT', 'ECONNREFUSED'].includes(code) || Date.now() > deadline)
        throw new AppError('sandbox_keeper_unreachable', 'The shim of this sandbox does not answer.', {
          remedy: 'Destroy the sandbox and build again.',
          retryable: true,
          cause: error,
        });
      if (!restarted) {
        restarted = true;
        // A missing socket never had a shim; a refused one has lost it.
        if (code === 'ECONNREFUSED') await onDead();
        await startShim(options);
      }
      await delay(3);
    }
  }
}

/** Code of the error when the shim dies before it has answered. */
export const SHIM_LOST = 'sandbox_keeper_lost';

/** Sends one request and waits for its reply line. */
export async function ask<Reply>(socket: Socket, request: ShimRequest | EgressProxyRequest): Promise<Reply> {
  const lines = createInterface({ input: socket });
  const line = await new Promise<string | undefined>((resolve) => {
    lines.once('line', resolve);
    lines.once('close', () => resolve(undefined));
    // Readline passes the errors of its input on: a shim killed in the moment of the question resets the connection.
    lines.on('error', () => resolve(undefined));
    socket.once('close', () => resolve(undefined));
    if (socket.destroyed) resolve(undefined);
    else socket.write(`${JSON.stringify(request)}\n`);
  });
  lines.close();
  if (line === undefined)
    throw new AppError(SHIM_LOST, 'The shim of this sandbox went away.', { retryable: true });
  const reply = JSON.parse(line) as Reply & { error?: string; code?: string };
  if (reply.error !== undefined)
    throw new AppError(
      toldCode(reply.code ?? 'sandbox_keeper_refused'),
      `The shim refused: ${reply.error}.`,
      {
        retryable: reply.code !== 'process_not_running',
      },
    );
  return reply;
}
