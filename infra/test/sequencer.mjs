import { statSync } from 'node:fs';
import { relative } from 'node:path';
import { repositoryRoot } from '../tooling/paths.mjs';

/**
 * Seconds on two quiet cores of the files that take long. A fresh clone has no times of its own, and a long file that starts last keeps
 * one core idle. System files that load the machine come first and beside each other, the films whose lost frames are counted after them.
 * @type {Record<string, number>}
 */
const seconds = {
  'e2e/sandbox-chaos.test.ts': 900,
  'e2e/honest-failures.test.ts': 800,
  'e2e/faults.test.ts': 700,
  'e2e/sandboxes.test.ts': 600,
  'e2e/films.test.ts': 500,
  'e2e/replay.test.ts': 400,
  'e2e/stopping.test.ts': 300,
  'e2e/detect.test.ts': 200,
};

/** Files whose tests are elsewhere, that install or build real apps, or that wait for what they started. @type {readonly [RegExp, number][]} */
const longRunning = [
  [/corpus\/failing-inputs\.integration/, 160],
  [/(warm-install|other-stacks|e2b\.conformance)\.integration/, 150],
  [
    /(sandbox-local\/src\/(load|neighbour|lifecycle)|corpus\/lying-apps|conformance|wrapper|broken-apps)\.integration/,
    120,
  ],
  [/(package-managers|examples|plan-activities|supervision|faults)\.integration/, 100],
  [/workflows\/src\/(workflows|keep-sandbox)\.integration/, 80],
];

/** @typedef {{ path: string }} Test */

/** Jest's order of test files: the longest first. */
export default class LongestFirst {
  /** @param {Test[]} tests */
  sort(tests) {
    const weight = new Map(tests.map((test) => [test, weightOf(test)]));
    return [...tests].sort((a, b) => (weight.get(b) ?? 0) - (weight.get(a) ?? 0));
  }

  /** @param {Test[]} tests */
  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {
    // The order is told here, not learnt: it is the same on every machine.
  }
}

/** @param {Test} test */
function weightOf({ path }) {
  const file = relative(repositoryRoot, path);
  const known = seconds[file] ?? longRunning.find(([pattern]) => pattern.test(file))?.[1];
  return known ?? statSync(path).size / 1000;
}
