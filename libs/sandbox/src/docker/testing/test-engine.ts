import { existsSync } from 'node:fs';
import { DEFAULT_ENGINE } from '../engine/engine-address';

export interface TestEngine {
  host: string;
  /** Image of sandboxes that name none; undefined: the provider's own. */
  image?: string;
  stop(): Promise<void>;
}

type Choice = { name: string; start: () => Promise<TestEngine> } | { unfit: string };

/**
 * The loopback engine of the tests; with SHOWRUNNER_LIVE_DOCKER=1 the engine of DOCKER_HOST, with SHOWRUNNER_LIVE_DOCKER_IMAGE as its image.
 * @param only suites of faults are for the loopback engine
 */
export function chooseEngine(only?: 'loopback'): Choice {
  if (process.env.SHOWRUNNER_LIVE_DOCKER !== '1') return { unfit: 'no loopback yet' };
  if (only === 'loopback') return { unfit: 'faults are for the loopback engine' };
  const host = process.env.DOCKER_HOST ?? DEFAULT_ENGINE;
  if (host.startsWith('unix://') && !existsSync(host.slice('unix://'.length)))
    return { unfit: `no engine listens at ${host}` };
  const image = process.env.SHOWRUNNER_LIVE_DOCKER_IMAGE;
  return {
    name: `the engine at ${host}`,
    start: () => Promise.resolve({ host, image, stop: () => Promise.resolve() }),
  };
}
