import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { ServerNotification, ServerRequest } from '@modelcontextprotocol/sdk/types.js';
import { CODE_LANGUAGES } from '@showrunner/contracts';
import { z } from 'zod';
import { answerOf } from '@showrunner/api-client';
import { answer, answering } from './answers';
import type { ToolContext } from './tool-context';

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

const MOST_CODE = 200_000;
/** Characters of output that travel as data: its end, where errors stand. */
const MOST_OUTPUT = 20_000;
const TELL_EVERY_MS = 10_000;
/** Together with the start of a sandbox, what our own client waits for an answer at most. */
const MOST_SECONDS = 240;

const seconds = z
  .number()
  .int()
  .min(1)
  .max(MOST_SECONDS)
  .default(MOST_SECONDS)
  .describe('The code is ended after so long');
const environment = z
  .record(z.string(), z.string())
  .default({})
  .describe('Variables of the code, by their names');
const outputSchema = { exit_code: z.number().int(), output: z.string() };
const agent = z.string().min(1).max(100).describe('Id of the agent');

/** Tools that run code, brought along or stored as an agent, each time in a sandbox of its own. */
export function registerAgentTools(server: McpServer, context: ToolContext): void {
  server.registerTool(
    'run_code',
    {
      title: 'Run code in a sandbox',
      description:
        'Runs code in a new sandbox without network, answers its output and exit code, and removes the sandbox.',
      inputSchema: {
        code: z.string().min(1).max(MOST_CODE),
        language: z.enum(CODE_LANGUAGES).default('python'),
        timeout_seconds: seconds,
      },
      outputSchema,
      annotations: { readOnlyHint: false, destructiveHint: false, openWorldHint: false },
    },
    ({ code, language, timeout_seconds: limit }, extra) =>
      answering(async () => {
        const api = await context.api();
        const asked = api.POST('/agents/{agentId}/execute', {
          params: { path: { agentId: 'mcp' } },
          body: { code, language, timeoutMs: limit * 1000 },
          signal: extra.signal,
        });
        return ran(await telling(extra, answerOf(asked)));
      }),
  );
  server.registerTool(
    'save_agent',
    {
      title: 'Store code as an agent',
      description:
        'Stores code, with files beside it, to be run again by its id with run_agent. Of variables only the names are stored.',
      inputSchema: {
        name: z.string().min(1).max(100),
        code: z.string().min(1).max(MOST_CODE),
        language: z.enum(CODE_LANGUAGES).default('python'),
        files: z.record(z.string(), z.string()).default({}).describe('Name of a file to its text'),
        env_names: z.array(z.string()).default([]).describe('Variables that every run has to give'),
      },
      outputSchema: { agent: z.string() },
      annotations: { readOnlyHint: false, destructiveHint: false, openWorldHint: false },
    },
    ({ env_names: envNames, ...body }) =>
      answering(async () => {
        const api = await context.api();
        const { id, name } = await answerOf(api.POST('/agents', { body: { ...body, envNames } }));
        return answer([`Stored "${name}": run it with run_agent, agent ${id}.`], { agent: id });
      }),
  );
  server.registerTool(
    'run_agent',
    {
      title: 'Run an agent',
      description:
        'Runs the stored code of an agent in a new sandbox without network, answers its output and exit code, and removes the sandbox.',
      inputSchema: {
        agent,
        environment,
        args: z.array(z.string()).max(100).default([]),
        timeout_seconds: seconds,
      },
      outputSchema,
      annotations: { readOnlyHint: false, destructiveHint: false, openWorldHint: false },
    },
    ({ agent: agentId, timeout_seconds: limit, ...body }, extra) =>
      answering(async () => {
        const api = await context.api();
        const asked = api.POST('/agents/{agentId}/run', {
          params: { path: { agentId } },
          body: { ...body, timeoutMs: limit * 1000 },
          signal: extra.signal,
        });
        return ran(await telling(extra, answerOf(asked)));
      }),
  );
  server.registerTool(
    'list_agents',
    {
      title: 'List agents',
      description: 'Stored agents, newest first, with the variables that each needs.',
      inputSchema: { limit: z.number().int().min(1).max(50).default(20) },
      annotations: { readOnlyHint: true },
    },
    ({ limit }) =>
      answering(async () => {
        const api = await context.api();
        const { data } = await answerOf(api.GET('/agents', { params: { query: { limit } } }));
        const lines = data.map(({ id, language, name, envNames }) =>
          [id, language, name, ...(envNames.length > 0 ? [`needs ${envNames.join(', ')}`] : [])].join('  '),
        );
        return answer(lines.length > 0 ? lines : ['No agent is stored.']);
      }),
  );
  server.registerTool(
    'delete_agent',
    {
      title: 'Delete an agent',
      description: 'Deletes the stored code of an agent.',
      inputSchema: { agent },
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false },
    },
    ({ agent: agentId }) =>
      answering(async () => {
        const api = await context.api();
        await answerOf(api.DELETE('/agents/{agentId}', { params: { path: { agentId } } }));
        return answer([`Agent ${agentId} is deleted.`]);
      }),
  );
}

const ran = ({ exit_code, output }: { exit_code: number; output: string }) =>
  answer([output, `exit code ${exit_code}`], { exit_code, output: output.slice(-MOST_OUTPUT) });

/** Tells a client that asked for progress, every so often, that the code still runs: it may wait on then. */
async function telling<T>({ _meta, sendNotification }: Extra, work: Promise<T>): Promise<T> {
  const progressToken = _meta?.progressToken;
  if (progressToken === undefined) return work;
  let progress = 0;
  const timer = setInterval(() => {
    progress += 1;
    const params = { progressToken, progress, message: 'It still runs' };
    // Who is gone is told nothing more.
    sendNotification({ method: 'notifications/progress', params }).catch(() => undefined);
  }, TELL_EVERY_MS);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
