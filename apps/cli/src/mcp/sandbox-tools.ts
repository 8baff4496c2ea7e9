import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { answerOf } from '@showrunner/api-client';
import { oneLine } from '../progress-lines';
import { answer, answering } from './answers';
import type { ToolContext } from './tool-context';

/** Tools around sandboxes: what runs, and ending it. */
export function registerSandboxTools(server: McpServer, context: ToolContext): void {
  server.registerTool(
    'list_sandboxes',
    {
      title: 'List sandboxes',
      description: 'Sandboxes that exist, with state and address of their app.',
      inputSchema: { limit: z.number().int().min(1).max(50).default(20) },
      annotations: { readOnlyHint: true },
    },
    ({ limit }) =>
      answering(async () => {
        const api = await context.api();
        const { data } = await answerOf(api.GET('/sandboxes', { params: { query: { limit } } }));
        const lines = data
          .filter(({ status }) => status !== 'destroyed')
          .map(({ id, status, purpose, previewUrl, message }) =>
            [id, status, purpose, previewUrl ?? '', oneLine(message)].filter(Boolean).join('  '),
          );
        return answer(lines.length > 0 ? lines : ['No sandbox exists.']);
      }),
  );
  server.registerTool(
    'end_sandbox',
    {
      title: 'End a sandbox',
      description: 'Destroys a sandbox and everything in it.',
      inputSchema: { sandbox: z.string().min(1).max(100) },
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true },
    },
    ({ sandbox: id }) =>
      answering(async () => {
        const api = await context.api();
        const { status } = await answerOf(
          api.repeatedly.DELETE('/sandboxes/{id}', { params: { path: { id }, query: { wait: 30 } } }),
        );
        return answer([`Sandbox ${id} is ${status}.`]);
      }),
  );
}
