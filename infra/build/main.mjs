import { buildAll } from './build.mjs';

const outcomes = await buildAll(({ name, result, ms, error }) => {
  console.log(`${name.padEnd(14)} ${result.padEnd(9)} ${Math.round(ms)} ms`);
  if (result === 'failed') console.error(error instanceof Error ? error.message : error);
});
process.exitCode = outcomes.some(({ result }) => result === 'failed') ? 1 : 0;
