import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Sandbox } from '@showrunner/sandbox';
import {
  compareUnderFlood,
  FLOODS,
  NEIGHBOUR_WORK,
  slowdown,
} from '@showrunner/sandbox/testing/neighbour-floods';
import type { Flood } from '@showrunner/sandbox/testing/neighbour-floods';
import { describeSandbox } from './testing/sandbox-fixture';

const ROUNDS = 5;
/** As apps get it, so that a flood may use a whole host of two cores. */
const LARGE = { cpus: 2, maxProcesses: 512, diskBytes: 256 * 1024 ** 2 };
/**
 * Times as long as alone. Two sandboxes that want both processors get half each, so that 2 is fair; on a host that is crowded by others
 * too, two sandboxes together get less than one alone.
 */
const MOST_SLOWDOWN = 6;

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
      const { times, crowding } = await compareUnderFlood(neighbour, hostile, flood, ROUNDS);
      const slow = NEIGHBOUR_WORK.filter((work) => !(slowdown(times[work]) <= MOST_SLOWDOWN));
      expect(slow.map((work) => ({ work, crowding, ...times[work] }))).toEqual([]);
    },
    180_000,
  );
});
