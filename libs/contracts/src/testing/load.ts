/**
 * How much of something a load test makes: a bounded load with every change, the whole one where `TEST_LOAD=full` asks for it
 * (CONTRIBUTING). Both look at the same things.
 */
export const loadOf = (load: { bounded: number; full: number }): number =>
  process.env['TEST_LOAD'] === 'full' ? load.full : load.bounded;
