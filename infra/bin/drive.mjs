#!/usr/bin/env node
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildBundle } from '../build/bundles.mjs';
import { repositoryRoot } from '../tooling/paths.mjs';

/*
 * npm run drive -- <folder>... [--intent <text>] [--shots <folder>] [--json]
 * What a film of a small app of our own would show, without sandbox, platform and pictures: for work on planner and proof.
 */
const output = 'apps/worker/dist/drive.mjs';
await buildBundle({ name: 'drive', entry: 'apps/worker/src/plan/testing/main.ts', output });
const { main } = await import(pathToFileURL(join(repositoryRoot, output)).href);
await main(process.argv.slice(2));
