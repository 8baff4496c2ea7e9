import { beforeAll, describe, expect, it } from '@jest/globals';
import { driveAll, tableOf } from './drive-corpus';
import type { CorpusResult } from './drive-corpus';
import { LIES, lyingPairs } from './lies';

/** Most of the time of a drive is waiting: several browsers share it. */
const AT_ONCE = 4;
/** One pair of each kind that was fooled before; `npm run drive -- --corpus` drives all. */
const QUICK = [
  ...[
    'adds-twice',
    'adds-once',
    'more-of-the-same',
    'more-rows',
    'theme-by-attribute-alone',
    'theme-painted',
  ],
  ...['upload-ends-without-file', 'upload-ends-with-file', 'settings-forgotten', 'settings-kept'],
  ...['undo-undoes-nothing', 'undo-undoes', 'likes-tick-alone', 'likes-tick-and-like'],
  ...['copied-nothing', 'copied-by-clipboard', 'download-nothing', 'download-of-a-blob'],
  ...['grid-pressed-alone', 'grid-laid-out', 'pin-gone-in-three', 'pin-stays'],
  ...['letter-thrown-away', 'letter-archived', 'salt-for-tea', 'salt-ordered'],
  ...['chips-leave-another', 'chips-hide-one', 'chips-filter'],
];

describe('apps that lie about what they were asked', () => {
  let results: CorpusResult[] = [];
  beforeAll(async () => {
    const shares = Array.from({ length: AT_ONCE }, (_, share) =>
      lyingPairs(QUICK.filter((_name, at) => at % AT_ONCE === share)),
    );
    results = (await Promise.all(shares.map((share) => driveAll(share)))).flat();
    console.log(tableOf(results));
  }, 300_000);

  it('are at least thirty, of twenty kinds, with honest ones beside them', () => {
    const all = Object.values(LIES);
    expect(all.filter(({ mustNot }) => mustNot !== undefined).length).toBeGreaterThanOrEqual(30);
    expect(new Set(all.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(20);
    expect(all.filter(({ must }) => must !== undefined).length).toBeGreaterThanOrEqual(25);
  });

  it.each(QUICK)('%s is shown as it is', (name) => {
    const result = results.find((one) => one.name === name);
    expect(result).toBeDefined();
    expect(result?.fault).toBeUndefined();
  });
});
