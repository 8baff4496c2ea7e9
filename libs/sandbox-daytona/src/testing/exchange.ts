import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './answer';
import { readForm } from './file-transfer';

/** One request of the wire, read whole. */
export interface Exchange {
  method: string;
  /** With its query. */
  url: URL;
  headers: IncomingMessage['headers'];
  body: unknown;
}

export async function readBody(request: IncomingMessage): Promise<unknown> {
  if ((request.headers['content-type'] ?? '').startsWith('multipart/')) return readForm(request);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  if (text === '') return undefined;
  return (request.headers['content-type'] ?? '').includes('json') ? (JSON.parse(text) as unknown) : text;
}

export function send(response: ServerResponse, answer: Answer): void {
  const { status, body, headers = {} } = answer;
  if (body === undefined) response.writeHead(status, headers).end();
  else if (Buffer.isBuffer(body)) response.writeHead(status, headers).end(body);
  else
    response
      .writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
      .end(JSON.stringify(body));
}

const NAMES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  409: 'Conflict',
};

/** Error of the control API. */
export function apiProblem(path: string, statusCode: number, message: string): Answer {
  const error = NAMES[statusCode] ?? 'Error';
  return {
    status: statusCode,
    body: { path, timestamp: new Date().toISOString(), statusCode, error, message },
  };
}

/** Error of the toolbox. */
export function toolboxProblem(
  exchange: Exchange,
  statusCode: number,
  code: string,
  message: string,
): Answer {
  const { method } = exchange;
  const body = {
    statusCode,
    message,
    code,
    timestamp: new Date().toISOString(),
    path: exchange.url.pathname,
    method,
  };
  return { status: statusCode, body };
}
