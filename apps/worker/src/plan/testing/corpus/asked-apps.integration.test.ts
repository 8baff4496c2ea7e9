import { beforeAll, describe, expect, it } from '@jest/globals';
import { ASKED_APPS } from './asked-apps';
import { driveAll, startPages, tableOf } from './drive-corpus';
import type { CorpusApp, CorpusResult } from './drive-corpus';

/** Most of the time of a drive is waiting: several browsers share it. */
const AT_ONCE = 4;

describe('what an intent asks of apps, honest ones and others', () => {
  const names = Object.keys(ASKED_APPS);
  let results: CorpusResult[] = [];
  beforeAll(async () => {
    const apps = Object.entries(ASKED_APPS).map(([name, { page, intent, must, mustNot }]): CorpusApp => ({
      name,
      intent,
      expectation: { kind: 'intent', ...(must && { must }), ...(mustNot && { mustNot }) },
      start: () => startPages({ page }),
    }));
    const shares = Array.from({ length: AT_ONCE }, (_, share) =>
      apps.filter((_app, at) => at % AT_ONCE === share),
    );
    results = (await Promise.all(shares.map((share) => driveAll(share)))).flat();
    console.log(tableOf(results));
  }, 300_000);

  it.each(names)('%s', (name) => {
    const result = results.find((one) => one.name === name);
    expect(result).toBeDefined();
    expect(result?.fault).toBeUndefined();
  });
});
