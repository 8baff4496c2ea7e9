import { endRunningCommands } from '../tooling/run-command.mjs';
import { lineProgress, seconds } from './progress.mjs';
import { SetupError } from './setup-error.mjs';
import { setUp } from './setup.mjs';

const minimumNode = [20, 19];

/**
 * Set-up for people: progress lines, each failure with its remedy. Ctrl-C ends what it started; the next start takes up what is missing.
 * @param {{ quietWhenDone?: boolean }} [options] `quietWhenDone`: print nothing when there was nothing to do
 * @returns {Promise<boolean>} true when everything is in place
 */
export async function setUpForPeople(options = {}) {
  if (!nodeIsNewEnough(process.versions.node)) {
    console.error(
      `Node.js ${process.versions.node} is too old; ${minimumNode.join('.')} or newer is needed.`,
    );
    console.error('  → Install Node.js 20 or 22 from https://nodejs.org or with your package manager.');
    return false;
  }
  const interrupted = () => {
    endRunningCommands();
    console.error('\nSet-up was interrupted; start it again to go on.');
    process.exit(130);
  };
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  const startedAt = performance.now();
  /** @type {string[]} */
  const held = [];
  let silent = options.quietWhenDone ?? false;
  const progress = lineProgress((line) => {
    if (silent) held.push(line);
    else console.log(line);
  });
  const loud = () => {
    if (!silent) return;
    silent = false;
    console.log('Setting up');
    for (const line of held) console.log(line);
  };
  // Whoever asked for silence still sees the lines as soon as a step has work to do.
  const timer = setTimeout(loud, 1_500);
  timer.unref();
  if (!silent) console.log('Setting up');
  const outcomes = await setUp(progress);
  clearTimeout(timer);
  progress.close();
  process.off('SIGINT', interrupted);
  process.off('SIGTERM', interrupted);

  const failed = outcomes.filter(({ state }) => state === 'failed');
  if (failed.length > 0 || outcomes.some(({ changed }) => changed)) loud();
  for (const { name, error, summary } of failed) {
    console.error(`\n${name}: ${summary}`);
    if (error instanceof SetupError) console.error(`  → ${error.remedy}`);
  }
  if (failed.length === 0 && !silent) console.log(`Set up in ${seconds(performance.now() - startedAt)}`);
  return failed.length === 0;
}

/** @param {string} version */
export function nodeIsNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [neededMajor = 0, neededMinor = 0] = minimumNode;
  return major > neededMajor || (major === neededMajor && minor >= neededMinor);
}
