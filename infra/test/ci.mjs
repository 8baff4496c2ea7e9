import { spawn } from 'node:child_process';
import { seconds } from '../setup/progress.mjs';
import { setUpForPeople } from '../setup/run.mjs';
import { repositoryRoot } from '../tooling/paths.mjs';
import { addTotals, runTier, totalsLine } from './tiers.mjs';

/** The quality gates, each an npm script, the longest first; the boundaries are among the rules of lint. */
const checks = ['lint', 'typecheck', 'format:check', 'unused', 'test:starts', 'programs'];

/** As many things at a time as the smallest machine we count on has processors. */
const AT_ONCE = 2;

/**
 * Runs a check quietly; its output is shown when it fails.
 * @param {string} name
 * @returns {Promise<import('./tiers.mjs').Totals>}
 */
async function runCheck(name) {
  const startedAt = performance.now();
  const { code, output } = await capture('npm', ['run', '--silent', name]);
  const mark = code === 0 ? '✓' : '✗';
  console.log(`  ${mark}  ${name.padEnd(14)} ${seconds(performance.now() - startedAt)}`);
  if (code !== 0) console.log(output);
  return { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<{ code: number, output: string }>}
 */
function capture(command, args) {
  const child = spawn(command, args, { cwd: repositoryRoot, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      output = (output + text).slice(-50_000);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Does every piece of work, two at a time, and answers what each brought.
 * @param {readonly (() => Promise<import('./tiers.mjs').Totals>)[]} work
 */
async function sideBySide(work) {
  const waiting = [...work];
  /** @type {import('./tiers.mjs').Totals[]} */
  const brought = [];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) brought.push(await next());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return brought;
}

// What a machine lacks fails a test here, instead of skipping it.
process.env.CI ??= 'true';

/** @type {import('./tiers.mjs').Totals[]} */
const parts = [];
if (await setUpForPeople({ forTests: true })) {
  console.log('\nChecks and unit tests');
  // Neither touches the machine: they stand beside each other, as the other tiers cannot.
  const gates = checks.map((name) => () => runCheck(name));
  parts.push(...(await sideBySide([() => runTier('unit'), ...gates])));
  for (const tier of /** @type {const} */ (['integration', 'system'])) {
    console.log(`\n${tier} tests`);
    parts.push(await runTier(tier));
  }
} else {
  parts.push({ passed: 0, failed: 1, skipped: 0 });
}
const totals = addTotals(parts);
process.exitCode = totals.failed > 0 ? 1 : 0;
console.log(`\n${totalsLine(totals)}`);
