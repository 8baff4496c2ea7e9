#!/usr/bin/env node
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildBundle } from '../build/bundles.mjs';
import { repositoryRoot } from '../tooling/paths.mjs';

/*
 * npm run fuzz -- [--requests 10000] [--uploads 2000] [--seed 7] [--home <data folder>]
 * Requests and uploads that are all wrong somewhere, to a platform that runs: 0 when none was answered with 500 or by nobody, and no process ended.
 */
const output = 'apps/server/dist/fuzz.mjs';
await buildBundle({ name: 'fuzz', entry: 'apps/server/src/testing/fuzz/main.ts', output });
const { main } = await import(pathToFileURL(join(repositoryRoot, output)).href);
process.exitCode = await main(process.argv.slice(2), repositoryRoot);
