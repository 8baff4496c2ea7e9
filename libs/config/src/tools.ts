import { EnvironmentError } from '@showrunner/contracts';
import { findTool, isFound } from './tool-resolution.mjs';
import type { FoundTool, ToolName, ToolSearch } from './tool-resolution.mjs';

export { describeTool, findTool, isFound, toolVersion } from './tool-resolution.mjs';
export { toolCatalogue } from './tool-catalogue.mjs';
export type { FoundTool, MissingTool, ToolName, ToolSearch } from './tool-resolution.mjs';
export type { ToolDescription } from './tool-catalogue.mjs';

/** Path of a tool of the machine that can be done without; undefined when it is not there. */
export function optionalTool(name: ToolName, search: ToolSearch = { env: process.env }): string | undefined {
  const result = findTool(name, search);
  return isFound(result) ? result.path : undefined;
}

/**
 * Path of a tool of the machine, for a process that cannot go on without it.
 * @throws EnvironmentError `tool_missing`, naming the tool, what it is for and the command that mends it
 */
export function requireTool(name: ToolName, search: ToolSearch = { env: process.env }): FoundTool {
  const result = findTool(name, search);
  if (isFound(result)) return result;
  throw new EnvironmentError('tool_missing', result.reason, {
    remedy: result.remedy,
    status: 503,
    details: { tool: name },
  });
}
