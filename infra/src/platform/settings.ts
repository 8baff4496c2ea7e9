import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  embeddedConfigSchema,
  gatewayConfigSchema,
  loadConfig,
  workerConfigSchema,
} from '@showrunner/config';
import { EnvironmentError } from '@showrunner/contracts';
import { platformHome } from '../../tooling/paths.mjs';
import { SERVICES } from './services';

/** Every port of the platform and the variable that sets it; the defaults are those of libs/config. All listen on 127.0.0.1. */
export const PORT_VARIABLES = {
  gateway: 'GATEWAY_PORT',
  preview: 'PREVIEW_PORT',
  project: 'PROJECT_PORT',
  sandbox: 'SANDBOX_PORT',
  intent: 'INTENT_PORT',
  editor: 'EDITOR_PORT',
  worker: 'WORKER_PORT',
  temporal: 'TEMPORAL_PORT',
  temporalUi: 'TEMPORAL_UI_PORT',
  postgres: 'POSTGRES_PORT',
  redis: 'REDIS_PORT',
} as const;
export type PortName = keyof typeof PORT_VARIABLES;

/** What a platform consists of: all services in one server. */
const EMBEDDED = ['postgres', 'redis', 'temporal', 'server', 'worker'] as const;
export const COMPONENTS = [...EMBEDDED, ...SERVICES] as const;
export type ComponentName = (typeof COMPONENTS)[number];

export interface PlatformSettings {
  /** Data folder; everything the platform writes lies below it (PostgreSQL's data too where its user can get there). */
  home: string;
  /** Marks every process of this platform, so that leftovers are found: derived from the home. */
  instance: string;
  ports: Record<PortName, number>;
  /** Services of the user that are used instead of embedded ones. */
  external: { databaseUrl?: string; redisUrl?: string; temporalAddress?: string };
  /** What this platform starts itself. */
  components: readonly ComponentName[];
  logs: string;
  stateFile: string;
}

/** @throws EnvironmentError `invalid_configuration` naming the variable */
export function readSettings(env: NodeJS.ProcessEnv): PlatformSettings {
  const home = platformHome(env);
  const external = {
    databaseUrl: env.DATABASE_URL || undefined,
    redisUrl: env.REDIS_URL || undefined,
    temporalAddress: env.TEMPORAL_ADDRESS || undefined,
  };
  return {
    home,
    instance: createHash('sha256').update(home).digest('hex').slice(0, 16),
    ports: readPorts(env),
    external,
    components: readComponents(env.SHOWRUNNER_COMPONENTS).filter((name) => !isReplaced(name, external)),
    logs: join(home, 'logs'),
    stateFile: join(home, 'platform.json'),
  };
}

function isReplaced(name: ComponentName, external: PlatformSettings['external']): boolean {
  return (
    (name === 'postgres' && external.databaseUrl !== undefined) ||
    (name === 'redis' && external.redisUrl !== undefined) ||
    (name === 'temporal' && external.temporalAddress !== undefined)
  );
}

function readPorts(env: NodeJS.ProcessEnv): Record<PortName, number> {
  const { GATEWAY_PORT, PREVIEW_PORT, PROJECT_PORT, SANDBOX_PORT, INTENT_PORT, EDITOR_PORT } =
    gatewayConfigSchema.shape;
  const schema = embeddedConfigSchema.extend({
    ...{ GATEWAY_PORT, PREVIEW_PORT, PROJECT_PORT, SANDBOX_PORT, INTENT_PORT, EDITOR_PORT },
    WORKER_PORT: workerConfigSchema.shape.WORKER_PORT,
  });
  const values = loadConfig(schema, env);
  const variableOf = new Map<number, string>();
  for (const variable of Object.values(PORT_VARIABLES)) {
    const other = variableOf.get(values[variable]);
    if (other) {
      throw new EnvironmentError(
        'invalid_configuration',
        `${other} and ${variable} are both ${values[variable]}.`,
        {
          remedy: `Set ${variable} to another port.`,
        },
      );
    }
    variableOf.set(values[variable], variable);
  }
  const entries = Object.entries(PORT_VARIABLES).map(([name, variable]) => [name, values[variable]]);
  return Object.fromEntries(entries) as Record<PortName, number>;
}

function readComponents(text: string | undefined): readonly ComponentName[] {
  if (!text) return EMBEDDED;
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !(COMPONENTS as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw new EnvironmentError(
      'invalid_configuration',
      `SHOWRUNNER_COMPONENTS names "${unknown}", which is no component.`,
      {
        remedy: `Choose from ${COMPONENTS.join(', ')}, or unset it to start all.`,
      },
    );
  }
  const chosen = COMPONENTS.filter((name) => names.includes(name));
  const twice = SERVICES.find((name) => names.includes(name) && names.includes('server'));
  if (twice !== undefined) {
    throw new EnvironmentError(
      'invalid_configuration',
      `SHOWRUNNER_COMPONENTS names both "server" and "${twice}", which is a part of it.`,
      { remedy: `Name either server or ${SERVICES.join(', ')}.` },
    );
  }
  return chosen;
}
