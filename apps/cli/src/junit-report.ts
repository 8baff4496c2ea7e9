import { isRegression } from '@showrunner/contracts';
import type { CheckedStep, CheckReport } from '@showrunner/contracts';

/** Text for XML 1.0, which has no place for most control characters. */
const xml = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\n/g, '&#10;')
    .replace(/\r/g, '&#13;');
const seconds = (ms: number): string => (ms / 1000).toFixed(3);

/**
 * A check as JUnit XML: a test suite a feature, a test case a step. A step that works no longer is a failure; one that was not reached is skipped,
 * as is one that failed before already.
 * @see https://github.com/testmoapp/junitxml
 */
export function junitOf({ runId, steps, failure }: Pick<CheckReport, 'runId' | 'steps' | 'failure'>): string {
  const suites = new Map<string, CheckedStep[]>();
  for (const step of steps) suites.set(step.feature, [...(suites.get(step.feature) ?? []), step]);
  const failed =
    failure === null
      ? []
      : [
          '  <testsuite name="app" tests="1" failures="0" errors="1" skipped="0">',
          `    <testcase classname="app" name="start"><error message="${xml(failure.message)}" type="${xml(failure.code)}"/></testcase>`,
          '  </testsuite>',
        ];
  const all = [...suites.values()].flatMap(suiteOf);
  const count = countsOf(steps);
  const errors = failed.length > 0 ? 1 : 0;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="showrunner check ${xml(runId)}" tests="${steps.length + errors}" failures="${count.failures}" errors="${errors}" skipped="${count.skipped}" time="${count.time}">`,
    ...failed,
    ...all,
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteOf(steps: readonly CheckedStep[]): string[] {
  const title = xml(steps[0]?.featureTitle ?? '');
  const { failures, skipped, time } = countsOf(steps);
  return [
    `  <testsuite name="${title}" tests="${steps.length}" failures="${failures}" errors="0" skipped="${skipped}" time="${time}">`,
    ...steps.map((step) => {
      const inner = isSkipped(step)
        ? `<skipped message="${xml(step.reason)}"/>`
        : isRegression(step)
          ? `<failure message="${xml(step.reason)}" type="${step.change}"/>`
          : '';
      const open = `    <testcase classname="${title}" name="${xml(step.caption)}" time="${seconds(step.durationMs)}"`;
      return inner === '' ? `${open}/>` : `${open}>${inner}</testcase>`;
    }),
    '  </testsuite>',
  ];
}

const isSkipped = ({ change }: CheckedStep): boolean => change === 'notReached' || change === 'stillFails';

const countsOf = (steps: readonly CheckedStep[]): { failures: number; skipped: number; time: string } => ({
  failures: steps.filter((step) => isRegression(step) && !isSkipped(step)).length,
  skipped: steps.filter(isSkipped).length,
  time: seconds(steps.reduce((sum, { durationMs }) => sum + durationMs, 0)),
});
