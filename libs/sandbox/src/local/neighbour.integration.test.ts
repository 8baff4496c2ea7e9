import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Sandbox } from '../sandbox.types';
import { compareUnderFlood, FLOODS, NEIGHBOUR_WORK } from '../testing/neighbour-floods';
import type { Flood, NeighbourWork } from '../testing/neighbour-floods';
import { describeSandbox } from '../testing/sandbox-fixture';

const ROUNDS = 5;
/** As apps get it, so that a flood may use a whole host of two cores. */
const LARGE = { cpus: 2, maxProcesses: 512, diskBytes: 256 * 1024 ** 2 };
/**
 * Of its speed alone. A third is what it gets on a quiet host (`npm run bench -- neighbour`); on one that is crowded by others too, two sandboxes
 * together get less than one alone.
 */
const LEAST_SHARE = 1 / 6;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

describeSandbox('a neighbour keeps its speed', (bench) => {
  let neighbour: Sandbox;
  let hostiles = 0;
  beforeAll(async () => {
    neighbour = await bench.create('neighbour', LARGE);
  });
  afterAll(() => neighbour.destroy());

  it.each(Object.keys(FLOODS) as Flood[])(
    'beside a %s',
    async (flood) => {
      const hostile = () => bench.create(`hostile-${(hostiles += 1)}`, LARGE);
      const { alone, flooded } = await compareUnderFlood(neighbour, hostile, flood, ROUNDS);
      const shares = (Object.keys(NEIGHBOUR_WORK) as NeighbourWork[]).map((work) => ({
        work,
        isFair: median(alone[work]) / median(flooded[work]) >= LEAST_SHARE,
        alone: alone[work].map(Math.round),
        flooded: flooded[work].map(Math.round),
      }));
      expect(shares.filter(({ isFair }) => !isFair)).toEqual([]);
    },
    180_000,
  );
});
