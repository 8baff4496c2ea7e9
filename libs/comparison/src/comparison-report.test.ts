import { describe, expect, it } from '@jest/globals';
import type { ComparedFeature, Comparison, FeatureVerdict } from '@showrunner/contracts';
import { comparisonReport, headline, plain } from './comparison-report';

const one = (
  verdict: FeatureVerdict,
  title: string,
  more: Partial<ComparedFeature> = {},
): ComparedFeature => ({
  ...{ feature: title, title, verdict, reason: '', differences: [], clip: null },
  ...more,
});
const comparison = (features: ComparedFeature[], more: Partial<Comparison> = {}): Comparison => ({
  ...{ runId: 'r1', head: { ref: 'feature/x', commit: 'abcdef0123456789' }, notes: [], features },
  base: { ref: 'main', commit: null, failure: null },
  regressed: features.some(({ verdict }) => verdict === 'broken'),
  ...more,
});

describe('the report of a pull request', () => {
  it('says first what no longer works, then what is new and what looks different', () => {
    const box = { x: 0, y: 0, width: 10, height: 10 };
    const text = comparisonReport(
      comparison([
        one('new', 'Sort the board'),
        one('changed', 'Add a card', {
          ...{ reason: '1 step looks different.', clip: 'c1' },
          differences: [{ step: 0, caption: 'Press Add', share: 0.0312, box }],
        }),
        one('same', 'Search'),
        one('broken', 'Archive', { reason: 'There is no button "Archive" on the page.' }),
      ]),
      { film: 'video.mp4', gif: 'film (1).gif', poster: 'poster.png' },
    );
    expect(text).toBe(`## Something no longer works: 1 broken, 1 new, 1 changed

\`feature/x\` (abcdef0123) compared with \`main\`.

[![The film](film%20%281%29.gif)](video.mp4)

[Film](video.mp4) · [GIF](film%20%281%29.gif)

### ❌ No longer works

- **Archive**: There is no button "Archive" on the page.

### ✨ New

- **Sort the board**

### 🔁 Looks different

- **Add a card**: 1 step looks different.
  - Press Add: 3 % of the picture

Works and looks as before: Search.
`);
  });

  it('tells of a base that does not run, and of nothing that changed', () => {
    const failure = { code: 'install_failed', message: 'npm ended with 1.' };
    const base = { ref: 'main', commit: null, failure };
    expect(comparisonReport(comparison([one('new', 'Add')], { base }))).toContain(
      '⚠️ Nothing runs at the base, so everything counts as new: npm ended with 1.',
    );
    expect(headline(comparison([one('same', 'Add')]))).toBe('Nothing that was looked at has changed');
  });

  it('lets no page or diff write markup, mention people or link anywhere', () => {
    expect(plain('<img src=x onerror=1> [x](javascript:1) @octocat #12 **b** \u202e`c`')).toBe(
      '&lt;img src=x onerror=1\\> \\[x\\]\\(javascript:1\\) @\u2060octocat \\#\u206012 \\*\\*b\\*\\* \\`c\\`',
    );
    expect(plain('see https://evil.test and www.evil.test\n# Title')).not.toMatch(/https:\/\/|www\.|\n/);
    const text = comparisonReport(comparison([one('new', '</details>\n\n# Owned @all')]));
    expect(text).not.toMatch(/^# |<\/details>|@all/m);
    expect(plain('x'.repeat(1000)).length).toBe(300);
  });
});
