import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { DEFAULT_ENGINE } from '../engine/engine-address';
import { FULL_IMAGE } from './loopback-image';
import { LoopbackEngine } from './loopback-engine';

export interface TestEngine {
  host: string;
  /** Image of sandboxes that name none; undefined: the provider's own. */
  image?: string;
  loopback?: LoopbackEngine;
  stop(): Promise<void>;
}

type Choice = { name: string; start: () => Promise<TestEngine> } | { unfit: string };

/**
 * The loopback engine of the tests; with SHOWRUNNER_LIVE=docker the engine of SANDBOX_SERVER_URL (else DOCKER_HOST), with SANDBOX_TARGET as its image.
 * @param only suites that play with the engine are for the loopback one
 */
export function chooseEngine(only?: 'loopback'): Choice {
  if (process.env.SHOWRUNNER_LIVE !== 'docker') return loopback();
  if (only === 'loopback')
    return { unfit: 'it plays with the engine, which only the loopback engine lets it' };
  const host = process.env.SANDBOX_SERVER_URL ?? process.env.DOCKER_HOST ?? DEFAULT_ENGINE;
  if (host.startsWith('unix://') && !existsSync(host.slice('unix://'.length)))
    return { unfit: `no engine listens at ${host}` };
  const image = process.env.SANDBOX_TARGET;
  const start = () => Promise.resolve({ host, image, stop: () => Promise.resolve() });
  return { name: `the engine at ${host}`, start };
}

function loopback(): Choice {
  if (process.getuid?.() !== 0) return { unfit: 'the loopback engine needs root' };
  if (spawnSync('bwrap', ['--version']).error !== undefined) return { unfit: 'bwrap is missing' };
  const start = async () => {
    const engine = new LoopbackEngine();
    await engine.listen();
    const stop = async () => {
      await engine.close();
      if (engine.violations.length > 0)
        throw new Error(`the engine was misused:\n${engine.violations.join('\n')}`);
    };
    return { host: `unix://${engine.socketPath}`, image: FULL_IMAGE, loopback: engine, stop };
  };
  return { name: 'the loopback engine', start };
}
