import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeFrameMessage } from '@showrunner/contracts';
import { WebSocketServer } from 'ws';

const EVERY_MS = 80;

export interface FramesWorker {
  /** `http://127.0.0.1:<port>` */
  address: string;
  close(): void;
}

/** A worker that hands out one picture after the other, again and again, to whoever looks on at any session. */
export async function startFramesWorker(pictures: readonly Uint8Array[]): Promise<FramesWorker> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    let n = 0;
    const timer = setInterval(() => {
      const jpeg = pictures[n++ % pictures.length];
      if (jpeg !== undefined)
        socket.send(encodeFrameMessage({ kind: 'frame', frame: { swapMs: Date.now(), arrivedMs: 0, jpeg } }));
    }, EVERY_MS);
    socket.once('close', () => clearInterval(timer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
    },
  };
}
