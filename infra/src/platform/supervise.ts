import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { requireTool } from '@showrunner/config';
import { APPS, appSpec } from './apps';
import type { AppName } from './apps';
import { appEnvironment, storeEnvironment } from './environment';
import { lockedCommand } from './lock';
import type { ProcessSpec } from './managed-process';
import { applyMigrations } from './migrations/apply-migrations';
import { productMigrations } from './migrations/migration-files';
import { assertPortsAreFree } from './port-owner';
import { ensureDatabase, postgresSpec } from './postgres';
import { locatePostgres } from './postgres-files';
import { redisSpec } from './redis';
import { loadSecrets } from './secrets';
import type { Secrets } from './secrets';
import { Sentinel } from './sentinel';
import type { ComponentName, PlatformSettings, PortName } from './settings';
import { readState } from './state-file';
import type { PlatformState } from './state-file';
import { Supervisor } from './supervisor';
import type { Stage } from './supervisor';
import { endMarkedProcesses, reapSandboxes } from './sweep';
import { temporalSpec } from './temporal';
import { removeWorkFolders } from './work-folders';

const START_TIMEOUT_MS = 60_000;
/** The sentinel can learn of our end before the kernel has let go of our lock, so it waits for it. */
const SWEEP_LOCK_WAIT_SECONDS = 15;

/** States in which a supervisor took its sandboxes down itself. Any other, left behind: it was killed, and nobody may have swept since. */
const ENDED: ReadonlySet<PlatformState['state']> = new Set(['stopped', 'failed']);

/** Ports of each component, besides the one it is named after. */
const PORTS_OF: Record<ComponentName, readonly PortName[]> = {
  postgres: ['postgres'],
  redis: ['redis'],
  temporal: ['temporal', 'temporalUi'],
  server: ['gateway', 'preview'],
  gateway: ['gateway', 'preview'],
  project: ['project'],
  sandbox: ['sandbox'],
  intent: ['intent'],
  editor: ['editor'],
  worker: ['worker'],
};

/**
 * The life of a platform: start, keep running, and on SIGTERM or SIGINT take everything down. Resolves to the exit code.
 * The caller holds the lock of the home.
 */
export async function supervise(settings: PlatformSettings, env: NodeJS.ProcessEnv): Promise<number> {
  mkdirSync(settings.logs, { recursive: true });
  const setpriv = requireTool('setpriv', { env }).path;
  const secrets = loadSecrets(settings.home, env);
  const apps = appEnvironment(settings, secrets, env);
  const predecessor = readState(settings.home)?.state;
  const removeSandboxes = async () => {
    const problem = await reapSandboxes(settings, apps);
    if (problem) supervisor.tell(`sandboxes could not all be removed: ${problem}`);
  };
  const supervisor = new Supervisor({
    settings,
    setpriv,
    startTimeoutMs: START_TIMEOUT_MS,
    beforeStoresStop: removeSandboxes,
  });
  const sentinel = Sentinel.start(
    lockedCommand(settings, requireTool('flock', { env }).path, 'sweep', SWEEP_LOCK_WAIT_SECONDS),
    env,
  );

  let stopRequested = false;
  const stopAsked = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.on(signal, () => {
        supervisor.tell(`${signal} asks for the end`);
        stopRequested = true;
        resolve();
      });
    }
  });
  const finish = async (outcome: Parameters<Supervisor['stop']>[0]) => {
    await supervisor.stop(outcome);
    await endMarkedProcesses(settings);
    sentinel.dismiss();
  };

  try {
    const left = await endMarkedProcesses(settings);
    if (predecessor !== undefined && !ENDED.has(predecessor)) {
      supervisor.tell(
        `the supervisor before this one was killed; ${left} processes of it were left and are ended`,
      );
      await removeSandboxes();
    }
    const folders = await removeWorkFolders(settings.home);
    if (folders > 0) supervisor.tell(`${folders} work folders of killed processes are removed`);
    const wanted = settings.components.flatMap((name) => PORTS_OF[name]);
    await assertPortsAreFree(wanted, settings.ports);
    const starting = supervisor.start(stagesOf(settings, secrets, setpriv, env, apps));
    await Promise.race([starting, stopAsked]);
    starting.catch(() => undefined);
    await stopAsked;
    await finish('stopped');
    return 0;
  } catch (error) {
    await finish(stopRequested ? 'stopped' : { failure: error });
    return stopRequested ? 0 : 1;
  }
}

/** Stores first (side by side, the schema as soon as the database serves), then the apps. */
function stagesOf(
  settings: PlatformSettings,
  secrets: Secrets,
  setpriv: string,
  env: NodeJS.ProcessEnv,
  apps: NodeJS.ProcessEnv,
): Stage[] {
  const { ports, home } = settings;
  const own = storeEnvironment(settings, env);
  const has = (name: ComponentName) => settings.components.includes(name);
  const migrate = async () => {
    if (!settings.external.databaseUrl) await ensureDatabase(ports.postgres, secrets.postgresPassword);
    await applyMigrations(apps.DATABASE_URL ?? '', productMigrations());
  };
  const stores: ProcessSpec[] = [];
  if (has('postgres')) {
    const files = locatePostgres(home, settings.instance, setpriv);
    stores.push(postgresSpec({ files, port: ports.postgres, password: secrets.postgresPassword, env: own }));
  }
  if (has('redis')) {
    const program = requireTool('redis-server', { env }).path;
    const folder = join(home, 'redis');
    stores.push(redisSpec({ program, folder, port: ports.redis, password: secrets.redisPassword, env: own }));
  }
  if (has('temporal')) {
    const program = requireTool('temporal', { env }).path;
    const databaseFile = join(home, 'temporal.db');
    stores.push(
      temporalSpec({ program, databaseFile, port: ports.temporal, uiPort: ports.temporalUi, env: own }),
    );
  }
  const appNames = APPS.filter((name: AppName) => has(name));
  return [
    { processes: stores, afterReady: { postgres: migrate } },
    {
      processes: appNames.map((name) => appSpec(name, settings, apps)),
      ...(settings.external.databaseUrl ? { before: migrate } : {}),
    },
  ];
}
