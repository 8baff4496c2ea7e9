import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { seconds } from '../setup/progress.mjs';
import { repositoryRoot } from '../tooling/paths.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */

export const tiers = /** @type {const} */ (['unit', 'integration', 'system']);

/**
 * Unit tests reckon: one file a core. Integration tests use half a core while they wait for what they have started: three files at a time keep
 * two cores busy. Whole films do that two at a time.
 * @type {Record<string, string[]>}
 */
const tierOptions = {
  unit: ['--maxWorkers=100%'],
  integration: ['--maxWorkers=3'],
  system: ['--maxWorkers=2'],
};

/** More files than these do not fail by chance. */
const MOST_REPEATED = 4;

/**
 * Runs one tier with jest, its report on the terminal, and counts. A test file that could not even be loaded counts as one failure, and so
 * does a jest that ends without a result. Of tests that share a busy machine with real programs, the few files that failed are run once
 * more, alone, to tell a test that fails by itself from one that fails beside others; what failed has failed either way.
 * @param {string} tier
 * @param {readonly string[]} [jestArguments]
 * @returns {Promise<Totals>}
 */
export async function runTier(tier, jestArguments = []) {
  const options = ['--selectProjects', tier, '--passWithNoTests', ...(tierOptions[tier] ?? [])];
  const startedAt = performance.now();
  const first = await runReported([...options, ...jestArguments]);
  console.log(`\n${tier} tests took ${seconds(performance.now() - startedAt)}`);
  for (const line of longestFiles(first.result?.testResults ?? [])) console.log(line);
  const failed = (first.result?.testResults ?? []).filter(({ status }) => status === 'failed');
  if (tier !== 'unit' && failed.length > 0 && failed.length <= MOST_REPEATED) {
    const files = failed.map(({ name }) => name);
    console.log(`\nOnce more, alone: ${files.map((file) => relative(repositoryRoot, file)).join(', ')}`);
    const again = await runReported(['--selectProjects', tier, '--runInBand', '--runTestsByPath', ...files]);
    for (const line of compareTries(failed, again.result?.testResults ?? [])) console.log(line);
  }
  return countResult(first.result, first.code);
}

/**
 * What a second try says of each test that failed: that it fails by itself as well, or that it is unsteady. Both are failures.
 * @param {readonly FileResult[]} failed files of the first try
 * @param {readonly FileResult[]} again the same files, run alone
 * @returns {string[]}
 */
export function compareTries(failed, again) {
  const failsAgain = new Set(again.filter(({ status }) => status === 'failed').flatMap(failuresOf));
  const ranAgain = new Set(again.map(({ name }) => name));
  return failed.flatMap((file) =>
    failuresOf(file).map((name) =>
      failsAgain.has(name) || !ranAgain.has(file.name)
        ? `Failed again: ${name}`
        : `Unsteady, failed at first and passed alone: ${name}`,
    ),
  );
}

/**
 * Where the time went: the files that took longest, with their seconds and tests.
 * @param {readonly FileResult[]} files
 * @param {number} [count]
 * @returns {string[]}
 */
export function longestFiles(files, count = 12) {
  return files
    .map(({ name, startTime, endTime, assertionResults }) => ({
      file: relative(repositoryRoot, name),
      ms: endTime - startTime,
      tests: assertionResults.length,
    }))
    .sort((one, other) => other.ms - one.ms)
    .slice(0, count)
    .map(({ file, ms, tests }) => `${seconds(ms).padStart(9)}  ${file} (${tests})`);
}

/**
 * @param {FileResult} file
 * @returns {string[]}
 */
function failuresOf({ name, assertionResults }) {
  const tests = assertionResults.filter(({ status }) => status === 'failed');
  const file = relative(repositoryRoot, name);
  return tests.length === 0 ? [file] : tests.map(({ fullName }) => `${file}: ${fullName}`);
}

/**
 * @param {readonly string[]} jestArguments
 * @returns {Promise<{ code: number, result: JestResult | undefined }>}
 */
async function runReported(jestArguments) {
  const folder = mkdtempSync(join(tmpdir(), 'showrunner-test-'));
  const file = join(folder, 'result.json');
  try {
    const code = await runJest(['--json', '--outputFile', file, ...jestArguments]);
    return { code, result: readResult(file) };
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
 * @property {FileResult[]} [testResults]
 *
 * @typedef {object} FileResult
 * @property {string} name path of the file
 * @property {string} status
 * @property {number} startTime Unix epoch ms
 * @property {number} endTime Unix epoch ms
 * @property {{ fullName: string, status: string }[]} assertionResults
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
