import { NODE_LIMITS, sandboxIdOf } from '@showrunner/contracts';
import { LocalSandboxProvider } from '@showrunner/sandbox-local';
import {
  compareUnderFlood,
  FLOODS,
  median,
  NEIGHBOUR_WORK,
  slowdown,
} from '@showrunner/sandbox/testing/neighbour-floods';
import type { Flood } from '@showrunner/sandbox/testing/neighbour-floods';
import { figure } from './measure/figures';
import { inScratch } from './measure/scratch';

const ROUNDS = 7;

/** What a sandbox loses to a hostile one beside it: a fixed amount of work, by turns alone and while the other floods the host. */
export const benchNeighbour = (): Promise<void> =>
  inScratch(async (home) => {
    const provider = new LocalSandboxProvider({ home });
    let made = 0;
    const create = () =>
      provider.create({ id: sandboxIdOf(`beside${(made += 1)}`), limits: NODE_LIMITS, labels: {} });
    try {
      const neighbour = await create();
      for (const flood of Object.keys(FLOODS) as Flood[]) {
        const { times, crowding } = await compareUnderFlood(neighbour, create, flood, ROUNDS);
        for (const work of NEIGHBOUR_WORK) {
          const { alone, flooded } = times[work];
          figure(
            `sandbox.neighbour.${flood}.${work}`,
            'ms',
            flooded,
            { what: 'alone', values: alone },
            { medianOfRatios: slowdown(times[work]).toFixed(2), crowding: median(crowding).toFixed(2) },
          );
        }
      }
    } finally {
      for (const { id } of await provider.list()) await provider.destroy(id);
      await provider.close();
    }
  });
