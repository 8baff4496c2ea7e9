import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { AppError, InvalidInputError } from '@showrunner/contracts';

const CONNECT_TIMEOUT_MS = 5000;

/**
 * Asks the shim behind `socket` for a TCP port inside.
 * @returns the same socket, now a raw stream to that port
 * @throws AppError `port_refused` (retryable) when nothing listens there
 */
export async function openPort(socket: Socket, port: number): Promise<Duplex> {
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new InvalidInputError('port_invalid', `${port} is not a TCP port.`);
  try {
    socket.write(`${port}\n`);
    const answer = await answerLine(socket);
    if (answer === 'ok') return socket;
    throw new AppError('port_refused', `Nothing listens on port ${port} in the sandbox.`, {
      status: 502,
      retryable: true,
    });
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function answerLine(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    const lost = () => fail(new AppError('sandbox_keeper_lost', 'The shim went away.', { retryable: true }));
    const late = () =>
      fail(new AppError('port_timeout', 'The port did not answer.', { status: 504, retryable: true }));
    const timer = setTimeout(late, CONNECT_TIMEOUT_MS);
    const stop = () => {
      clearTimeout(timer);
      socket.off('readable', onReadable).off('error', fail).off('close', lost).off('end', lost);
    };
    const fail = (error: Error) => (stop(), reject(error));
    let line = '';
    const onReadable = () => {
      // Byte by byte: what follows the line belongs to the stream.
      for (let byte: Buffer | null; (byte = socket.read(1) as Buffer | null) !== null;) {
        if (byte[0] === 10) {
          stop();
          return resolve(line);
        }
        line += byte.toString('latin1');
      }
    };
    if (socket.destroyed) return lost();
    socket.on('readable', onReadable).once('error', fail).once('close', lost).once('end', lost);
  });
}
