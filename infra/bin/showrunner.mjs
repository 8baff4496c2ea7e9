#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runDoctor } from '../doctor/doctor.mjs';
import { setUpForPeople } from '../setup/run.mjs';
import { addEnvFiles } from '../tooling/env-files.mjs';
import { platformHome, repositoryRoot } from '../tooling/paths.mjs';
import { runNodeProgram } from '../tooling/run-inherited.mjs';
import { COMMANDS, help, unknownCommand } from './help.mjs';
import { insteadOf } from './own-options.mjs';

const platform = join(repositoryRoot, 'infra/dist/platform.mjs');
const cli = join(repositoryRoot, 'apps/cli/dist/main.mjs');
const exitNotRunning = 3;
const exitRefused = 2;
try {
  addEnvFiles(process.env);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
// Programs run in other folders too: they all get the same absolute one.
process.env.SHOWRUNNER_HOME = platformHome();

/** @type {Record<string, (args: string[]) => Promise<number>>} */
const commands = {
  setup: async () => ((await setUpForPeople()) ? 0 : 1),
  doctor: runDoctor,
  init: async (args) => ((await prepare()) ? (await import('../init/init.mjs')).runInit(args) : 1),
  demo,
  up,
  'rotate-secrets': async (args) =>
    (await prepare()) ? runNodeProgram(platform, ['rotate-secrets', ...args]) : 1,
  down: async (args) => (existsSync(platform) ? runNodeProgram(platform, ['down', ...args]) : notBuilt(0)),
  status: async (args) =>
    existsSync(platform) ? runNodeProgram(platform, ['status', ...args]) : notBuilt(exitNotRunning),
};

/** @param {string[]} args */
async function up(args) {
  if (!(await prepare())) return 1;
  const code = await runNodeProgram(platform, ['up', ...args]);
  if (code === 0 && args.length === 0) await showStudio();
  return code;
}

/** Where a browser begins, signed in once. That it cannot be told is no failure of what was done before. */
async function showStudio() {
  console.log('\n  Studio, in a browser (the address signs you in once; another: showrunner studio):');
  await runNodeProgram(cli, ['studio', '--quiet']);
}

/** Lines of set-up go to standard error: standard output belongs to the command. */
function prepare() {
  return setUpForPeople({ quietWhenDone: true, print: console.error });
}

/** The client checks its input first and starts the platform itself when none answers. @param {string[]} args */
async function runClient(args) {
  if (!(await prepare())) return 1;
  return runNodeProgram(cli, args, { passInterrupts: true });
}

/** @param {number} code */
async function notBuilt(code) {
  console.log('Nothing is set up yet, so nothing runs. `showrunner up` sets up and starts.');
  return code;
}

function version() {
  return JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')).version;
}

/** @param {string[]} args */
async function demo(args) {
  if (!(await setUpForPeople())) return 1;
  console.log('Starting the platform');
  const up = await runNodeProgram(platform, ['up']);
  if (up !== 0) return up;
  const output = join(repositoryRoot, 'out', 'demo');
  console.log('Filming examples/kanban');
  const source = join(repositoryRoot, 'examples/kanban');
  const film = await runNodeProgram(cli, ['film', source, '--out', output, ...args], {
    passInterrupts: true,
  });
  if (film !== 0) return film;
  const { urls } = JSON.parse(readFileSync(join(platformHome(), 'platform.json'), 'utf8'));
  console.log(`\n  Video            ${join(output, 'video.mp4')}`);
  if (urls.temporalUi) console.log(`  Temporal Web UI  ${urls.temporalUi}`);
  console.log(`  API              ${urls.api} (key: apiKey in ${join(platformHome(), 'secrets.json')})`);
  await showStudio();
  return 0;
}

let [name = 'help', ...args] = process.argv.slice(2);
if (name === 'help' && args[0] !== undefined && Object.hasOwn(COMMANDS, args[0])) {
  // As other programs have it: `help film` is `film --help`.
  [name, ...args] = [args[0], '--help'];
}
const instead = insteadOf(name, args);
if (['help', '--help', '-h'].includes(name)) console.log(help);
else if (['version', '--version', '-V'].includes(name)) console.log(version());
else if (!Object.hasOwn(COMMANDS, name)) {
  console.error(unknownCommand(name));
  process.exitCode = exitRefused;
} else if (instead) {
  (instead.code === 0 ? console.log : console.error)(instead.line);
  process.exitCode = instead.code;
} else process.exitCode = await (commands[name] ?? ((rest) => runClient([name, ...rest])))(args);
