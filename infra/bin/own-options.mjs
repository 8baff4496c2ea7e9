import { COMMANDS, didYouMean } from './help.mjs';

/** What each command that is no film's may be given; nothing else is, and nothing is begun for what it was not given. @type {Record<string, Record<string, string>>} */
const OPTIONS = {
  up: {
    '--foreground': 'run until Ctrl-C, in this terminal',
    '--quiet': 'say nothing but what is wrong',
  },
  down: { '--wait': 'let films end first' },
  status: { '--json': 'as JSON' },
  doctor: { '--json': 'as JSON' },
  setup: {},
  'rotate-secrets': {},
};

/**
 * What is to be said instead of doing it: the help that was asked for, or what is wrong with the line. Undefined: do it. `down --help` must not take
 * the platform down, nor `down --wiat` films with it.
 * @param {string} name of the command
 * @param {readonly string[]} args
 * @returns {{ code: number, line: string } | undefined}
 */
export function insteadOf(name, args) {
  if (name === 'demo') return wantsHelp(args) ? { code: 0, line: demoHelp } : undefined;
  const options = OPTIONS[name];
  if (options === undefined) return undefined;
  if (wantsHelp(args)) return { code: 0, line: helpOf(name, options) };
  const wrong = args.find((arg) => !Object.hasOwn(options, arg));
  if (wrong === undefined) return undefined;
  const what = wrong.startsWith('-') ? `unknown option '${wrong}'` : `'${name}' takes no argument '${wrong}'`;
  return {
    code: 2,
    line: `error: ${what}${didYouMean(wrong, Object.keys(options))}\n(${name} --help lists the options)`,
  };
}

/** @param {readonly string[]} args */
const wantsHelp = (args) => args.includes('--help') || args.includes('-h');

/** @param {string} name @param {Record<string, string>} options */
const helpOf = (name, options) =>
  [
    `Usage: showrunner ${name}${Object.keys(options).length === 0 ? '' : ' [options]'}\n`,
    `${COMMANDS[name]}\n`,
    'Options:',
    ...Object.entries({ ...options, '-h, --help': 'this' }).map(
      ([option, does]) => `  ${option.padEnd(14)} ${does}`,
    ),
  ].join('\n');

const demoHelp = `Usage: showrunner demo [options of film]

${COMMANDS['demo']}

The options are those of film, for example --pace fast; film --help lists them.`;
