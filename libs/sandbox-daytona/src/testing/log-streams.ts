import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocketServer, type WebSocket } from 'ws';
import type { SessionCommand } from './box-daemon';
import type { StreamFault } from './faults';

const sockets = new WebSocketServer({ noServer: true });
/** The daemon reads its log in pieces of this size. */
const PIECE = 1024;
/** A command that is over is noticed a second after its last output. */
const NOTICE_MS = 1000;

export interface LogRequest {
  request: IncomingMessage;
  socket: Duplex;
  head: Buffer;
  command: SessionCommand;
  fault?: StreamFault;
  /** The box is gone or stopped. */
  over: AbortSignal;
}

export function streamLog(log: LogRequest): void {
  sockets.handleUpgrade(log.request, log.socket, log.head, (client) => void follow(client, log));
}

export function refuseUpgrade(socket: Duplex, status: string, headers: string[] = []): void {
  socket.end(
    [`HTTP/1.1 ${status}`, 'Connection: close', 'Content-Length: 0', ...headers, '', ''].join('\r\n'),
  );
}

/** From the start of the log to its end, and on while it grows. */
async function follow(client: WebSocket, { command, fault, over }: LogRequest): Promise<void> {
  const closed = new AbortController();
  const end = () => client.terminate();
  over.addEventListener('abort', end, { once: true });
  client.on('close', () => {
    over.removeEventListener('abort', end);
    closed.abort();
  });
  client.on('error', () => closed.abort());
  const pieceSize = fault?.pieces ?? PIECE * 16;
  let sent = 0;
  for (let part = 0; !closed.signal.aborted;) {
    const bytes = command.parts[part];
    if (bytes === undefined) {
      if (command.exitCode !== undefined) {
        await delay(NOTICE_MS);
        if (command.parts.length === part) return client.close(1000);
        continue;
      }
      await more(command, closed.signal);
      continue;
    }
    part++;
    for (let at = 0; at < bytes.length; at += pieceSize) {
      const piece = bytes.subarray(at, at + pieceSize);
      const room = (fault?.cutAfter ?? fault?.silentAfter ?? Number.POSITIVE_INFINITY) - sent;
      if (room > 0) client.send(piece.subarray(0, room));
      sent += piece.length;
      if (fault?.cutAfter !== undefined && sent >= fault.cutAfter) return client.terminate();
      if (fault?.pieces !== undefined) await delay(5);
      while (client.bufferedAmount > 1024 ** 2 && !closed.signal.aborted) await delay(1);
    }
  }
}

function more(command: SessionCommand, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      command.off('log', settle);
      signal.removeEventListener('abort', settle);
      resolve();
    };
    command.on('log', settle);
    signal.addEventListener('abort', settle, { once: true });
  });
}
