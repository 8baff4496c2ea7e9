import { AppError } from '@showrunner/contracts';
import type { WebSocket } from 'ws';

/** RFC 6455, 7.4.2: codes from 4000 on are ours. */
const CLOSE_REFUSED = 4000;
const MAX_REASON_BYTES = 120;

/** There is no message for errors: the close code and its reason tell. */
export function closeRefused(socket: WebSocket, error: unknown): void {
  const { code, message } = error instanceof AppError ? error : { code: 'internal_error', message: '' };
  const reason = Buffer.from(`${code}: ${message}`)
    .subarray(0, MAX_REASON_BYTES)
    .toString('utf8')
    .replace(/\uFFFD$/, '');
  socket.close(CLOSE_REFUSED, reason);
}
