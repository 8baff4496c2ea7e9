import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '../tooling/paths.mjs';
import { doctorLines } from '../doctor/doctor.mjs';
import { checkConnections } from './connections.mjs';
import { readEnvFile, writeEnvFile } from './env-file.mjs';
import { askFor, choose } from './questions.mjs';
import { CHOICES, choicesOf, isSecret, missingFor, settingsOf } from './settings.mjs';

/**
 * @typedef {import('./settings.mjs').Choices} Choices
 * @typedef {object} InitOptions
 * @property {Partial<Choices>} choices
 * @property {Record<string, string>} set
 * @property {boolean} asks whether a person can be asked
 * @property {boolean} checks whether keys are tried
 * @property {string} file
 */

const USAGE = `showrunner init [--provider ${CHOICES.provider.join('|')}] [--models ${CHOICES.models.join('|')}] [--storage ${CHOICES.storage.join('|')}]
                [--set NAME=value]... [--yes] [--no-check] [--file .env]

Asks for what is missing, tries each key, and writes the file of settings. Without a terminal, or with --yes, nothing is asked; secrets come
from the environment: SANDBOX_API_KEY=… showrunner init --provider e2b`;

const EXIT = { done: 0, refusedKey: 1, wrongUse: 2 };

/**
 * `init`: makes the file of settings. What it or the environment says already is not asked again; run twice it changes nothing.
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env of the process, with what files of settings say
 * @returns {Promise<number>} 0; 1 when a server refuses its key, and nothing is written; 2 when something is missing or wrong
 */
export async function runInit(args, env = process.env) {
  if (args.includes('--help')) {
    console.log(USAGE);
    return EXIT.done;
  }
  /** @type {InitOptions} */
  let options;
  try {
    options = readArguments(args, env);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return EXIT.wrongUse;
  }
  // The file that is written may be another one than those that were read; what the environment says counts more.
  const known = { ...readEnvFile(options.file), ...env, ...options.set };
  const choices = await chosen(options, known);
  if (choices === undefined) return EXIT.wrongUse;
  const missing = missingFor(choices, known);
  if (missing.length > 0 && !options.asks) {
    const names = missing.map(({ name }) => name).join(', ');
    console.error(
      `Missing: ${names}.\nTry: set ${missing.length === 1 ? 'it' : 'them'} in the environment, or run showrunner init in a terminal.`,
    );
    return EXIT.wrongUse;
  }
  for (const asked of missing) {
    const answer = await askFor(asked);
    if (answer === undefined) return EXIT.wrongUse;
    known[asked.name] = answer;
  }
  const settings = { ...settingsOf(choices, known), ...options.set };
  if (options.checks && !(await areTaken({ ...known, ...settings }))) return EXIT.refusedKey;
  return write(options.file, settings);
}

/**
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {InitOptions}
 */
function readArguments(args, env) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      provider: { type: 'string' },
      models: { type: 'string' },
      storage: { type: 'string' },
      set: { type: 'string', multiple: true, default: [] },
      yes: { type: 'boolean', default: false },
      'no-check': { type: 'boolean', default: false },
      file: { type: 'string' },
    },
  });
  /** @type {Record<string, string>} */
  const set = {};
  for (const pair of values.set) {
    const [, name, value] = /^([A-Z][A-Z0-9_]*)=(.*)$/s.exec(pair) ?? [];
    if (name === undefined || value === undefined) throw new Error(`"${pair}" is not NAME=value.`);
    if (isSecret(name))
      throw new Error(
        `${name} is a secret, and others can read a command line. Give it in the environment: ${name}=… showrunner init`,
      );
    set[name] = value;
  }
  const choices = Object.entries(CHOICES).flatMap(([name, possible]) => {
    const given = values[/** @type {keyof typeof CHOICES} */ (name)];
    if (given === undefined) return [];
    if (!(/** @type {readonly string[]} */ (possible).includes(given)))
      throw new Error(`--${name} is one of ${possible.join(', ')}, not "${given}".`);
    return [[name, given]];
  });
  return {
    choices: Object.fromEntries(choices),
    set,
    asks: !values.yes && process.stdin.isTTY && process.stdout.isTTY,
    checks: !values['no-check'],
    file: values.file ?? env.SHOWRUNNER_ENV_FILE ?? join(repositoryRoot, '.env'),
  };
}

/**
 * @param {InitOptions} options
 * @param {NodeJS.ProcessEnv} known
 * @returns {Promise<Choices | undefined>} undefined when the person went away
 */
async function chosen({ choices, asks }, known) {
  /** @type {Record<string, string>} */
  const all = {};
  const said = { ...choicesOf(known), ...choices };
  for (const [name, possible] of Object.entries(CHOICES)) {
    const answer =
      said[/** @type {keyof Choices} */ (name)] ?? (asks ? await choose(name, possible) : possible[0]);
    if (answer === undefined) return undefined;
    all[name] = answer;
  }
  return /** @type {Choices} */ (all);
}

/** @param {NodeJS.ProcessEnv} env */
async function areTaken(env) {
  const checks = await checkConnections(env);
  if (checks.length > 0) console.log(doctorLines(checks).slice(0, -1).join('\n'));
  const isRefused = checks.some(({ ok, required }) => required && !ok);
  if (isRefused) console.error('Nothing was written. With --no-check it is written all the same.');
  return !isRefused;
}

/**
 * @param {string} file
 * @param {Record<string, string>} settings
 */
function write(file, settings) {
  const changed = writeEnvFile(file, settings);
  console.log(
    changed.length === 0
      ? `Nothing to change in ${file}.`
      : `${file} holds ${changed.join(', ')}.\nNext: showrunner doctor, then showrunner up.`,
  );
  return EXIT.done;
}
