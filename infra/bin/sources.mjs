#!/usr/bin/env node
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildBundle } from '../build/bundles.mjs';
import { repositoryRoot } from '../tooling/paths.mjs';

/*
 * npm run sources -- <folder>[:<subdir>]... [--pictures <folder>] [--systems <folder>] [--json <file>]
 * Builds and runs sources in sandboxes as a film would, without platform and film: for work on detection and builds.
 */
const output = 'apps/worker/dist/sources.mjs';
await buildBundle({ name: 'sources', entry: 'apps/worker/src/sandbox/testing/run-sources.ts', output });
const { main } = await import(pathToFileURL(join(repositoryRoot, output)).href);
const { default: globalSetup } = await import('../test/services/global-setup.mjs');
const { default: globalTeardown } = await import('../test/services/global-teardown.mjs');
await globalSetup();
try {
  await main(process.argv.slice(2));
} finally {
  await globalTeardown();
}
