import { describe, expect, test } from '@jest/globals';
import { doctorLines } from '../doctor/doctor.mjs';
import { nodeIsNewEnough } from '../setup/node-version.mjs';
import { runSteps } from '../setup/steps.mjs';
import type { Step, StepOutcome } from '../setup/steps.mjs';
import { addTotals, compareTries, countResult, longestFiles, totalsLine } from '../test/tiers.mjs';

const silent = { started: () => undefined, detail: () => undefined, ended: () => undefined };
const done = (summary: string) => ({ changed: true, summary });
const stateOf = (outcomes: StepOutcome[], name: string) =>
  outcomes.find((outcome) => outcome.name === name)?.state;

describe('runSteps', () => {
  test('runs independent steps side by side and dependents afterwards', async () => {
    const order: string[] = [];
    let openGate = () => {};
    const gate = new Promise<void>((resolve) => {
      openGate = resolve;
    });
    const steps: Step[] = [
      { name: 'last', needs: ['first', 'second'], run: async () => done(String(order.push('last'))) },
      {
        name: 'first',
        // Ends only when the second has begun: one after the other would never end.
        run: async () => {
          await gate;
          return done(String(order.push('first')));
        },
      },
      {
        name: 'second',
        run: async () => {
          openGate();
          return done(String(order.push('second')));
        },
      },
    ];
    const outcomes = await runSteps(steps, silent);
    expect(outcomes.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    expect(order.at(-1)).toBe('last');
  });

  test('skips what needs a failed step and lets the others finish', async () => {
    const outcomes = await runSteps(
      [
        { name: 'broken', run: () => Promise.reject(new Error('no network')) },
        { name: 'dependent', needs: ['broken'], run: async () => done('') },
        { name: 'other', run: async () => done('') },
      ],
      silent,
    );
    expect(stateOf(outcomes, 'broken')).toBe('failed');
    expect(stateOf(outcomes, 'dependent')).toBe('skipped');
    expect(stateOf(outcomes, 'other')).toBe('done');
    expect(outcomes[0]).toMatchObject({ summary: 'no network' });
  });
});

test.each([
  ['20.19.0', true],
  ['20.18.3', false],
  ['18.20.0', false],
  ['22.0.0', true],
])('Node.js %s is new enough: %s', (version, expected) => {
  expect(nodeIsNewEnough(version)).toBe(expected);
});

describe('the totals of the tests', () => {
  const result = {
    numPassedTests: 5,
    numFailedTests: 0,
    numPendingTests: 1,
    numTodoTests: 1,
    numRuntimeErrorTestSuites: 0,
  };

  test('count a file that cannot be loaded, and a jest that crashed, as failures', () => {
    expect(countResult({ ...result, numRuntimeErrorTestSuites: 2 }, 1)).toEqual({
      passed: 5,
      failed: 2,
      skipped: 2,
    });
    expect(countResult(result, 1).failed).toBe(1);
    expect(countResult(undefined, 1).failed).toBe(1);
  });

  test('are one line', () => {
    const totals = addTotals([countResult(result, 0), { passed: 2, failed: 0, skipped: 0 }]);
    expect(totalsLine(totals)).toBe('7 passed, 0 failed, 2 skipped');
    expect(totalsLine({ passed: 7, failed: 1, skipped: 0 })).toBe('7 passed, 1 failed');
  });

  test('hold a failure against a run although the second try passes', () => {
    const file = (name: string, status: string, tests: Record<string, string>) => ({
      name,
      status,
      startTime: 0,
      endTime: 1500,
      assertionResults: Object.entries(tests).map(([fullName, state]) => ({ fullName, status: state })),
    });
    const first = [
      file('/a.test.ts', 'failed', { one: 'passed', two: 'failed', three: 'failed' }),
      file('/b.test.ts', 'failed', {}),
      file('/c.test.ts', 'failed', { four: 'failed' }),
    ];
    const again = [
      file('/a.test.ts', 'failed', { one: 'passed', two: 'passed', three: 'failed' }),
      file('/b.test.ts', 'passed', { five: 'passed' }),
    ];
    expect(compareTries(first, again).map((line) => line.replace(/(\.\.\/)+/, '/'))).toEqual([
      'Unsteady, failed at first and passed alone: /a.test.ts: two',
      'Failed again: /a.test.ts: three',
      'Unsteady, failed at first and passed alone: /b.test.ts',
      // A file whose second try was never reported has not passed.
      'Failed again: /c.test.ts: four',
    ]);
  });
});

test('the files that took longest come first, with their seconds and tests', () => {
  const file = (name: string, endTime: number, tests: number) => ({
    name,
    status: 'passed',
    startTime: 1000,
    endTime,
    assertionResults: Array.from({ length: tests }, () => ({ fullName: 'one', status: 'passed' })),
  });
  const files = [file('/a.test.ts', 2000, 1), file('/b.test.ts', 63_500, 4), file('/c.test.ts', 1500, 9)];
  expect(longestFiles(files, 2).map((line) => line.replace(/(\.\.\/)+/, '/'))).toEqual([
    '   62.5 s  /b.test.ts (4)',
    '    1.0 s  /a.test.ts (1)',
  ]);
});

test('the doctor shows what is missing with its remedy, and what is required in the verdict', () => {
  const lines = doctorLines([
    { name: 'git', ok: true, required: true, where: '/usr/bin/git', version: 'git 2' },
    {
      name: 'bwrap',
      ok: false,
      required: true,
      problem: 'bwrap is not installed',
      remedy: 'apt-get install -y bubblewrap',
    },
    {
      name: 'zstd',
      ok: false,
      required: false,
      problem: 'zstd is not installed',
      remedy: 'apt-get install -y zstd',
    },
  ]);
  expect(lines.join('\n')).toContain(
    '✗  bwrap                bwrap is not installed\n        → apt-get install -y bubblewrap',
  );
  expect(lines.join('\n')).toContain('!  zstd                 zstd is not installed (optional)');
  expect(lines.at(-1)).toBe('1 required thing is missing: bwrap.');
});
