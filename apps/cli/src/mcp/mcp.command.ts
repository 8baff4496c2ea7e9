import { once } from 'node:events';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { answerOf, type ApiClient } from '@showrunner/api-client';
import type { CliConfig } from '@showrunner/config';
import { InvalidInputError } from '@showrunner/contracts';
import { connect, connectStarted } from '../platform';
import { createMcpHttpServer } from './http-server';
import { createMcpServer } from './mcp-server';

export interface McpOptions {
  http?: string;
  host: string;
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** `mcp`: serves films as tools to coding agents, over standard input and output or, with `--http <port>`, to whoever has a key. */
export async function serveMcp(config: CliConfig, options: McpOptions): Promise<number> {
  return options.http === undefined ? await serveStdio(config) : await serveHttp(config, options);
}

async function serveStdio(config: CliConfig): Promise<number> {
  let started: Promise<ApiClient> | undefined;
  const api = (): Promise<ApiClient> =>
    (started ??= connectStarted(config).catch((error: unknown) => {
      started = undefined;
      throw error;
    }));
  const server = createMcpServer({ api, baseUrl: () => connect(config).baseUrl, isLocal: true });
  const transport = new StdioServerTransport();
  await server.connect(transport);
  await once(process.stdin, 'end');
  await server.close();
  return 0;
}

/** @throws InvalidInputError `bad_port` */
async function serveHttp(config: CliConfig, { http, host }: McpOptions): Promise<number> {
  const port = Number(http);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new InvalidInputError('bad_port', `"${http ?? ''}" is not a port.`, {
      remedy: 'Give a number between 1 and 65535.',
    });
  const server = createMcpHttpServer({
    hosts: [...LOOPBACK, host],
    contextOf: async (apiKey) => {
      const api = connect({ ...config, SHOWRUNNER_API_KEY: apiKey });
      await answerOf(api.GET('/runs', { params: { query: { limit: 1 } } }));
      return { api: () => Promise.resolve(api), baseUrl: () => api.baseUrl, isLocal: false };
    },
  });
  server.listen(port, host);
  await once(server, 'listening');
  process.stderr.write(`MCP server at http://${host}:${port}/mcp; clients send a key (showrunner keys).\n`);
  await once(server, 'close');
  return 0;
}
