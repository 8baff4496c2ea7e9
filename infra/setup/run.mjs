import { endRunningCommands } from '../tooling/run-command.mjs';
import { minimumNodeVersion, nodeIsNewEnough } from './node-version.mjs';
import { lineProgress, seconds } from './progress.mjs';
import { SetupError } from './setup-error.mjs';
import { setUp } from './setup.mjs';

const silenceMs = 1_500;

/**
 * Set-up for people: progress lines, each failure with its remedy. Ctrl-C ends what it started; the next start takes up what is missing.
 * @param {object} [options]
 * @param {boolean} [options.quietWhenDone] print nothing when there was nothing to do
 * @param {boolean} [options.forTests] with what only the tests need
 * @param {(line: string) => void} [options.print] where the lines go; default standard output
 * @returns {Promise<boolean>} true when everything is in place
 */
export async function setUpForPeople(options = {}) {
  if (!nodeIsNewEnough(process.versions.node)) {
    console.error(`Node.js ${process.versions.node} is too old; ${minimumNodeVersion} or newer is needed.`);
    console.error('  → Install Node.js 20 or 22 from https://nodejs.org or with your package manager.');
    return false;
  }
  const output = holdBack(options.print ?? console.log, options.quietWhenDone ?? false);
  const release = onInterruption(() => {
    endRunningCommands();
    console.error('\nSet-up was interrupted; start it again to go on.');
    process.exit(130);
  });
  const startedAt = performance.now();
  output.print('Setting up');
  // Whoever asked for silence still sees what happens when there is work to do.
  const timer = setTimeout(output.flush, silenceMs);
  const progress = lineProgress(output.print);
  const outcomes = await setUp(progress, { forTests: options.forTests });
  clearTimeout(timer);
  progress.close();
  release();

  const failed = outcomes.filter(({ state }) => state === 'failed');
  if (failed.length === 0) output.print(`Set up in ${seconds(performance.now() - startedAt)}`);
  if (failed.length > 0 || outcomes.some(({ changed }) => changed)) output.flush();
  for (const { name, error, summary } of failed) {
    console.error(`\n${name}: ${summary}`);
    if (error instanceof SetupError) console.error(`  → ${error.remedy}`);
  }
  return failed.length === 0;
}

/**
 * Keeps lines until they are wanted.
 * @param {(line: string) => void} print
 * @param {boolean} held
 */
function holdBack(print, held) {
  /** @type {string[] | undefined} */
  let lines = held ? [] : undefined;
  return {
    /** @param {string} line */
    print: (line) => {
      if (lines) lines.push(line);
      else print(line);
    },
    flush: () => {
      const waiting = lines ?? [];
      lines = undefined;
      for (const line of waiting) print(line);
    },
  };
}

/**
 * @param {() => void} action
 * @returns {() => void} takes the handlers away again
 */
function onInterruption(action) {
  process.once('SIGINT', action);
  process.once('SIGTERM', action);
  return () => {
    process.off('SIGINT', action);
    process.off('SIGTERM', action);
  };
}
