import { connect } from 'node:net';
import { Chance } from './mutate';
import { RequestSource } from './requests';
import type { FuzzedRequest } from './requests';

export interface FuzzOptions {
  /** e.g. `http://127.0.0.1:4400`. */
  url: string;
  key: string;
  openApiFile: string;
  requests: number;
  uploads: number;
  /** The same seed sends the same requests. */
  seed: number;
  /** Requests under way at a time. */
  atOnce?: number;
  onProgress?: (done: number) => void;
}

export interface FuzzResult {
  /** How many answers had which status; `none` for connections that were closed without one, `open` for streams that were left. */
  statuses: Record<string, number>;
  /** Answers of 500 and more that are not "not now" (503 with a way to try again), with what was asked. */
  faults: string[];
  /** Requests that nobody answered within the limit. */
  silent: string[];
}

const ANSWER_MS = 20_000;
/** A stream of events answers at once and never ends. */
const ENOUGH_MS = 1_500;

/**
 * Sends requests that are all wrong somewhere, over connections of their own, and tells what came back. A server that lets no input harm it
 * answers each below 500, and lives.
 */
export async function runFuzz(options: FuzzOptions): Promise<FuzzResult> {
  const { url, key, openApiFile, seed, atOnce = 8, onProgress } = options;
  const source = new RequestSource(openApiFile, key, new Chance(seed));
  const result: FuzzResult = { statuses: {}, faults: [], silent: [] };
  const left = { requests: options.requests, uploads: options.uploads };
  let done = 0;
  const next = (): FuzzedRequest | undefined => {
    if (left.requests > 0 && left.requests-- > 0) return source.request();
    if (left.uploads > 0 && left.uploads-- > 0) return source.upload();
    return undefined;
  };
  const work = async (): Promise<void> => {
    for (let request = next(); request !== undefined; request = next()) {
      const { status, text } = await send(new URL(url), request.bytes);
      result.statuses[status] = (result.statuses[status] ?? 0) + 1;
      if (status === 'silent') result.silent.push(request.what);
      if (Number(status) >= 500 && Number(status) !== 503)
        result.faults.push(`${status} ${request.what} ${text.slice(-300)}`);
      done += 1;
      if (done % 500 === 0) onProgress?.(done);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return result;
}

/** The status of the answer: its number, `none`, `refused` where nobody listens, or `silent`. */
function send(url: URL, bytes: Buffer): Promise<{ status: string; text: string }> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(url.port), url.hostname);
    const status = (): string => /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 'none';
    const settle = (how: string): void => {
      clearTimeout(late);
      socket.destroy();
      resolve({ status: how, text });
    };
    const late = setTimeout(() => settle(text === '' ? 'silent' : status()), ANSWER_MS);
    socket.on('connect', () => socket.write(bytes));
    socket.on('data', (chunk: Buffer) => {
      if (text === '') setTimeout(() => settle(status()), ENOUGH_MS).unref();
      text = (text + chunk.toString('latin1')).slice(0, 4_000);
    });
    socket.on('error', (error: NodeJS.ErrnoException) =>
      settle(error.code === 'ECONNREFUSED' ? 'refused' : status()),
    );
    socket.on('close', () => settle(status()));
    // A request that was cut off in the middle is one that its client gave up.
    socket.setTimeout(3_000, () => socket.end());
  });
}
