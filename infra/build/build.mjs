import { bundleTargets, buildBundle } from './bundles.mjs';
import { generatePrismaClient } from './prisma-client.mjs';
import { buildStudio } from './studio.mjs';
import { buildWorkflowBundle } from './workflow-bundle.mjs';

/** @typedef {{ name: string, result: 'built' | 'unchanged' | 'absent' | 'failed', ms: number, error?: unknown }} BuildOutcome */

/**
 * Builds everything that changed: the Prisma client first (the programs inline it), then programs, workflow bundle and the studio's pages side by side. One
 * failure does not keep the others from being built.
 * @param {(outcome: BuildOutcome) => void} [onOutcome]
 * @returns {Promise<BuildOutcome[]>}
 */
export async function buildAll(onOutcome = () => undefined) {
  /** @type {BuildOutcome[]} */
  const outcomes = [];
  /**
   * @param {string} name
   * @param {() => Promise<BuildOutcome['result']>} step
   */
  async function run(name, step) {
    const startedAt = performance.now();
    /** @type {BuildOutcome} */
    let outcome;
    try {
      const result = await step();
      outcome = { name, result, ms: performance.now() - startedAt };
    } catch (error) {
      outcome = { name, result: 'failed', ms: performance.now() - startedAt, error };
    }
    outcomes.push(outcome);
    onOutcome(outcome);
  }
  const independent = [run('workflows', buildWorkflowBundle), run('studio', buildStudio)];
  await run('prisma', generatePrismaClient);
  await Promise.all([
    ...independent,
    ...bundleTargets().map((target) => run(target.name, () => buildBundle(target))),
  ]);
  return outcomes;
}
