import { databaseUrl } from './postgres';
import type { Secrets } from './secrets';
import { PORT_VARIABLES } from './settings';
import type { PlatformSettings, PortName } from './settings';

/** Variable that marks every process of a platform. */
export const INSTANCE_VARIABLE = 'SHOWRUNNER_INSTANCE';

/** Options of the tool that started us, which must not reach the processes of the platform. */
const NOT_INHERITED = ['NODE_OPTIONS', 'SHOWRUNNER_COMPONENTS', 'npm_config_prefix', 'INIT_CWD'];

/** Environment of the stores: nothing but what they need. */
export function storeEnvironment(settings: PlatformSettings, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { PATH: env.PATH, HOME: env.HOME, LANG: 'C.UTF-8', [INSTANCE_VARIABLE]: settings.instance };
}

/** Environment of the apps: the user's own, with the addresses and secrets of this platform. */
export function appEnvironment(
  settings: PlatformSettings,
  secrets: Secrets,
  env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const inherited = Object.fromEntries(
    Object.entries(env).filter(([name]) => !NOT_INHERITED.includes(name) && !name.startsWith('npm_')),
  );
  const ports = Object.entries(PORT_VARIABLES).map(([name, variable]) => [
    variable,
    String(settings.ports[name as PortName]),
  ]);
  return {
    ...inherited,
    ...Object.fromEntries(ports),
    NODE_ENV: env.NODE_ENV === 'test' || !env.NODE_ENV ? 'production' : env.NODE_ENV,
    SHOWRUNNER_HOME: settings.home,
    // glibc keeps freed memory of each thread for that thread, and the worker has some thirty.
    MALLOC_ARENA_MAX: env.MALLOC_ARENA_MAX ?? '2',
    [INSTANCE_VARIABLE]: settings.instance,
    DATABASE_URL:
      settings.external.databaseUrl ?? databaseUrl(settings.ports.postgres, secrets.postgresPassword),
    REDIS_URL:
      settings.external.redisUrl ?? `redis://:${secrets.redisPassword}@127.0.0.1:${settings.ports.redis}`,
    TEMPORAL_ADDRESS: settings.external.temporalAddress ?? `127.0.0.1:${settings.ports.temporal}`,
    TEMPORAL_UI_URL: env.TEMPORAL_UI_URL ?? `http://127.0.0.1:${settings.ports.temporalUi}`,
    INTERNAL_TOKEN: secrets.internalToken,
    SHOWRUNNER_API_KEY: secrets.apiKey,
    SECRETS_KEY: env.SECRETS_KEY || secrets.secretsKey,
    SECRETS_KEY_PREVIOUS: env.SECRETS_KEY_PREVIOUS || secrets.previousSecretsKeys?.join(','),
  };
}
