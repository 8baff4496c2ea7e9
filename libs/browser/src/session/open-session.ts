import { mkdir, mkdtemp } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { SecretValues, SessionLostError, type FrameSize, type GivenSecrets } from '@showrunner/contracts';
import { CdpClient } from '../cdp/cdp-client';
import type { PipeMultiplexer } from '../cdp/pipe-multiplexer';
import { startCdpRelay } from '../cdp/relay-server';
import { launchConfinedChromium } from '../confinement/confined-chromium';
import { makeSocketFolder, removeFolders, sweepSocketFolders } from '../confinement/scratch-folders';
import { SessionFrames } from '../frames/session-frames';
import { McpDriver } from '../mcp/mcp-driver';
import { PageObserver } from '../observer/page-observer';
import type { SessionAssets } from '../observer/serve-assets';
import { InputPacer } from '../steps/pace';
import { BrowserSession } from './browser-session';

export interface BrowserSessionOptions {
  sessionId: string;
  chromiumPath: string;
  bwrapPath: string;
  setprivPath?: string;
  nodePath?: string;
  /** Scratch folder; a folder of this session is made in it and removed at the end. */
  workDir: string;
  size: FrameSize;
  /** Address of the preview as the page sees it: `http://<sandbox>.preview.localhost:<port>`. */
  previewUrl: string;
  /** Serves one connection of the page to its preview; `pipeTo(connect)` for a raw stream. */
  serve: (socket: Socket) => void;
  /** Ports of the app's other servers; `serve` gets requests for `localhost:<port>` and `127.0.0.1:<port>`, too. */
  otherPorts?: readonly number[] | undefined;
  /** Address that the DevTools relay listens on; default 127.0.0.1. */
  host?: string;
  /** Files of other hosts that the page may have, all fetched before. */
  assets?: SessionAssets | undefined;
  uid?: number;
  limits?: { maxSteps: number; maxMs: number };
  /** Values that are typed by name, and covered wherever a page shows them. */
  secrets?: GivenSecrets | undefined;
}

/**
 * Opens a session: Chromium in its confinement and the MCP server start side by side, then observer and server attach to the page.
 * Whatever was started is ended again when one part fails. Throws EnvironmentError `browser_start_failed`, AppError `driver_start_failed`.
 */
export const openBrowserSession = async (options: BrowserSessionOptions): Promise<BrowserSession> => {
  await mkdir(options.workDir, { recursive: true });
  // Unique: a session of the same name may still be ending.
  const dir = await mkdtemp(join(options.workDir, `browser-${options.sessionId}-`));
  const socketDir = await makeSocketFolder();
  const { origin, port } = new URL(options.previewUrl);
  const pacer = new InputPacer();
  const notes: string[] = [];
  const secrets = new SecretValues(options.secrets);
  const browser: { multiplexer?: PipeMultiplexer } = {};
  let session: BrowserSession | undefined;
  const relay = await startCdpRelay({
    host: options.host,
    multiplexer: () => browser.multiplexer,
    pace: pacer.delayOf,
    before: pacer.dragWay.before,
    onInput: pacer.note,
  });
  const sweeping = sweepSocketFolders();
  const starting = Promise.allSettled([
    launchConfinedChromium({ ...options, port: Number(port || 80) }),
    McpDriver.start({ cdpUrl: relay.driverUrl, workDir: dir, socketDir, nodePath: options.nodePath }),
  ]);
  const [chromium, driver] = await starting;
  await sweeping;
  const abandon = async (error: unknown): Promise<never> => {
    await Promise.all([
      chromium.status === 'fulfilled' ? chromium.value.close() : undefined,
      driver.status === 'fulfilled' ? driver.value.close() : undefined,
      relay.close(),
    ]);
    await removeFolders([dir, socketDir]);
    throw error;
  };
  if (chromium.status === 'rejected') return abandon(chromium.reason);
  if (driver.status === 'rejected') return abandon(driver.reason);
  browser.multiplexer = chromium.value.multiplexer;
  const client = new CdpClient(browser.multiplexer.connect());
  try {
    const frames = new SessionFrames(new CdpClient(browser.multiplexer.connect()), options.size);
    const observer = await PageObserver.attach({
      client,
      size: options.size,
      origin,
      secrets,
      onCovering: (covering) => frames.cover(covering),
      otherOrigins: (options.otherPorts ?? []).flatMap((other) => [
        `http://localhost:${other}`,
        `http://127.0.0.1:${other}`,
      ]),
      assets: options.assets,
      onDialog: () => void session?.dialogOpened(),
      onNote: (note) => notes.push(note),
    });
    // The server attaches at its first call; a read-only one, so that the first step does not pay for it.
    const tabs = await driver.value.call('browser_tabs', { action: 'list' });
    if (tabs.isError)
      throw new SessionLostError(
        `The MCP server could not attach to the browser: ${tabs.text.slice(0, 300)}`,
        { retryable: true },
      );
    session = new BrowserSession(
      options.sessionId,
      {
        chromium: chromium.value,
        relay,
        driver: driver.value,
        observer,
        pacer,
        origin,
        dirs: [dir, socketDir],
        secrets,
        frames,
      },
      notes,
      options.limits,
    );
    return session;
  } catch (error) {
    return abandon(error);
  }
};
