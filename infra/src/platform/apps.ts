import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EnvironmentError } from '@showrunner/contracts';
import { repositoryRoot } from '../../tooling/paths.mjs';
import type { ProcessSpec } from './managed-process';
import { answersOk } from './probes';
import type { PlatformSettings } from './settings';

export const APPS = ['gateway', 'project', 'sandbox', 'intent', 'editor', 'worker'] as const;
export type AppName = (typeof APPS)[number];

export function appBundle(name: AppName): string {
  return join(repositoryRoot, 'apps', name, 'dist', 'main.mjs');
}

/**
 * Keeps a service at 60 to 90 MiB instead of 90 to 240: Node.js would otherwise let its heap grow towards the machine's memory before it
 * collects. The limit is far above what a service needs; the worker, which holds browsers' traffic and workflow isolates, has more.
 */
function memoryOptions(name: AppName): string[] {
  const heapMiB = name === 'worker' ? 1536 : 512;
  return [
    '--max-semi-space-size=4',
    `--max-old-space-size=${heapMiB}`,
    ...(name === 'worker' ? [] : ['--v8-pool-size=1']),
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
  const port = settings.ports[name];
  return {
    name,
    command: process.execPath,
    args: [
      '--enable-source-maps',
      ...memoryOptions(name),
      bundle,
      ...(name === 'worker' ? ['--pool', 'all'] : []),
    ],
    env,
    cwd: repositoryRoot,
    port,
    stopSignal: 'SIGTERM',
    stopTimeoutMs: name === 'worker' ? 12_000 : 5_000,
    isReady: () => answersOk(`http://127.0.0.1:${port}/healthz`),
  };
}
