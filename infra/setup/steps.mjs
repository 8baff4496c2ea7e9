/**
 * @typedef {object} Step
 * @property {string} name
 * @property {readonly string[]} [needs] names of steps that must have succeeded
 * @property {(report: (detail: string) => void) => Promise<StepResult>} run
 *
 * @typedef {{ changed: boolean, summary: string }} StepResult `changed` is false when there was nothing to do
 * @typedef {{ name: string, state: 'done' | 'failed' | 'skipped', ms: number, summary: string, changed: boolean, error?: unknown }} StepOutcome
 *
 * @typedef {object} Progress
 * @property {(name: string) => void} started
 * @property {(name: string, detail: string) => void} detail
 * @property {(outcome: StepOutcome) => void} ended
 */

/**
 * Runs steps side by side, each as soon as what it needs is done. A failed step skips its dependents and lets the others finish.
 * @param {readonly Step[]} steps
 * @param {Progress} progress
 * @returns {Promise<StepOutcome[]>}
 */
export async function runSteps(steps, progress) {
  /** @type {Map<string, Promise<StepOutcome>>} */
  const started = new Map();

  /**
   * @param {Step} step
   * @returns {Promise<StepOutcome>}
   */
  async function perform(step) {
    const needed = await Promise.all((step.needs ?? []).map((name) => outcomeOf(name)));
    const missing = needed.find(({ state }) => state !== 'done');
    if (missing) {
      return end({
        name: step.name,
        state: 'skipped',
        ms: 0,
        summary: `needs "${missing.name}"`,
        changed: false,
      });
    }
    const startedAt = performance.now();
    progress.started(step.name);
    try {
      const result = await step.run((detail) => progress.detail(step.name, detail));
      return end({ name: step.name, state: 'done', ms: performance.now() - startedAt, ...result });
    } catch (error) {
      const summary = error instanceof Error ? error.message : String(error);
      return end({
        name: step.name,
        state: 'failed',
        ms: performance.now() - startedAt,
        summary,
        changed: false,
        error,
      });
    }
  }

  /** @param {StepOutcome} outcome */
  function end(outcome) {
    progress.ended(outcome);
    return outcome;
  }

  /**
   * @param {string} name
   * @returns {Promise<StepOutcome>}
   */
  function outcomeOf(name) {
    const step = steps.find((candidate) => candidate.name === name);
    if (!step) throw new TypeError(`There is no step "${name}".`);
    let outcome = started.get(name);
    if (!outcome) {
      outcome = perform(step);
      started.set(name, outcome);
    }
    return outcome;
  }

  return Promise.all(steps.map((step) => outcomeOf(step.name)));
}
