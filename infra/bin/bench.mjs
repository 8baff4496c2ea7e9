#!/usr/bin/env node
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildBundle } from '../build/bundles.mjs';
import { setUpForPeople } from '../setup/run.mjs';
import { repositoryRoot } from '../tooling/paths.mjs';

/*
 * npm run bench -- agent        one area or several
 * npm run bench                 all of them
 * An area is a file bench/<area>.ts that exports a function bench<Area>().
 */
const areas = readdirSync(join(repositoryRoot, 'bench'))
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => name.replace(/\.ts$/, ''));

/** @param {string} area */
async function run(area) {
  const output = `bench/dist/${area}.mjs`;
  await buildBundle({ name: `bench-${area}`, entry: `bench/${area}.ts`, output });
  const module = await import(pathToFileURL(join(repositoryRoot, output)).href);
  const words = area.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  await module[`bench${words.join('')}`]();
}

const asked = process.argv.slice(2);
const unknown = asked.find((area) => !areas.includes(area));
if (unknown !== undefined) {
  console.error(`There is no benchmark "${unknown}"; there are ${areas.join(', ')}.`);
  process.exitCode = 64;
} else if (await setUpForPeople({ quietWhenDone: true, print: console.error })) {
  for (const area of asked.length > 0 ? asked : areas) {
    console.error(`\n${area}`);
    await run(area);
  }
  process.exit(0);
} else {
  process.exitCode = 1;
}
