import { describe, expect, it } from '@jest/globals';
import type { CheckedStep, CheckReport } from '@showrunner/contracts';
import { checkLines } from './check.command';
import { junitOf } from './junit-report';

const step = (change: CheckedStep['change'], more: Partial<CheckedStep> = {}): CheckedStep => ({
  ...{ feature: 'add', featureTitle: 'Add', step: 0, caption: 'Add it', reason: '', durationMs: 1500 },
  change,
  ...more,
});
const report = (steps: CheckedStep[], more: Partial<CheckReport> = {}): CheckReport => ({
  ...{ runId: 'r2', checkOf: 'r1', regressed: false, failure: null, steps },
  ...more,
});

describe('what a check found', () => {
  it('is told step by step', () => {
    const steps = [
      step('same'),
      step('healed', { reason: 'It was A.' }),
      step('refuted', { reason: 'Nothing\u001b[31m came.' }),
    ];
    expect(checkLines(report(steps, { regressed: true }))).toEqual([
      '  ✓ Add · Add it',
      '  ~ Add · Add it: works, on another target: It was A.',
      expect.stringMatching(/^ {2}✗ Add · Add it: no longer does what it did: Nothing[^\u001b]* came\.$/),
      '1 of 3 steps no longer work.',
    ]);
    expect(checkLines(report([step('same')]))).toContain('All 1 steps are as they were, or better.');
    const failure = { code: 'install_failed', message: 'It could not be installed.' };
    expect(checkLines(report([], { regressed: true, failure }))).toEqual([
      'Nothing could be checked: It could not be installed.',
    ]);
  });

  it('is JUnit XML: a suite a feature, a case a step, whatever pages say', () => {
    const nasty = 'a "<b>" & ]]> \u0000\u001b\ud800';
    const steps = [
      step('same'),
      step('missing', { step: 1, reason: nasty, caption: nasty }),
      step('notReached', { step: 2, reason: 'A step before it failed.' }),
      step('refuted', { feature: 'find', featureTitle: 'Find' }),
    ];
    const text = junitOf(report(steps, { regressed: true }));
    expect(text).toContain(
      '<testsuites name="showrunner check r2" tests="4" failures="2" errors="0" skipped="1" time="6.000">',
    );
    expect(text).toContain(
      '<testsuite name="Add" tests="3" failures="1" errors="0" skipped="1" time="4.500">',
    );
    expect(text).toContain('a &quot;&lt;b&gt;&quot; &amp; ]]&gt; \uFFFD\uFFFD\uFFFD');
    expect(text).toContain('<skipped message="A step before it failed."/>');
    expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
  });

  it('is an error of the app when nothing could be checked', () => {
    const failure = { code: 'install_failed', message: 'It could not be installed.' };
    expect(junitOf(report([], { regressed: true, failure }))).toContain(
      '<error message="It could not be installed." type="install_failed"/>',
    );
  });
});
