export { loadConfig } from './load-config';
export { filmsAtOnce, filmsByProvider, filmsOf, measureMachine } from './films-at-once';
export type { Machine } from './films-at-once';
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
export {
  describeTool,
  findTool,
  isFound,
  optionalTool,
  requireTool,
  toolCatalogue,
  toolVersion,
} from './tools';
export type { FoundTool, MissingTool, ToolDescription, ToolName, ToolSearch } from './tools';
