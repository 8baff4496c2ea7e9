#!/usr/bin/env node
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildBundle } from '../build/bundles.mjs';
import { repositoryRoot } from '../tooling/paths.mjs';

/*
 * npm run models:live
 * Asks the language models whose keys the environment has what the tests ask servers on loopback. It costs some cents; without a key it asks nobody.
 */
const output = 'apps/worker/dist/models-live.mjs';
await buildBundle({ name: 'models-live', entry: 'apps/worker/src/models/live.ts', output });
const { main } = await import(pathToFileURL(join(repositoryRoot, output)).href);
await main();
