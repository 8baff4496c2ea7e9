import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../tooling/paths.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */

export const tiers = /** @type {const} */ (['unit', 'integration', 'system']);

/** Whole films share the machine's two or more cores with what they start: one at a time. @type {Record<string, string[]>} */
const tierOptions = { unit: [], integration: ['--maxWorkers=2'], system: ['--runInBand'] };

/**
 * Runs one tier with jest, its report on the terminal, and counts. A test file that could not even be loaded counts as one failure, and so
 * does a jest that ends without a result.
 * @param {string} tier
 * @param {readonly string[]} [jestArguments]
 * @returns {Promise<Totals>}
 */
export async function runTier(tier, jestArguments = []) {
  const folder = mkdtempSync(join(tmpdir(), 'showrunner-test-'));
  const result = join(folder, 'result.json');
  try {
    const code = await runJest([
      ...['--selectProjects', tier, '--passWithNoTests', '--json', '--outputFile', result],
      ...(tierOptions[tier] ?? []),
      ...jestArguments,
    ]);
    return countResult(readResult(result), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {JestResult | undefined} result
 * @param {number} exitCode of jest
 * @returns {Totals}
 *
 * @typedef {object} JestResult
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {number} numRuntimeErrorTestSuites
 */
export function countResult(result, exitCode) {
  if (!result) return { passed: 0, failed: 1, skipped: 0 };
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  return {
    passed: result.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

/**
 * @param {readonly Totals[]} parts
 * @returns {Totals}
 */
export function addTotals(parts) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const part of parts) {
    total.passed += part.passed;
    total.failed += part.failed;
    total.skipped += part.skipped;
  }
  return total;
}

/** @param {Totals} totals */
export function totalsLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** @param {readonly string[]} args */
function runJest(args) {
  const jest = join(repositoryRoot, 'node_modules/jest/bin/jest.js');
  const child = spawn(
    process.execPath,
    ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest, ...args],
    {
      cwd: repositoryRoot,
      // The JSON copy on standard output is for programs; people read the report on standard error.
      stdio: ['inherit', 'ignore', 'inherit'],
      env: process.env,
    },
  );
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/**
 * @param {string} path
 * @returns {JestResult | undefined}
 */
function readResult(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // Jest crashed before it could write one; the caller counts that.
    return undefined;
  }
}
