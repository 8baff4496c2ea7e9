import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { basename, join } from 'node:path';
import type { Duplex, Readable, Writable } from 'node:stream';
import { EnvironmentError, type FrameSize } from '@showrunner/contracts';
import { PipeMultiplexer } from '../cdp/pipe-multiplexer';
import { makeBrowserGroup } from './browser-group';
import { bwrapArguments, INNER_PATHS } from './bwrap-arguments';
import { CHROMIUM_POLICIES, chromiumFlags } from './chromium-flags';
import { INNER_BRIDGE } from './inner-bridge';
import { makeSocketFolder } from './scratch-folders';

export interface ConfinedChromiumOptions {
  chromiumPath: string;
  bwrapPath: string;
  setprivPath?: string;
  /** node binary for the inner bridge; default: the one that runs this process. */
  nodePath?: string;
  size: FrameSize;
  /** Port of the preview as the page sees it: `http://<sandbox>.preview.localhost:<port>`. */
  port: number;
  /** Ports of the app's other servers, which the page reaches at `localhost`; its requests name them as their host. */
  otherPorts?: readonly number[] | undefined;
  /** Serves one connection of the page to its preview: an HTTP server's `emit('connection', socket)`, or `pipeTo(connect)`. */
  serve: (socket: Socket) => void;
  /** Host uid for Chromium when this process is root. Default: one of 230000-289999. */
  uid?: number;
  /** Chromium's own sandbox inside ours. Default true; falls back to none when Chromium does not start with it. */
  ownSandbox?: boolean;
  /** The most memory that the browser with all its pages may use, where this process is root. Default 2 GiB. */
  memoryBytes?: number;
  /** Milliseconds until Chromium must answer. Default 20,000. */
  startTimeoutMs?: number;
}

export interface ConfinedChromium {
  readonly pid: number;
  readonly multiplexer: PipeMultiplexer;
  /** Resolves when the browser is gone, whoever ended it. */
  readonly exited: Promise<{ code: number | null; stderr: string }>;
  close(): Promise<void>;
}

/** Serves a page's connections by piping each into a fresh stream of `connect`. */
export const pipeTo =
  (connect: () => Promise<Duplex>) =>
  (socket: Socket): void => {
    connect().then(
      (upstream) => {
        const end = (): void => {
          socket.destroy();
          upstream.destroy();
        };
        socket.on('error', end).on('close', end);
        upstream.on('error', end).on('close', end);
        socket.pipe(upstream).pipe(socket);
      },
      () => socket.destroy(),
    );
  };

/**
 * Starts Chromium where it can reach the preview it is given and nothing else: an own network namespace with only loopback, whose
 * listeners lead to `serve`; an own mount namespace with nothing of the host's data. DevTools speak over a pipe, so the page
 * cannot find them. Throws EnvironmentError `browser_start_failed`.
 */
export const launchConfinedChromium = async (options: ConfinedChromiumOptions): Promise<ConfinedChromium> => {
  const ownSandbox = options.ownSandbox ?? true;
  try {
    return await launchOnce(options, ownSandbox);
  } catch (error) {
    if (!ownSandbox || options.ownSandbox !== undefined) throw error;
    return launchOnce(options, false);
  }
};

const launchOnce = async (
  options: ConfinedChromiumOptions,
  ownSandbox: boolean,
): Promise<ConfinedChromium> => {
  const [dir, group] = await Promise.all([makeSocketFolder(), makeBrowserGroup(options.memoryBytes)]);
  const uid = process.getuid?.() === 0 ? (options.uid ?? 230_000 + Math.floor(Math.random() * 60_000)) : null;
  const policyFile = join(dir, 'policy.json');
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  const release = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    server?.close();
    await group.remove();
    await rm(dir, { recursive: true, force: true });
  };
  try {
    server = await listen(join(dir, 'preview.sock'), (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      options.serve(socket);
    });
    await writeFile(policyFile, JSON.stringify(CHROMIUM_POLICIES), { mode: 0o644 });
    // The browser's uid must pass through the folder and connect to the socket; the folder's name is not to be guessed.
    await Promise.all([chmod(dir, 0o711), chmod(join(dir, 'preview.sock'), 0o666)]);
  } catch (error) {
    await release();
    throw error;
  }
  const chromium = realChromium(options.chromiumPath);
  const [command = options.bwrapPath, ...args] = group.joined([
    options.bwrapPath,
    ...bwrapArguments({
      nodePath: options.nodePath ?? process.execPath,
      chromiumPath: chromium,
      socketDir: dir,
      policyFile,
      uid,
      setprivPath: options.setprivPath ?? '/usr/bin/setpriv',
      exists: existsSync,
    }),
    INNER_PATHS.node,
    '-e',
    INNER_BRIDGE,
    '--',
    [...new Set([options.port, ...(options.otherPorts ?? [])])].join(','),
    INNER_PATHS.previewSocket,
    chromium,
    ...chromiumFlags({
      size: options.size,
      ownSandbox,
      profileDir: INNER_PATHS.profile,
      knowsLocalhost: (options.otherPorts ?? []).length > 0,
    }),
  ]);
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    // For the shell that joins the groups; the browser itself gets none of it.
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
  });
  const stderr = keepTail(child.stderr as Readable);
  const exited = new Promise<{ code: number | null; stderr: string }>((resolve) => {
    child.on('exit', (code) => resolve({ code, stderr: stderr() }));
    child.on('error', (error) => resolve({ code: null, stderr: error.message }));
  });
  const multiplexer = new PipeMultiplexer(child.stdio[3] as Writable, child.stdio[4] as unknown as Readable);
  const released = exited.then(() => {
    multiplexer.end();
    return release();
  });
  const failure = await startFailure(multiplexer, exited, options.startTimeoutMs ?? 20_000);
  if (failure !== undefined) {
    await stop(child, released);
    throw new EnvironmentError('browser_start_failed', `Chromium did not start in its sandbox: ${failure}`, {
      remedy: 'Run `showrunner doctor` to check Chromium and bubblewrap.',
      retryable: true,
      details: { ownSandbox },
    });
  }
  return { pid: child.pid ?? -1, multiplexer, exited, close: () => stop(child, released) };
};

/** Debian's `/usr/bin/chromium` is a shell script around `/usr/lib/chromium/chromium`; the binary starts faster and takes only our flags. */
const realChromium = (path: string): string => {
  const behind = `/usr/lib/${basename(path)}/${basename(path)}`;
  return path.startsWith('/usr/bin/') && existsSync(behind) ? behind : path;
};

const listen = (path: string, onConnection: (socket: Socket) => void): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, onConnection);
    server.once('error', reject);
    server.listen(path, () => resolve(server));
  });

const keepTail = (stream: Readable): (() => string) => {
  let text = '';
  stream.on('data', (chunk: Buffer) => (text = (text + chunk.toString('utf8')).slice(-4000)));
  return () => text.trim();
};

const startFailure = async (
  multiplexer: PipeMultiplexer,
  exited: Promise<{ stderr: string }>,
  timeoutMs: number,
): Promise<string | undefined> => {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${timeoutMs} ms`), timeoutMs);
  });
  const ended = exited.then(({ stderr }) => stderr.split('\n').slice(-3).join(' ') || 'it exited at once');
  const answered = multiplexer.ready().then(() => (multiplexer.isClosed ? ended : undefined));
  return Promise.race([answered, ended, timeout]).finally(() => clearTimeout(timer));
};

/** bwrap's death takes the whole pid namespace with it. */
const stop = async (child: ChildProcess, released: Promise<unknown>): Promise<void> => {
  child.kill('SIGKILL');
  await released;
};
