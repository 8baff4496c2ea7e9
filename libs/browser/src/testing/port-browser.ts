import { spawn, type ChildProcess } from 'node:child_process';
import { WebSocket } from 'ws';
import { CdpClient } from '../cdp/cdp-client';

/** A bare Chromium that is not confined and offers DevTools on a port, for tests of what is done with its pictures. */
export async function startChromium(profile: string): Promise<[ChildProcess, string]> {
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-sync',
  ];
  const child = spawn(
    '/usr/bin/chromium',
    [
      ...flags, '--disable-background-networking', '--disable-component-update', `--user-data-dir=${profile}`,
      '--remote-debugging-port=0', '--window-size=1280,720', 'about:blank',
    ],
    // A group of its own: what Chromium starts can be ended with it.
    { detached: true },
  ); // prettier-ignore
  let log = '';
  const url = await new Promise<string>((resolve) =>
    child.stderr.on('data', (data: Buffer) => {
      log += data.toString();
      const found = /DevTools listening on (ws:\S+)/u.exec(log)?.[1];
      if (found !== undefined) resolve(found);
    }),
  );
  return [child, url];
}

/** A DevTools client of such a browser. */
export async function connectToPort(cdpUrl: string): Promise<CdpClient> {
  const socket = new WebSocket(cdpUrl, { perMessageDeflate: false, maxPayload: 64 * 1024 * 1024 });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return new CdpClient({
    send: (message) => socket.send(message),
    onMessage: (listener) => socket.on('message', (data) => listener(String(data))),
    onClose: (listener) => socket.on('close', listener),
    close: () => socket.terminate(),
  });
}

/** A client that speaks to the browser's first page. */
export async function connectToPage(cdpUrl: string): Promise<{
  send: (method: string, params?: object) => Promise<Record<string, unknown>>;
  close: () => void;
}> {
  const client = await connectToPort(cdpUrl);
  const { targetInfos } = await client.send<{ targetInfos: { targetId: string; type: string }[] }>(
    'Target.getTargets',
  );
  const targetId = targetInfos.find(({ type }) => type === 'page')?.targetId;
  const { sessionId } = await client.send<{ sessionId: string }>('Target.attachToTarget', {
    targetId,
    flatten: true,
  });
  return {
    send: (method, params = {}) => client.send(method, params, sessionId),
    close: () => client.close(),
  };
}
