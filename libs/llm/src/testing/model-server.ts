import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ProviderName } from '../model.types';
import { anthropicWire } from './anthropic-wire';
import { openAiWire } from './openai-wire';

/** What a model server does with one request. */
export type Reply =
  | { text: string; end?: 'stop' | 'length' | 'tool'; usage?: { in: number; out: number } | 'none' }
  | { refusal: string }
  | { status: number; headers?: Record<string, string>; kind?: string; message?: string }
  /** Says nothing, for ever. */
  | { silent: true }
  /** Begins to answer, then neither goes on nor closes. */
  | { stalls: string }
  /** Begins to answer, then closes the connection. */
  | { breaks: string }
  /** Answers this much, and ends the stream as if it were whole. */
  | { ends: string }
  /** Begins to answer, then says in the stream that it failed. */
  | { fails: string; kind: string }
  /** Sends without an end. */
  | { endless: true };

export interface ReceivedRequest {
  path: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
  /** All that was said to the model, pictures left out. */
  prompt: string;
  pictures: number;
  /** The client is gone, whether or not it was answered. */
  isGone: () => boolean;
}

export interface ModelServer {
  /** As `OPENAI_BASE_URL` or `ANTHROPIC_BASE_URL` has it. */
  url: string;
  requests: ReceivedRequest[];
  /** What it does next; the last one is repeated. */
  replies(...replies: (Reply | ((request: ReceivedRequest) => Reply))[]): void;
  close(): Promise<void>;
}

/** The pieces of an answer as one vendor sends them. */
export interface Wire {
  /** Body of an answer in one piece. */
  whole(reply: Said, model: string): unknown;
  /** Events of an answer in pieces. */
  events(reply: Said, model: string): string[];
  /** How many of these events come before the answer is whole. */
  error(kind: string, message: string): unknown;
  /** An event that says that the answer failed. */
  failure(kind: string): string;
}
export type Said = Extract<Reply, { text: string }> | Extract<Reply, { refusal: string }>;

/** A server on loopback that speaks a vendor's wire, streams included, and does what a test says. */
export async function modelServer(provider: ProviderName): Promise<ModelServer> {
  const wire: Wire = provider === 'openai' ? openAiWire : anthropicWire;
  const requests: ReceivedRequest[] = [];
  let queue: (Reply | ((request: ReceivedRequest) => Reply))[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      const body = JSON.parse(text) as Record<string, unknown>;
      let gone = false;
      response.on('close', () => (gone = true));
      const received: ReceivedRequest = {
        ...{ path: request.url ?? '', headers: request.headers, body },
        ...saidIn(body),
        isGone: () => gone,
      };
      requests.push(received);
      const next = queue.length > 1 ? queue.shift() : queue[0];
      answer(response, wire, body, typeof next === 'function' ? next(received) : (next ?? { status: 500 }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${provider === 'openai' ? '/v1' : ''}`,
    requests,
    replies: (...replies) => (queue = replies),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(response: ServerResponse, wire: Wire, body: Record<string, unknown>, reply: Reply): void {
  const streams = body['stream'] === true;
  const model = String(body['model']);
  const type = streams ? 'text/event-stream' : 'application/json';
  if ('status' in reply) {
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    response.end(JSON.stringify(wire.error(reply.kind ?? 'some_error', reply.message ?? 'It failed.')));
    return;
  }
  if ('silent' in reply) return;
  response.writeHead(200, { 'content-type': type });
  if ('endless' in reply) {
    const send = (): void => {
      while (!response.destroyed && response.write(`: ${'x'.repeat(65_536)}\n`));
      if (!response.destroyed) response.once('drain', send);
    };
    send();
    return;
  }
  if ('text' in reply || 'refusal' in reply) {
    response.end(streams ? wire.events(reply, model).join('') : JSON.stringify(wire.whole(reply, model)));
    return;
  }
  const begun =
    'stalls' in reply
      ? reply.stalls
      : 'breaks' in reply
        ? reply.breaks
        : 'ends' in reply
          ? reply.ends
          : reply.fails;
  const pieces = streams
    ? beginning(wire.events({ text: begun }, model))
    : JSON.stringify(wire.whole({ text: begun }, model)).slice(0, -20);
  response.write(pieces);
  if ('breaks' in reply) setTimeout(() => response.destroy(), 20);
  if ('ends' in reply) response.end();
  if ('fails' in reply) response.end(wire.failure(reply.kind));
}

/** Without the events that say how it ended. */
const beginning = (events: readonly string[]): string =>
  events
    .filter((event) => !/finish_reason":"|message_delta|message_stop|\[DONE\]|"choices":\[\]/.test(event))
    .join('');

function saidIn(body: Record<string, unknown>): { prompt: string; pictures: number } {
  const system = typeof body['system'] === 'string' ? [body['system']] : [];
  const messages = (body['messages'] ?? []) as { content: string | Record<string, unknown>[] }[];
  const parts = messages.flatMap(({ content }) =>
    typeof content === 'string' ? [{ text: content }] : content,
  );
  const texts = parts.flatMap((part) => (typeof part['text'] === 'string' ? [part['text']] : []));
  return {
    prompt: [...system, ...texts].join('\n'),
    pictures: parts.filter((part) => part['type'] === 'image_url' || part['type'] === 'image').length,
  };
}
