import { readFileSync, statSync } from 'node:fs';
import { InvalidInputError, readHandPlan } from '@showrunner/contracts';
import type { HandPlan } from '@showrunner/contracts';

const MAX_BYTES = 1024 * 1024;

/** The plan that a file holds. @throws {InvalidInputError} `plan_unreadable`, `bad_plan` */
export function readPlanFile(file: string): HandPlan {
  return readHandPlan(jsonOf(file));
}

function jsonOf(file: string): unknown {
  try {
    if (statSync(file).size > MAX_BYTES) throw new RangeError('It is larger than 1 MiB.');
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidInputError('plan_unreadable', `"${file}" holds no plan: ${why}`, {
      remedy: 'Give a JSON file as docs/plans.md describes it, for example the plan.json that "film" left.',
      cause,
    });
  }
}
