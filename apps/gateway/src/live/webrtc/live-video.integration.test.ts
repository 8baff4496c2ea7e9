import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { requireTool } from '@showrunner/config';
import { LIVE_HEAD_BYTES } from '@showrunner/contracts';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { LiveVideo } from './live-video';

const SLOW_MS = 60_000;
const PICTURE = { width: 320, height: 180 };
/** What the player has decoded, and the colour in the middle of what it shows. */
interface Seen {
  frames: number;
  width: number;
  colour: number[];
}

/** A picture of one colour, as a session's browser would deliver it. */
function pictureOf(colour: string): Uint8Array {
  const jpeg = execFileSync(requireTool('ffmpeg').path, [
    ...['-v', 'error', '-f', 'lavfi', '-i', `color=${colour}:size=${PICTURE.width}x${PICTURE.height}`],
    ...['-frames:v', '1', '-f', 'mjpeg', 'pipe:1'],
  ]);
  return Buffer.concat([Buffer.alloc(LIVE_HEAD_BYTES), jpeg]);
}

describe('a live video in a browser', () => {
  const [red, blue] = [pictureOf('red'), pictureOf('blue')];
  let browser: Browser;
  let server: Server;
  let video: LiveVideo;
  let idle = 0;

  beforeAll(async () => {
    video = new LiveVideo({
      ffmpegPath: requireTool('ffmpeg').path,
      address: { loopbackOnly: true },
      onIdle: () => idle++,
      onNote: (error) => console.error(error),
    });
    server = createServer((request, response) => {
      if (request.method === 'GET')
        return void response.setHeader('content-type', 'text/html').end('<video muted autoplay></video>');
      let offer = '';
      request.setEncoding('utf8').on('data', (text: string) => (offer += text));
      request.on('end', () => {
        video.add(offer).then(
          ({ viewerId, answer }) => response.setHeader('x-viewer', viewerId).end(answer),
          (error: Error) => response.writeHead(400).end(error.message),
        );
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    browser = await chromium.launch({ executablePath: requireTool('chromium').path, args: ['--no-sandbox'] });
  }, SLOW_MS);
  afterAll(async () => {
    video?.end();
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
  });

  /** A page whose player takes the video; `viewer` is its id. */
  async function player(): Promise<{ page: Page; viewer: string }> {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const viewer = await page.evaluate(async () => {
      const connection = new RTCPeerConnection();
      Object.assign(globalThis, { connection });
      connection.addTransceiver('video', { direction: 'recvonly' });
      connection.ontrack = ({ track }) => {
        const shown = document.querySelector('video');
        if (shown) shown.srcObject = new MediaStream([track]);
      };
      await connection.setLocalDescription(await connection.createOffer());
      const answered = await fetch('/', { method: 'POST', body: connection.localDescription?.sdp ?? '' });
      await connection.setRemoteDescription({ type: 'answer', sdp: await answered.text() });
      return answered.headers.get('x-viewer') ?? '';
    });
    return { page, viewer };
  }

  const seenBy = (page: Page): Promise<Seen> =>
    page.evaluate(() => {
      const shown = document.querySelector('video');
      const board = document.createElement('canvas').getContext('2d');
      if (!shown || !board) throw new Error('There is no player.');
      board.drawImage(shown, 0, 0, 1, 1);
      return {
        frames: shown.getVideoPlaybackQuality().totalVideoFrames,
        width: shown.videoWidth,
        colour: [...board.getImageData(0, 0, 1, 1).data.slice(0, 3)],
      };
    });

  async function until(page: Page, holds: (seen: Seen) => boolean): Promise<Seen> {
    for (const deadline = Date.now() + 30_000; ;) {
      const seen = await seenBy(page);
      if (holds(seen) || Date.now() > deadline) return seen;
      await new Promise((next) => setTimeout(next, 50));
    }
  }
  const isRed = ({ colour: [r = 0, , b = 0] }: Seen): boolean => r > 150 && b < 100;
  const isBlue = ({ colour: [r = 0, , b = 0] }: Seen): boolean => b > 150 && r < 100;

  it(
    'is decoded, follows the pictures, and shows who comes late the last one; it ends with the last player',
    async () => {
      video.showPicture(red);
      const first = await player();
      const seen = await until(first.page, isRed);
      expect([isRed(seen), seen.width]).toEqual([true, PICTURE.width]);

      video.showPicture(blue);
      expect(isBlue(await until(first.page, isBlue))).toBe(true);

      // Nothing changes any more.
      const late = await player();
      expect(isBlue(await until(late.page, isBlue))).toBe(true);
      const before = (await seenBy(first.page)).frames;
      expect((await until(first.page, ({ frames }) => frames > before)).frames).toBeGreaterThan(before);

      video.remove(first.viewer);
      expect(() => video.remove(first.viewer)).toThrow(expect.objectContaining({ code: 'not_found' }));
      expect([video.size, idle]).toEqual([1, 0]);
      video.remove(late.viewer);
      expect([video.size, idle]).toEqual([0, 1]);
    },
    SLOW_MS,
  );

  it('is not begun for an offer that is none', async () => {
    await expect(video.add('v=0\r\nm=video 9 x\r\na=ice-ufrag:a\r\n')).rejects.toMatchObject({
      code: 'bad_sdp',
    });
    expect(video.size).toBe(0);
  });
});
