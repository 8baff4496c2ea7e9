import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { EnvironmentError } from '@showrunner/contracts';
import { platformHome } from '../../tooling/paths.mjs';

/** Every port of the platform: the variable that sets it and its default. All listen on 127.0.0.1. */
export const PORT_VARIABLES = {
  gateway: { variable: 'GATEWAY_PORT', port: 4400 },
  preview: { variable: 'PREVIEW_PORT', port: 4401 },
  project: { variable: 'PROJECT_PORT', port: 4410 },
  intent: { variable: 'INTENT_PORT', port: 4411 },
  editor: { variable: 'EDITOR_PORT', port: 4412 },
  worker: { variable: 'WORKER_PORT', port: 4420 },
  temporal: { variable: 'TEMPORAL_PORT', port: 7233 },
  temporalUi: { variable: 'TEMPORAL_UI_PORT', port: 8233 },
  postgres: { variable: 'POSTGRES_PORT', port: 54329 },
  redis: { variable: 'REDIS_PORT', port: 63790 },
} as const;
export type PortName = keyof typeof PORT_VARIABLES;

export const COMPONENTS = [
  'postgres',
  'redis',
  'temporal',
  'gateway',
  'project',
  'intent',
  'editor',
  'worker',
] as const;
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

/** @throws EnvironmentError `invalid_setting` naming the variable */
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
  const entries = Object.entries(PORT_VARIABLES).map(([name, { variable, port }]) => {
    const text = env[variable];
    return [name, text ? parsePort(variable, text) : port] as const;
  });
  const variableOf = new Map<number, string>();
  for (const [name, port] of entries) {
    const variable = PORT_VARIABLES[name as PortName].variable;
    const other = variableOf.get(port);
    if (other) {
      throw new EnvironmentError('invalid_setting', `${other} and ${variable} are both ${port}.`, {
        remedy: `Set ${variable} to another port.`,
      });
    }
    variableOf.set(port, variable);
  }
  return Object.fromEntries(entries) as Record<PortName, number>;
}

function parsePort(variable: string, text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new EnvironmentError('invalid_setting', `${variable} is "${text}", which is not a port.`, {
    remedy: `Set ${variable} to a number from 1 to 65535, or unset it.`,
  });
}

function readComponents(text: string | undefined): readonly ComponentName[] {
  if (!text) return COMPONENTS;
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !(COMPONENTS as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw new EnvironmentError(
      'invalid_setting',
      `SHOWRUNNER_COMPONENTS names "${unknown}", which is no component.`,
      {
        remedy: `Choose from ${COMPONENTS.join(', ')}, or unset it to start all.`,
      },
    );
  }
  return COMPONENTS.filter((name) => names.includes(name));
}
