import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { InvalidInputError, readHandPlan } from '@showrunner/contracts';
import type { CreateRun, HandPlan } from '@showrunner/contracts';
import { readTest } from '@showrunner/playwright-test';
import { whyUnreadable } from './why-unreadable';

const MAX_BYTES = 1024 * 1024;

/** The plan that a file holds. @throws {InvalidInputError} `plan_unreadable`, `bad_plan` */
export function readPlanFile(file: string): HandPlan {
  return readHandPlan(jsonOf(file));
}

/**
 * A file of Playwright tests as the API takes it; what is wrong with it is found here, before anything is started.
 * @throws {InvalidInputError} `test_unreadable`, `bad_test`, `test_without_steps`
 */
export function readTestFile(file: string): NonNullable<CreateRun['test']> {
  const test = { fileName: path.basename(file).slice(0, 200), source: sourceOf(file) };
  readTest(test.source, test.fileName);
  return test;
}

function sourceOf(file: string): string {
  try {
    return textOf(file);
  } catch (cause) {
    throw new InvalidInputError('test_unreadable', `"${file}" cannot be read: ${whyUnreadable(cause)}`, {
      remedy: 'Give one file with tests of @playwright/test, for example tests/board.spec.ts.',
      cause,
    });
  }
}

function textOf(file: string): string {
  if (statSync(file).size > MAX_BYTES) throw new RangeError('It is larger than 1 MiB.');
  return readFileSync(file, 'utf8');
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(textOf(file));
  } catch (cause) {
    throw new InvalidInputError('plan_unreadable', `"${file}" holds no plan: ${whyUnreadable(cause)}`, {
      remedy: 'Give a JSON file as docs/plans.md describes it, for example the plan.json that "film" left.',
      cause,
    });
  }
}
