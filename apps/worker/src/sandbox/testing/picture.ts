import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RunningApp } from '@showrunner/contracts';
import type { Sandbox } from '@showrunner/sandbox';

const run = promisify(execFile);
const SIZE = { width: 1280, height: 720 };
/** Of the page's own clock: slow first renders are waited for. */
const PAGE_MS = 12_000;
const LONGEST_MS = 30_000;

/**
 * A picture of the page of a running app, by a Chromium that reaches the sandbox and nothing else.
 * @param file where it is written, as PNG
 */
export async function pictureOf(
  sandbox: Sandbox,
  { port, path }: Pick<RunningApp, 'port' | 'path'>,
  { file, chromium }: { file: string; chromium: string },
): Promise<void> {
  const door = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    sandbox.connect(port).then(
      (stream) => {
        stream.on('error', () => socket.destroy());
        socket.on('close', () => stream.destroy());
        socket.pipe(stream).pipe(socket);
      },
      () => socket.destroy(),
    );
  }).listen(0, '127.0.0.1');
  await once(door, 'listening');
  const profile = await mkdtemp(join(tmpdir(), 'picture-'));
  const place = `127.0.0.1:${(door.address() as AddressInfo).port}`;
  try {
    const shot = (...more: string[]): Promise<unknown> =>
      run(
        chromium,
        [
          ...['--headless', '--no-sandbox', '--hide-scrollbars', `--user-data-dir=${profile}`],
          `--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
          ...[`--window-size=${SIZE.width},${SIZE.height}`, ...more],
          ...[`--screenshot=${file}`, `http://${place}${path}`],
        ],
        { timeout: LONGEST_MS, killSignal: 'SIGKILL' },
      );
    // A request that is left open (long polling) stops the page's clock for ever: then it is taken as it is.
    await shot(`--virtual-time-budget=${PAGE_MS}`).catch(() => shot());
  } finally {
    door.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
