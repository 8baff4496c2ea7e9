import { buildAll } from '../build/build.mjs';
import { installDependencies } from './package-manager.mjs';
import { installS3Server } from './s3-server.mjs';
import { runSteps } from './steps.mjs';
import { SetupError } from './setup-error.mjs';
import { installSystemPackages } from './system-packages.mjs';
import { installTemporalCli } from './temporal-cli.mjs';
import { installVoice } from './voice.mjs';

/** @type {readonly import('./steps.mjs').Step[]} */
export const setupSteps = [
  { name: 'system packages', run: (report) => installSystemPackages(report) },
  { name: 'dependencies', run: installDependencies },
  { name: 'temporal', run: installTemporalCli },
  { name: 'voice', needs: ['system packages'], run: installVoice },
  { name: 'build', needs: ['dependencies'], run: build },
];

/** What only the tests need. @type {readonly import('./steps.mjs').Step[]} */
const testSteps = [{ name: 's3 server', run: installS3Server }];

/**
 * @param {(detail: string) => void} report
 * @returns {Promise<import('./steps.mjs').StepResult>}
 */
async function build(report) {
  const outcomes = await buildAll(({ name, result }) => report(`${name} ${result}`));
  const failed = outcomes.filter(({ result }) => result === 'failed');
  if (failed.length > 0) {
    const reasons = failed.map(
      ({ name, error }) => `${name}: ${error instanceof Error ? error.message : String(error)}`,
    );
    throw new SetupError(
      `Building failed: ${reasons.join('\n')}`,
      'Mend the source named above and run `npm run build`.',
    );
  }
  const built = outcomes.filter(({ result }) => result === 'built').map(({ name }) => name);
  return built.length === 0
    ? { changed: false, summary: 'already built' }
    : { changed: true, summary: `built ${built.join(', ')}` };
}

/**
 * Brings this clone to the point where everything can run; does nothing that is done already.
 * @param {import('./steps.mjs').Progress} progress
 * @param {{ forTests?: boolean }} [options] `forTests`: with what only the tests need
 * @returns {Promise<import('./steps.mjs').StepOutcome[]>}
 */
export function setUp(progress, { forTests = false } = {}) {
  return runSteps(forTests ? [...setupSteps, ...testSteps] : setupSteps, progress);
}
