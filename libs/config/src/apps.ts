import { z } from 'zod';
import { variables } from './variables';

const {
  process: ofProcess,
  database,
  redis,
  temporal,
  internal,
  secrets,
  storage,
  gateway,
  project,
  sandbox,
  intent,
  editor,
} = variables;

/** Where running apps are shown. */
const previews = { PREVIEW_PORT: gateway.PREVIEW_PORT, PREVIEW_BASE_URL: gateway.PREVIEW_BASE_URL };

/** What every inner service needs. */
const service = {
  ...{ ...ofProcess, ...database, ...temporal, ...internal, ...secrets, ...storage },
  DISK_FREE_FLOOR_BYTES: variables.retention.DISK_FREE_FLOOR_BYTES,
};

/** Events reach their readers over Redis, whichever gateway they are connected to; nothing else speaks to it. */
export const gatewayConfigSchema = z.object({
  ...service,
  ...redis,
  ...gateway,
  ...variables.door,
  ...variables.accounts,
  ...project,
  ...sandbox,
  ...intent,
  ...editor,
  ...variables.serviceUrls,
  ...variables.apiKey,
  ...variables.sandboxes,
});
export const projectConfigSchema = z.object({
  ...service,
  ...project,
  SOURCE_ALLOWED_HOSTS: variables.network.SOURCE_ALLOWED_HOSTS,
  SANDBOX_PROVIDER: variables.sandboxes.SANDBOX_PROVIDER,
});
export const sandboxConfigSchema = z.object({
  ...service,
  ...sandbox,
  ...variables.places,
  TENANT_BUDGET_USD: variables.budgets.TENANT_BUDGET_USD,
  ...previews,
  SOURCE_ALLOWED_HOSTS: variables.network.SOURCE_ALLOWED_HOSTS,
  ...variables.sandboxes,
});
/** The gateway's ports are for the links that operators see in Temporal. */
export const intentConfigSchema = z.object({
  ...service,
  ...intent,
  ...gateway,
  ...variables.retention,
  RUN_BUDGET_USD: variables.budgets.RUN_BUDGET_USD,
  TENANT_BUDGET_USD: variables.budgets.TENANT_BUDGET_USD,
  TENANT_MAX_RUNS: variables.places.TENANT_MAX_RUNS,
  TENANT_RUNS_PER_MINUTE: variables.places.TENANT_RUNS_PER_MINUTE,
  SANDBOX_PROVIDER: variables.sandboxes.SANDBOX_PROVIDER,
  SANDBOX_ON_LOST: variables.sandboxes.SANDBOX_ON_LOST,
});
export const editorConfigSchema = z.object({ ...service, ...editor });
/** All services in one process. */
export const serverConfigSchema = z.object({
  ...gatewayConfigSchema.shape,
  ...projectConfigSchema.shape,
  ...sandboxConfigSchema.shape,
  ...intentConfigSchema.shape,
  ...editorConfigSchema.shape,
});
export const workerConfigSchema = z.object({
  ...ofProcess,
  ...database,
  ...temporal,
  ...internal,
  ...secrets,
  ...storage,
  ...variables.worker,
  ...variables.models,
  ...variables.network,
  ...variables.installs,
  ...variables.cdn,
  ...variables.systems,
  ...variables.sandboxes,
  ...variables.tools,
  SANDBOX_PLACES: variables.places.SANDBOX_PLACES,
  FILMS_AT_ONCE: variables.places.FILMS_AT_ONCE,
  TENANT_MAX_SANDBOXES: variables.places.TENANT_MAX_SANDBOXES,
  TENANT_BUDGET_USD: variables.budgets.TENANT_BUDGET_USD,
  ...previews,
});
export const cliConfigSchema = z.object({
  // Without a value: that of the repository which the command line belongs to, wherever it is called from.
  SHOWRUNNER_HOME: ofProcess.SHOWRUNNER_HOME.unwrap().optional(),
  ...variables.commandLine,
  ...variables.apiKey,
});
/** Read by the scripts that start the embedded platform. */
export const embeddedConfigSchema = z.object({ ...variables.embedded });

export type GatewayConfig = z.infer<typeof gatewayConfigSchema>;
export type ProjectConfig = z.infer<typeof projectConfigSchema>;
export type SandboxConfig = z.infer<typeof sandboxConfigSchema>;
export type IntentConfig = z.infer<typeof intentConfigSchema>;
export type EditorConfig = z.infer<typeof editorConfigSchema>;
export type ServerConfig = z.infer<typeof serverConfigSchema>;
export type WorkerConfig = z.infer<typeof workerConfigSchema>;
export type CliConfig = z.infer<typeof cliConfigSchema>;

/** The apps and their variables. */
export const appConfigSchemas = {
  gateway: gatewayConfigSchema,
  project: projectConfigSchema,
  sandbox: sandboxConfigSchema,
  intent: intentConfigSchema,
  editor: editorConfigSchema,
  server: serverConfigSchema,
  worker: workerConfigSchema,
  cli: cliConfigSchema,
} as const;
