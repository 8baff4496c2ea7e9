import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EnvironmentError } from '@showrunner/contracts';
import { repositoryRoot } from '../../tooling/paths.mjs';
import type { ProcessSpec } from './managed-process';
import { answersOk } from './probes';
import { SERVICES } from './services';
import type { PlatformSettings } from './settings';

export const APPS = ['server', ...SERVICES, 'worker'] as const;
export type AppName = (typeof APPS)[number];

/** The program of an app; services have that of the server. */
export function appBundle(name: AppName): string {
  return join(repositoryRoot, 'apps', name === 'worker' ? 'worker' : 'server', 'dist', 'main.mjs');
}

function programArguments(name: AppName): string[] {
  if (name === 'worker') return ['--pool', 'all'];
  return ['--service', name === 'server' ? 'all' : name];
}

/** Far above what they need: the worker holds browsers' traffic and the threads of the workflows. */
const HEAP_MIB = { worker: 1536, server: 512 };

/**
 * Keeps the server at 120 MiB and the worker at 160 instead of 180 and 340 (measured after the start): Node.js would otherwise let its heap
 * grow towards the machine's memory before it collects. Source maps of everything that is loaded take 35 MiB of the worker and a second of
 * its start, so only a log that is to be read closely has them.
 */
function nodeOptions(name: AppName, env: NodeJS.ProcessEnv): string[] {
  const heapMiB = name === 'worker' ? HEAP_MIB.worker : HEAP_MIB.server;
  return [
    ...(['debug', 'trace'].includes(env.LOG_LEVEL ?? '') ? ['--enable-source-maps'] : []),
    ...['--optimize-for-size', '--max-semi-space-size=4', `--max-old-space-size=${heapMiB}`],
    '--v8-pool-size=1',
  ];
}

/**
 * One of our own programs; ready when its `/healthz` answers.
 * @throws EnvironmentError `app_not_built`
 */
export function appSpec(name: AppName, settings: PlatformSettings, env: NodeJS.ProcessEnv): ProcessSpec {
  const bundle = appBundle(name);
  if (!existsSync(bundle)) {
    throw new EnvironmentError('app_not_built', `${bundle} does not exist.`, {
      remedy: 'Run `npm run build`.',
    });
  }
  const port = settings.ports[name === 'server' ? 'gateway' : name];
  return {
    name,
    command: process.execPath,
    args: [...nodeOptions(name, env), bundle, ...programArguments(name)],
    env,
    cwd: repositoryRoot,
    port,
    stopSignal: 'SIGTERM',
    stopTimeoutMs: name === 'worker' ? 12_000 : 5_000,
    isReady: () => answersOk(`http://127.0.0.1:${port}/healthz`),
  };
}
