import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ScatteredPlatform } from './testing/scattered-platform';

const FILMS = 3;

/** The hosts of the file's own example, `--scale worker-agent=3`, in small: nothing but addresses connects them. */
describe('defect 3 of issue 8: pools scaled over hosts, each in a network namespace of its own', () => {
  let scattered: ScatteredPlatform;
  beforeAll(async () => {
    scattered = await ScatteredPlatform.start();
  }, 600_000);
  afterAll(() => scattered?.stop(), 60_000);

  it('two agents and two recorders film three films at once, all whole, and no history holds a way to a browser', async () => {
    const { platform } = scattered;
    const films = await Promise.all(
      Array.from({ length: FILMS }, () => platform.filmByPlan(['--pace', 'none'])),
    );
    for (const { report, said, code, out } of films) {
      expect(said).toContain('Film: ');
      expect([report?.state, code]).toEqual(['done', 0]);
      expect(report?.features.filter(({ proven }) => !proven)).toEqual([]);
      expect(report?.notes).toEqual([]);
      // Times on the clock of the take, from its first frame on.
      const actions = lines<{ startMs: number; actMs: number; endMs: number }>(
        path.join(out, 'actions.jsonl'),
      );
      expect(actions.length).toBeGreaterThan(0);
      for (const { startMs, actMs, endMs } of actions) {
        expect([startMs >= 0, startMs <= actMs, actMs <= endMs, endMs < 600_000]).toEqual([
          true,
          true,
          true,
          true,
        ]);
      }
      const history = readFileSync(path.join(out, 'history.json'), 'utf8');
      expect(history).not.toMatch(/wss?:\/\/|devtools/i);
      for (const secret of scattered.secrets) expect(history).not.toContain(secret);
    }
    const stored = ['recording-1', 'recording-2'].flatMap((name) => takesOf(scattered.logOf(name)));
    expect(stored).toHaveLength(FILMS);
    expect(stored.map(({ gaps, endedBy }) => [gaps, endedBy])).toEqual(stored.map(() => [[], 'told']));
    await platform.nothingLeft();
    // On a machine that does much else besides.
  }, 600_000);
});

const lines = <T>(file: string): T[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

/** What a recorder said when it stored a take. */
const takesOf = (log: string): { gaps: unknown[]; endedBy: string }[] =>
  log
    .split('\n')
    .filter((line) => line.includes('The take is stored.'))
    .map((line) => JSON.parse(line) as { gaps: unknown[]; endedBy: string });
