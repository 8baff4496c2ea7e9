import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { serveApp } from '../serve-app';
import { driveAll, tableOf } from './drive-corpus';
import type { CorpusApp, CorpusResult, Expectation } from './drive-corpus';
import expectations from './failing-inputs.json';

const TABLE: Readonly<Record<string, Expectation & { intent?: string }>> = expectations;
/** Small apps made from public bug reports, where they are kept beside the repository. */
const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../../../../../../../shared/failing-inputs');
const NAMES = Object.keys(TABLE).filter((name) => existsSync(join(FOLDER, name)));

const appOf = async (name: string): Promise<CorpusApp> => ({
  name,
  expectation: TABLE[name] ?? { kind: 'unknown' },
  start: () => serveApp(join(FOLDER, name)),
  intent: TABLE[name]?.intent,
  readme: await readFile(join(FOLDER, name, 'README.md'), 'utf8').catch(() => ''),
});

(NAMES.length === 0 ? describe.skip : describe)('apps made from bug reports', () => {
  let results: CorpusResult[] = [];
  beforeAll(async () => {
    results = await driveAll(await Promise.all(NAMES.map(appOf)));
    console.log(tableOf(results));
  }, 600_000);
  it.each(NAMES)('%s is shown as it is', (name) =>
    expect(results.find((one) => one.name === name)?.fault).toBeUndefined(),
  );
});
