import { join } from 'node:path';
import { connectToPage, startChromium } from '@showrunner/browser/testing';
import { figure } from './measure/figures';
import { filmByHand } from './measure/filmed-by-hand';
import { ownPlatform } from './measure/own-platform';
import type { PlatformApi } from './measure/own-platform';
import { inScratch } from './measure/scratch';
import { lookOn, STAMP, STAMPED_PAGE } from './measure/stamped-page';
import type { Seen } from './measure/stamped-page';
import { viewByWebRtc, viewByWebSocket } from './measure/viewers';
import type { Viewer } from './measure/viewers';

const SEEN_MS = 12_000;
/** Until a player has found its way, and its first pictures are behind it. */
const SETTLING = 25;
const VIEWERS = 30;

/**
 * A session that is filmed and looked on at, 1280x720, with everything between it and the viewer as it is for users: from a page's painting to
 * its picture in another browser ("glass to glass"), by a time that stands in the page's own pixels, for one viewer and beside thirty; and the
 * frames that the recorder lost meanwhile.
 */
export const benchLive = (): Promise<void> =>
  inScratch(async (folder) => {
    const platform = await ownPlatform(join(folder, 'home'));
    const [chromium, cdpUrl] = await startChromium(join(folder, 'profile'));
    try {
      await platform.up();
      const api = await platform.api();
      const page = await viewerPage(cdpUrl, api.url);
      const alone = await filmByHand(api, { html: STAMPED_PAGE, folder, from: '/' });
      for (const way of ['websocket', 'webrtc'] as const)
        tell(`live.${way}`, await page(way, alone.runId, api.key), {});
      const taken = await alone.end();
      process.stdout.write(`live.recorder.few presented=${taken.presented} lost=${taken.lost}\n`);

      const watched = await filmByHand(api, { html: STAMPED_PAGE, folder, from: '/' });
      const viewers = await crowd(api, watched.runId, VIEWERS - 2);
      const [pictures, video] = await Promise.all([
        page('websocket', watched.runId, api.key),
        page('webrtc', watched.runId, api.key),
      ]);
      const all = { viewers: VIEWERS };
      tell('live.websocket.crowd', pictures, all);
      tell('live.webrtc.crowd', video, all);
      const served = viewers.filter(({ received }) => received > SETTLING).length;
      await Promise.all(viewers.map((viewer) => viewer.close()));
      const { presented, captured, lost } = await watched.end();
      process.stdout.write(
        `live.recorder.crowd presented=${presented} captured=${captured} lost=${lost} viewers=${served + 2}\n`,
      );
    } finally {
      chromium.kill('SIGKILL');
      await platform.down();
    }
  });

/** Half of them by WebSocket, half by WebRTC, on pages of nobody: they take all and decode nothing. */
async function crowd(api: PlatformApi, runId: string, size: number): Promise<Viewer[]> {
  const viewers: Viewer[] = [];
  for (let n = 0; n < size; n++)
    viewers.push(await (n % 2 === 0 ? viewByWebSocket : viewByWebRtc)({ url: api.url, runId, key: api.key }));
  return viewers;
}

async function viewerPage(cdpUrl: string, url: string) {
  const { send } = await connectToPage(cdpUrl);
  await send('Page.navigate', { url: `${url}/studio/sign-in` });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  return async (way: 'websocket' | 'webrtc', runId: string, key: string): Promise<Seen> => {
    const given = { runId, key, forMs: SEEN_MS, stamp: STAMP };
    // The bundle marks functions with their names by one that the page does not have.
    const expression = `((__name) => (${lookOn.toString()})(${JSON.stringify(way)}, ${JSON.stringify(given)}))((named) => named)`;
    const { result, exceptionDetails } = await send('Runtime.evaluate', {
      ...{ expression, returnByValue: true, awaitPromise: true },
    });
    if (exceptionDetails !== undefined) throw new TypeError(JSON.stringify(exceptionDetails).slice(0, 500));
    return (result as { value: Seen }).value;
  };
}

function tell(name: string, { latencies, unreadable }: Seen, more: Record<string, number>): void {
  const seconds = SEEN_MS / 1000;
  figure(name, 'ms', latencies.slice(SETTLING), undefined, {
    ...{ fps: (latencies.length / seconds).toFixed(1), unreadable, ...more },
  });
}
