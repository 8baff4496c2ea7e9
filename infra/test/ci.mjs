import { spawn } from 'node:child_process';
import { seconds } from '../setup/progress.mjs';
import { setUpForPeople } from '../setup/run.mjs';
import { repositoryRoot } from '../tooling/paths.mjs';
import { addTotals, runTier, tiers, totalsLine } from './tiers.mjs';

/** The quality gates, each an npm script. */
const checks = ['format:check', 'lint', 'typecheck', 'unused', 'boundaries'];

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

/** @type {import('./tiers.mjs').Totals[]} */
const parts = [];
if (await setUpForPeople({ forTests: true })) {
  console.log('\nChecks');
  for (const name of checks) parts.push(await runCheck(name));
  for (const tier of tiers) {
    console.log(`\n${tier} tests`);
    parts.push(await runTier(tier));
  }
} else {
  parts.push({ passed: 0, failed: 1, skipped: 0 });
}
const totals = addTotals(parts);
process.exitCode = totals.failed > 0 ? 1 : 0;
console.log(`\n${totalsLine(totals)}`);
