import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { answerOf } from '@showrunner/api-client';
import { ResultsFolder } from '../results-folder';
import { saveResults } from '../save-results';
import { answer, answering } from './answers';
import type { ToolContext } from './tool-context';

const run = z.string().min(1).max(100).describe('Id of the run');

/** Tools that fetch what a run made. */
export function registerFilmTools(server: McpServer, context: ToolContext): void {
  server.registerTool(
    'get_plan',
    {
      title: 'Get the plan of a run',
      description:
        'The features and steps that a run shows, each with the condition that proves it, as JSON. Changed, it can be given to film as a plan.',
      inputSchema: { run },
      annotations: { readOnlyHint: true },
    },
    ({ run: id }) =>
      answering(async () => {
        const { body } = await answerOf(
          (await context.api()).GET('/runs/{id}/plan', { params: { path: { id } } }),
        );
        return answer([JSON.stringify(body)]);
      }),
  );
  if (context.isLocal) registerSaving(server, context);
  else registerAddresses(server, context);
}

function registerSaving(server: McpServer, context: ToolContext): void {
  server.registerTool(
    'get_video',
    {
      title: 'Save the film of a run',
      description: 'Writes film, captions, plan, log of actions and report of a run into a folder.',
      inputSchema: { run, folder: z.string().min(1).describe('Where to write; made if it is missing') },
      annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true },
    },
    ({ run: id, folder }) =>
      answering(async () => {
        const api = await context.api();
        const report = await answerOf(api.GET('/runs/{id}', { params: { path: { id } } }));
        const out = await ResultsFolder.claim(folder, { force: false });
        try {
          const saved = await saveResults(api, report, out);
          return answer([`In ${saved.folder}:`, ...saved.files]);
        } finally {
          await out.release();
        }
      }),
  );
}

function registerAddresses(server: McpServer, context: ToolContext): void {
  server.registerTool(
    'get_video',
    {
      title: 'Addresses of what a run made',
      description: 'Where the film of a run and its other files are fetched, with the same key.',
      inputSchema: { run },
      annotations: { readOnlyHint: true },
    },
    ({ run: id }) =>
      answering(async () => {
        const api = await context.api();
        const { data } = await answerOf(
          api.GET('/runs/{runId}/artifacts', { params: { path: { runId: id } } }),
        );
        if (data.length === 0) return answer([`Run ${id} has left no files (yet).`]);
        return answer([
          'Fetch with the header "Authorization: Bearer <key>":',
          ...data.map(
            ({ name, bytes, contentType }) =>
              `${context.baseUrl()}/runs/${id}/artifacts/${name}  ${contentType}, ${bytes} bytes`,
          ),
        ]);
      }),
  );
}
