import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { AppError } from '@showrunner/contracts';
import { createMcpServer } from './mcp-server';
import type { ToolContext } from './tool-context';

const ROUTE = '/mcp';
const MOST_BODY = 4 * 1024 * 1024;
const MOST_SESSIONS = 100;
const IDLE_MS = 30 * 60_000;
const LOOK_EVERY_MS = 60_000;

interface Session {
  transport: StreamableHTTPServerTransport;
  /** Of the key that opened it: no other may use it. */
  keyHash: string;
  usedAt: number;
}

export interface HttpOptions {
  /** Hosts by which the server may be called: a page of another name that points here is refused. */
  hosts: readonly string[];
  /** What the tools of a client with this key work with. @throws AppError when the platform does not take the key */
  contextOf: (apiKey: string) => Promise<ToolContext>;
}

/**
 * Streamable HTTP at `/mcp`: every client brings its own key of the platform (`Authorization: Bearer …`), works with that key's rights, and has
 * a session of its own, which ends by `DELETE` or half an hour after its last request.
 */
export function createMcpHttpServer({ hosts, contextOf }: HttpOptions): Server {
  const sessions = new Map<string, Session>();
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else if (error instanceof AppError) refuse(response, error.status, error.message);
      else refuse(response, 500, 'Something went wrong here; the log of the server says what.');
      if (!(error instanceof AppError)) process.stderr.write(`${String(error)}\n`);
    });
  });
  const ending = setInterval(() => {
    for (const { transport, usedAt } of sessions.values())
      if (Date.now() - usedAt > IDLE_MS) void transport.close();
  }, LOOK_EVERY_MS).unref();
  server.once('close', () => clearInterval(ending));

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (new URL(request.url ?? '/', 'http://localhost').pathname !== ROUTE)
      return refuse(response, 404, `The server is at ${ROUTE}.`);
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    if (!hosts.includes(host)) return refuse(response, 403, 'This server is not called by that name.');
    const key = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (key === undefined) {
      response.setHeader('www-authenticate', 'Bearer');
      return refuse(
        response,
        401,
        'Send a key of the platform: "Authorization: Bearer <key>" (showrunner keys).',
      );
    }
    const keyHash = createHash('sha256').update(key).digest('hex');
    const id = request.headers['mcp-session-id'];
    if (id === undefined) return await open(request, response, key, keyHash);
    const session = sessions.get(String(id));
    if (session?.keyHash !== keyHash)
      return refuse(response, 404, 'There is no such session: begin a new one.');
    session.usedAt = Date.now();
    await session.transport.handleRequest(request, response, await bodyOf(request));
  }

  async function open(
    request: IncomingMessage,
    response: ServerResponse,
    key: string,
    keyHash: string,
  ): Promise<void> {
    if (request.method !== 'POST') return refuse(response, 400, 'Begin with an initialize request.');
    const body = await bodyOf(request);
    const context = await contextOf(key);
    if (sessions.size >= MOST_SESSIONS)
      return refuse(response, 503, 'Too many sessions are open. Try later.');
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void sessions.set(id, { transport, keyHash, usedAt: Date.now() }),
    });
    const mcp = createMcpServer(context);
    transport.onclose = () => {
      if (transport.sessionId !== undefined) sessions.delete(transport.sessionId);
    };
    // The transport's optional callbacks are typed without `undefined`.
    await mcp.connect(transport as Parameters<typeof mcp.connect>[0]);
    await transport.handleRequest(request, response, body);
    if (transport.sessionId === undefined) await mcp.close();
  }

  return server;
}

/** A body of JSON. @throws AppError `too_large` (413), `bad_json` (400) */
async function bodyOf(request: IncomingMessage): Promise<unknown> {
  if (request.method !== 'POST') return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BODY)
      throw new AppError('too_large', `A request may have ${MOST_BODY} bytes.`, { status: 413 });
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch (cause) {
    throw new AppError('bad_json', 'The body is not JSON.', { status: 400, cause });
  }
}

function refuse(response: ServerResponse, status: number, message: string): void {
  const error = { code: -32000, message };
  response
    .writeHead(status, { 'content-type': 'application/json', connection: 'close' })
    .end(JSON.stringify({ jsonrpc: '2.0', error, id: null }));
}
