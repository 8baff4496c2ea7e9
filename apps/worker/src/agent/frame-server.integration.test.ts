import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserSession } from '@showrunner/browser';
import type { FrameMessage } from '@showrunner/contracts';
import { createLogger } from '@showrunner/telemetry';
import { WebSocket, WebSocketServer } from 'ws';
import { connectFrames, sessionKey } from '@showrunner/frame-stream';
import { serveFrames } from './frame-server';
import { SessionRegistry } from './session-registry';

const TOKEN = 'the token of this installation';
const FRAME: FrameMessage = {
  kind: 'frame',
  frame: { swapMs: 5, arrivedMs: 6, jpeg: Buffer.from([1, 2, 3]) },
};

let server: Server;
let worker: string;
let sessions: SessionRegistry;
let recorders: { push(message: FrameMessage): void; isClosed(): boolean }[];

/** A session that hands out what a test pushes. */
const session = {
  isLost: false,
  notes: [],
  ended: new Promise<void>(() => undefined),
  close: async () => undefined,
  frames: {
    watch: () => session.frames.record(),
    async record() {
      const queue: FrameMessage[] = [];
      let closed = false;
      let wake: () => void = () => undefined;
      recorders.push({
        push(message) {
          queue.push(message);
          wake();
        },
        isClosed: () => closed,
      });
      return {
        async next() {
          while (queue.length === 0 && !closed) await new Promise<void>((resolve) => (wake = resolve));
          const message = queue.shift();
          if (message?.kind === 'ended') closed = true;
          return message;
        },
        close() {
          closed = true;
          wake();
        },
      };
    },
  },
} as unknown as BrowserSession;

beforeAll(async () => {
  recorders = [];
  sessions = new SessionRegistry();
  await sessions.adopt('run-1-session-1', 'sbx-1', async () => session);
  server = createServer((_request, response) => void response.writeHead(404).end());
  serveFrames(server, {
    sessions,
    internalToken: TOKEN,
    logger: createLogger({ service: 'test', level: 'silent' }),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  worker = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await sessions.closeAll();
  await new Promise((resolve) => server.close(resolve));
});

const address = (sessionId: string, key = sessionKey(TOKEN, sessionId)) => ({ worker, sessionId, key });
const statusOf = (path: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${worker.replace('http', 'ws')}${path}`, { headers });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('error', reject);
  });
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe('the frames of a session, handed from worker to worker', () => {
  it('go to whoever shows the key of this session, and to nobody else', async () => {
    const path = '/sessions/run-1-session-1/frames';
    const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
    const key = sessionKey(TOKEN, 'run-1-session-1');
    expect(await statusOf(path, {})).toBe(401);
    expect(await statusOf(path, bearer(TOKEN))).toBe(401);
    expect(await statusOf(path, bearer(sessionKey(TOKEN, 'run-2-session-1')))).toBe(401);
    expect(await statusOf(path, { ...bearer(key), origin: 'http://evil.example' })).toBe(401);
    expect(await statusOf('/sessions/%/frames', bearer(key))).toBe(401);
    expect(await statusOf(`/${key}/frames`, {})).toBe(401);
    expect(await statusOf('/sessions/gone/frames', bearer(sessionKey(TOKEN, 'gone')))).toBe(404);
    expect(await statusOf(path, bearer(key))).toBe(101);
  });

  it('arrive as they were, until the recording ends', async () => {
    const got: FrameMessage[] = [];
    const before = recorders.length;
    const { closed } = await connectFrames(address('run-1-session-1'), (message) => got.push(message));
    await until(() => recorders.length > before);
    const sent: FrameMessage[] = [{ kind: 'clock', startedAtMs: 5 }, FRAME, { kind: 'ended', atMs: 9 }];
    for (const message of sent) recorders.at(-1)?.push(message);
    await closed;
    expect(got).toEqual(sent);
  });

  it('stop when the recorder goes', async () => {
    const before = recorders.length;
    const { close } = await connectFrames(address('run-1-session-1'), () => undefined);
    await until(() => recorders.length > before);
    close();
    await until(() => recorders.at(-1)?.isClosed() === true);
  });

  it('go to those who look on as well, whose looking is no use of the session', async () => {
    const got: FrameMessage[] = [];
    const before = recorders.length;
    const [used, looked] = [jest.spyOn(sessions, 'use'), jest.spyOn(sessions, 'look')];
    const { closed, close } = await connectFrames(
      { ...address('run-1-session-1'), stream: 'live' },
      (message) => got.push(message),
    );
    await until(() => recorders.length > before);
    recorders.at(-1)?.push(FRAME);
    await until(() => got.length === 1);
    close();
    await closed;
    await until(() => recorders.at(-1)?.isClosed() === true);
    expect([got, used.mock.calls.length, looked.mock.calls.length]).toEqual([[FRAME], 0, 1]);
    const path = '/sessions/run-1-session-1/live';
    expect(await statusOf(path, {})).toBe(401);
    expect(await statusOf(path, { authorization: `Bearer ${sessionKey(TOKEN, 'other')}` })).toBe(401);
    await expect(
      connectFrames({ ...address('gone'), stream: 'live' }, () => undefined),
    ).rejects.toMatchObject({ code: 'session_lost' });
  });

  it('tell a recorder why there are none', async () => {
    const ask = (to: Parameters<typeof connectFrames>[0]) => connectFrames(to, () => undefined);
    await expect(ask(address('gone'))).rejects.toMatchObject({ code: 'session_lost' });
    await expect(ask(address('run-1-session-1', 'wrong'))).rejects.toMatchObject({
      code: 'frames_refused',
      retryable: true,
      remedy: expect.stringContaining('INTERNAL_TOKEN'),
    });
    await expect(ask({ ...address('run-1-session-1'), worker: 'http://127.0.0.1:9' })).rejects.toMatchObject({
      code: 'frames_unreachable',
      retryable: true,
      remedy: expect.stringContaining('WORKER_ADVERTISED_HOST'),
    });
  });

  it('are not taken from somebody who sends something else', async () => {
    const other = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await new Promise((resolve) => other.once('listening', resolve));
    other.on('connection', (socket) => socket.send('{"kind":"frame","frame":1}'));
    const got: FrameMessage[] = [];
    const { closed } = await connectFrames(
      { ...address('run-1-session-1'), worker: `http://127.0.0.1:${(other.address() as AddressInfo).port}` },
      (message) => got.push(message),
    );
    await closed;
    expect(got).toEqual([]);
    other.close();
  });
});
