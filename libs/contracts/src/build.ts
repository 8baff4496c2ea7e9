import { z } from 'zod';

/** What a reason speaks of. `unmet`: the app seems to want something that is not there; `ignored`: something of the source plays no part. */
export const REASON_SUBJECTS = [
  'folder',
  'framework',
  'manager',
  'install',
  'version',
  'setup',
  'start',
  'port',
  'environment',
  'unmet',
  'ignored',
] as const;
/** One label, as compose files name services: never a name with dots, which would be somebody's. */
export const HOST_NAME = /^[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?$/i;
export const ReasonSchema = z.object({ what: z.enum(REASON_SUBJECTS), because: z.string() });
export type Reason = z.infer<typeof ReasonSchema>;

/** What runs the app. */
export const ToolchainSchema = z.object({
  name: z.enum(['node', 'python', 'go', 'java', 'php', 'ruby', 'rust']),
  /** Of Debian's packages as far as it is known: `3.13`. */
  version: z.string(),
  /** The sandbox's own, a package of the npm registry, or a Debian system beneath the sandbox (`system`). */
  from: z.enum(['sandbox', 'npm', 'debian']),
});
export type Toolchain = z.infer<typeof ToolchainSchema>;

/** A system of Debian's packages, beneath a sandbox in place of the host's own programs. */
export const DebianSystemSchema = z.object({
  suite: z.enum(['bullseye', 'bookworm', 'trixie', 'forky']),
  /** Names of Debian's packages, besides those that every system has. */
  packages: z.array(z.string().regex(/^[a-z0-9][a-z0-9+.-]{1,80}$/)),
});
export type DebianSystem = z.infer<typeof DebianSystemSchema>;

export const PackageManagerSchema = z.enum([
  'npm',
  'pnpm',
  'yarn',
  'bun',
  'pip',
  'uv',
  'poetry',
  'pdm',
  'pipenv',
  'go',
  'maven',
  'gradle',
  'composer',
  'cargo',
  'bundler',
  'none',
]);

/** Files of `NAME=value` lines below /app; read inside the sandbox alone, later ones before earlier ones, and never over what is set already. */
const EnvironmentFilesSchema = z.array(z.string()).optional();

/** A server that runs beside the app in its sandbox, with the names that the app expects. Passwords play no part: nobody else reaches it. */
export const AppServiceSchema = z.object({
  kind: z.enum(['postgresql', 'mariadb', 'redis']),
  port: z.number().int().min(1).max(65_535),
  /** Owner of the database; '' where there is none. */
  user: z.string(),
  database: z.string(),
  /** Files of SQL below /app that fill it before the set-up, in order. */
  sql: z.array(z.string()).optional(),
  /** Those that may name its user and database. */
  environmentFiles: EnvironmentFilesSchema,
});
export type AppService = z.infer<typeof AppServiceSchema>;

/** Another process of the app in the same sandbox, started before it: its API, a worker. Commands as those of the build spec, in `/app/<dir>`. */
export const AppProcessSchema = z.object({
  /** Of its log and in messages. */
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  dir: z.string(),
  packageManager: PackageManagerSchema,
  install: z.string().nullable(),
  setup: z.array(z.string()),
  /** null: only installed and set up, because the app starts it itself. */
  start: z.string().nullable(),
  /** Where it is expected to listen; null where it serves nothing. */
  port: z.number().int().nullable(),
  env: z.record(z.string(), z.string()),
  /** For its set-up and its start. */
  environmentFiles: EnvironmentFilesSchema,
  toolchain: ToolchainSchema.optional(),
});
export type AppProcess = z.infer<typeof AppProcessSchema>;

/** What the detector read off the files: how to install, set up and start the app. Commands are `sh -c` lines, run in `/app/<dir>`. */
export const BuildSpecSchema = z.object({
  /** Folder of the app below /app, '' for the root. */
  dir: z.string(),
  /** Other folders that could be the app, nearest first; chosen with `subdir`. */
  others: z.array(z.string()),
  /** e.g. `vite`, `next`, `flask`, `django`, `fastapi`, `static`, `node`, `python`, `go`. */
  framework: z.string(),
  /** Version or range that the source names for the framework; null when it names none. */
  frameworkVersion: z.string().nullable(),
  runtime: z.enum(['node', 'python', 'go', 'java', 'php', 'ruby', 'rust', 'static', 'container', 'other']),
  /** Which version of its language runs it; absent where the sandbox's own does and nothing asked. */
  toolchain: ToolchainSchema.optional(),
  /** What has to be beneath the sandbox; absent: what it stands on will do. */
  system: DebianSystemSchema.optional(),
  /** Started before the set-up, in order. */
  services: z.array(AppServiceSchema).optional(),
  /** Installed, set up and started before the app, in order. */
  processes: z.array(AppProcessSchema).optional(),
  /** Names by which the app calls what runs beside it; each leads to its own sandbox. */
  hostNames: z.array(z.string().regex(HOST_NAME)).optional(),
  packageManager: PackageManagerSchema,
  /** null: nothing to install. */
  install: z.string().nullable(),
  /** Run in order after the install, before the start, without network (migrations, database initialisation, a build). */
  setup: z.array(z.string()),
  start: z.string(),
  /** The port we expect; the port that really listens is observed. */
  port: z.number().int().nullable(),
  /** Paths that its routes or its README name, looked at where its root shows no page. */
  pages: z.array(z.string()).optional(),
  env: z.record(z.string(), z.string()),
  /** For its set-up and its start. */
  environmentFiles: EnvironmentFilesSchema,
  /** Hosts the install may reach, e.g. registry.npmjs.org. */
  installHosts: z.array(z.string()),
  /** Set when the app is built from a Dockerfile, below `dir`, by a provider that can; null otherwise. */
  container: z.object({ dockerfile: z.string() }).nullable(),
  /** One sentence each: why this was chosen. Shown to the user. */
  reasons: z.array(ReasonSchema),
});
export type BuildSpec = z.infer<typeof BuildSpecSchema>;

/** The running app as the health check saw it. */
export const RunningAppSchema = z.object({
  /** TCP port inside the sandbox. */
  port: z.number().int(),
  /** Host header the app accepts: `localhost:<port>` or `127.0.0.1:<port>`. */
  upstreamHost: z.string(),
  /** Path whose page rendered, usually `/`. */
  path: z.string(),
  /** Public address, one host name below `PREVIEW_BASE_URL`. The agent's browser sees the app elsewhere. */
  previewUrl: z.string(),
  /** Milliseconds from the start command to the first healthy answer. */
  readyMs: z.number(),
});
export type RunningApp = z.infer<typeof RunningAppSchema>;
