import {
  AppError,
  decodeFrameMessage,
  framesPath,
  SessionLostError,
  type FrameMessage,
  type FrameStreamKind,
} from '@showrunner/contracts';
import { WebSocket, type RawData } from 'ws';

export interface FramesAddress {
  /** Of the worker that holds the session: `http://<host>:<port>`. */
  worker: string;
  sessionId: string;
  /** See `sessionKey`. */
  key: string;
  /** `frames` for a recorder (the default), `live` for somebody who looks on. */
  stream?: FrameStreamKind;
}

/** A stream of a session's frames. */
export interface FramesConnection {
  /** Resolves when nothing more comes, for whatever reason. */
  readonly closed: Promise<void>;
  close(): void;
}

const HANDSHAKE_MS = 3000;
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
/** A host that is gone closes nothing: it is asked so often, and given up after so many answers that did not come. */
const PING_EVERY_MS = 1000;
const MISSED_PONGS = 5;

/**
 * Connects with the worker that holds a session and hands on what it tells.
 * @throws SessionLostError when that worker does not hold it, AppError `frames_unreachable`, `frames_refused`
 */
export function connectFrames(
  { worker, sessionId, key, stream }: FramesAddress,
  onMessage: (message: FrameMessage) => void,
): Promise<FramesConnection> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${worker.replace(/^http/, 'ws')}${framesPath(sessionId, stream)}`, {
      headers: { authorization: `Bearer ${key}` },
      perMessageDeflate: false,
      maxPayload: MAX_MESSAGE_BYTES,
      handshakeTimeout: HANDSHAKE_MS,
    });
    const closed = new Promise<void>((ended) => socket.once('close', () => ended()));
    socket.on('message', (data: RawData, isBinary: boolean) => {
      const message = decodeFrameMessage(isBinary ? (data as Buffer) : String(data));
      if (message === undefined) socket.terminate();
      else onMessage(message);
    });
    socket.once('unexpected-response', (request, response) => {
      request.destroy();
      reject(refusal(sessionId, response.statusCode ?? 0));
    });
    socket.on('error', (cause) => {
      socket.terminate();
      reject(
        new AppError(
          'frames_unreachable',
          `The worker that holds the session ${sessionId} does not answer.`,
          {
            retryable: true,
            remedy:
              'See that recording workers reach agent workers under the host that these advertise (WORKER_ADVERTISED_HOST).',
            cause,
          },
        ),
      );
    });
    socket.once('open', () => {
      watch(socket);
      resolve({ closed, close: () => socket.terminate() });
    });
  });
}

function watch(socket: WebSocket): void {
  let missed = 0;
  socket.on('pong', () => (missed = 0));
  const timer = setInterval(() => {
    if (missed >= MISSED_PONGS) socket.terminate();
    missed += 1;
    if (socket.readyState === WebSocket.OPEN) socket.ping();
  }, PING_EVERY_MS);
  socket.once('close', () => clearInterval(timer));
}

function refusal(sessionId: string, status: number): AppError {
  if (status === 404) return new SessionLostError(`The worker no longer holds the session ${sessionId}.`);
  return new AppError(
    'frames_refused',
    `The worker that holds the session ${sessionId} answered ${status}.`,
    {
      retryable: true,
      remedy: 'Start all workers with the same INTERNAL_TOKEN.',
    },
  );
}
