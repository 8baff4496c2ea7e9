import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { registerAgentTools } from './agent-tools';
import { registerFilmTools } from './film-tools';
import { registerResources } from './resources';
import { registerReviewTool } from './review-tool';
import { registerRunTools } from './run-tools';
import { registerSandboxTools } from './sandbox-tools';
import type { ToolContext } from './tool-context';

const INSTRUCTIONS =
  'Showrunner films apps: film takes a source and answers the id of a run, watch_run waits for its end, get_video fetches the film. A feature is in the film only if it provably worked.';

/** The tools and resources of the platform for one client, to be connected to a transport. */
export function createMcpServer(context: ToolContext): McpServer {
  const server = new McpServer({ name: 'showrunner', version: '0.1.0' }, { instructions: INSTRUCTIONS });
  registerRunTools(server, context);
  registerReviewTool(server, context);
  registerFilmTools(server, context);
  registerSandboxTools(server, context);
  registerAgentTools(server, context);
  registerResources(server, context);
  return server;
}
