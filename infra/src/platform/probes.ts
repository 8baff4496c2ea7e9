import { connect } from 'node:net';

const PROBE_TIMEOUT_MS = 1_000;

/** True when the URL answers 2xx within a second. */
export async function answersOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    // Refused, reset or too slow: it does not serve yet.
    return false;
  }
}

/** True when a server at this port of loopback answers `request` with a text that begins with `expected`, within a second. */
export function answersWith(port: number, request: string, expected: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let received = '';
    const settle = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(PROBE_TIMEOUT_MS, () => settle(false));
    socket.once('error', () => settle(false));
    socket.once('close', () => settle(false));
    socket.once('connect', () => socket.write(request));
    socket.setEncoding('utf8').on('data', (text: string) => {
      received += text;
      if (received.length >= expected.length) settle(received.startsWith(expected));
    });
  });
}
