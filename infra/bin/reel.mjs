#!/usr/bin/env node
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildBundle } from '../build/bundles.mjs';
import { repositoryRoot } from '../tooling/paths.mjs';

/*
 * npm run reel -- <folder>... --out <folder> [--themes plain,midnight,aurora] [--aspects 16:9,9:16] [--films [--voice auto]]
 * What films of small apps of our own look like in every format and in these themes: for work on the renderer.
 */
const output = 'apps/worker/dist/reel.mjs';
await buildBundle({ name: 'reel', entry: 'apps/worker/src/plan/testing/reel.ts', output });
const { main } = await import(pathToFileURL(join(repositoryRoot, output)).href);
await main(process.argv.slice(2));
