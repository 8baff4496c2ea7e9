export { loadConfig } from './load-config';
export { envExample } from './env-example';
export {
  appConfigSchemas,
  cliConfigSchema,
  editorConfigSchema,
  embeddedConfigSchema,
  gatewayConfigSchema,
  intentConfigSchema,
  projectConfigSchema,
  sandboxConfigSchema,
  serverConfigSchema,
  workerConfigSchema,
} from './apps';
export type {
  CliConfig,
  EditorConfig,
  GatewayConfig,
  IntentConfig,
  ProjectConfig,
  SandboxConfig,
  ServerConfig,
  WorkerConfig,
} from './apps';
export { describeTool, findTool, isFound, requireTool, toolCatalogue, toolVersion } from './tools';
export type { FoundTool, MissingTool, ToolDescription, ToolName, ToolSearch } from './tools';
