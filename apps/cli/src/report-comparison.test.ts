import { describe, expect, it } from '@jest/globals';
import type { Comparison, FeatureVerdict } from '@showrunner/contracts';
import { comparisonCode, comparisonLines } from './report-comparison';

const comparison = (
  verdicts: FeatureVerdict[],
  failure: Comparison['base']['failure'] = null,
): Comparison => ({
  ...{
    runId: 'r1',
    head: { ref: null, commit: null },
    base: { ref: 'main', commit: null, failure },
    notes: [],
  },
  regressed: verdicts.includes('broken'),
  features: verdicts.map((verdict) => ({
    ...{ feature: verdict, title: `A ${verdict} one`, verdict, reason: '', differences: [], clip: null },
  })),
});

describe('a comparison on the command line', () => {
  it('fails when something no longer works, and says when there is nothing to compare with', () => {
    expect(comparisonCode(comparison(['new', 'changed', 'removed', 'same']))).toBe(0);
    expect(comparisonCode(comparison(['broken']))).toBe(1);
    expect(comparisonCode(comparison(['new'], { code: 'install_failed', message: 'npm ended.' }))).toBe(4);
    expect(comparisonCode(comparison([]))).toBe(0);
  });

  it('is told feature by feature', () => {
    expect(comparisonLines(comparison(['broken', 'new']), 'out', true)).toEqual([
      '  ✗ broken · A broken one',
      '  + new · A new one',
      'Something no longer works: 1 broken, 1 new',
      'Film: out/video.mp4',
      'Report: out/comparison.md',
    ]);
    const failure = { code: 'x', message: 'npm\u001b[31m ended.' };
    expect(comparisonLines(comparison([], failure), 'out', false)[0]).toMatch(
      /^Nothing runs at main: npm[^\u001b]* ended\.$/,
    );
  });
});
