import { beforeAll, describe, expect, it } from '@jest/globals';
import { corpusApps, driveAll, EXPECTATIONS, tableOf } from './drive-corpus';
import type { CorpusResult } from './drive-corpus';
import { APPS } from './lying-apps';

/** The whole corpus takes minutes: `npm run drive -- --corpus` drives it. Here is one of each important kind. */
const QUICK = Object.keys(EXPECTATIONS).filter((name) => EXPECTATIONS[name]?.quick);

describe('apps that lie', () => {
  let results: CorpusResult[] = [];
  beforeAll(async () => {
    results = await driveAll(corpusApps(QUICK));
    console.log(tableOf(results));
  }, 600_000);

  it('are at least thirty, of fifteen kinds, with honest ones beside them', () => {
    expect(Object.keys(EXPECTATIONS).sort()).toEqual(Object.keys(APPS).sort());
    const lies = Object.values(EXPECTATIONS).filter(({ mustNot }) => mustNot !== undefined);
    expect(lies.length).toBeGreaterThanOrEqual(30);
    expect(new Set(lies.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(15);
    expect(
      Object.values(EXPECTATIONS).filter(({ must }) => must !== undefined).length,
    ).toBeGreaterThanOrEqual(15);
  });

  it.each(QUICK)('%s is shown as it is', (name) =>
    expect(results.find((one) => one.name === name)?.fault).toBeUndefined(),
  );
});
