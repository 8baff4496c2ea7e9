import { ResourceTemplate } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { ReadResourceResult } from '@modelcontextprotocol/sdk/types.js';
import { answerOf } from '@showrunner/api-client';
import { InvalidInputError } from '@showrunner/contracts';
import type { ToolContext } from './tool-context';

/** Bytes of a resource that is sent: what is larger (the film) is fetched from its address. */
const MOST_BYTES = 2 * 1024 * 1024;
const LISTED_RUNS = 10;

/** What runs made, to be read: plan, log and, as pictures and text, every file that is small enough. */
export function registerResources(server: McpServer, context: ToolContext): void {
  const idOf = (value: string | string[] | undefined): string => decodeURIComponent(String(value));
  const listed = (name: string, title: string, mimeType: string) => async () => {
    const api = await context.api();
    const { data } = await answerOf(api.GET('/runs', { params: { query: { limit: LISTED_RUNS } } }));
    return {
      resources: data.map(({ id }) => ({
        uri: `showrunner://runs/${id}/${name}`,
        name: `${title} ${id}`,
        mimeType,
      })),
    };
  };
  server.registerResource(
    'plan',
    new ResourceTemplate('showrunner://runs/{run}/plan', {
      list: listed('plan', 'Plan of run', 'application/json'),
    }),
    { title: 'Plan of a run', mimeType: 'application/json' },
    async (uri, { run }) => {
      const api = await context.api();
      const { body } = await answerOf(api.GET('/runs/{id}/plan', { params: { path: { id: idOf(run) } } }));
      return text(uri, 'application/json', JSON.stringify(body, null, 2));
    },
  );
  server.registerResource(
    'log',
    new ResourceTemplate('showrunner://runs/{run}/log', { list: listed('log', 'Log of run', 'text/plain') }),
    { title: 'Log of a run', mimeType: 'text/plain' },
    async (uri, { run }) => {
      const api = await context.api();
      const params = { path: { id: idOf(run) } };
      return text(
        uri,
        'text/plain',
        String(await answerOf(api.GET('/runs/{id}/logs', { params, parseAs: 'text' }))),
      );
    },
  );
  server.registerResource(
    'file',
    new ResourceTemplate('showrunner://runs/{run}/files/{name}', { list: undefined }),
    {
      title: 'File that a run made',
      description: 'Pictures, captions, logs; their names are told by get_video',
    },
    (uri, { run, name }) => readFile(uri, context, idOf(run), idOf(name)),
  );
}

const text = (uri: URL, mimeType: string, content: string): ReadResourceResult => ({
  contents: [{ uri: uri.href, mimeType, text: content }],
});

/** @throws {InvalidInputError} `too_large`, and those of the platform */
async function readFile(
  uri: URL,
  context: ToolContext,
  runId: string,
  name: string,
): Promise<ReadResourceResult> {
  const api = await context.api();
  const { data } = await answerOf(api.GET('/runs/{runId}/artifacts', { params: { path: { runId } } }));
  const bytes = data.find((artifact) => artifact.name === name)?.bytes ?? 0;
  if (bytes > MOST_BYTES)
    throw new InvalidInputError('too_large', `${name} has ${bytes} bytes, too many for an answer.`, {
      status: 413,
      remedy: `Fetch ${context.baseUrl()}/runs/${runId}/artifacts/${name} with your key.`,
    });
  const params = { path: { runId, name } };
  const { data: body, response } = await api.GET('/runs/{runId}/artifacts/{name}', {
    params,
    parseAs: 'arrayBuffer',
  });
  const mimeType = response.headers.get('content-type') ?? 'application/octet-stream';
  const content = Buffer.from(body as ArrayBuffer);
  if (/^text\/|json/.test(mimeType)) return text(uri, mimeType, content.toString('utf8'));
  return { contents: [{ uri: uri.href, mimeType, blob: content.toString('base64') }] };
}
