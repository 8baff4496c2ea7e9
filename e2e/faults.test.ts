import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunState } from '@showrunner/contracts';
import { TestPlatform } from './testing/platform';
import type { Film } from './testing/platform';
import { processes } from './testing/processes';
import { until } from './testing/until';

const CATALOGUE = path.resolve(import.meta.dirname, '../examples/catalogue');
const KANBAN = path.resolve(import.meta.dirname, '../examples/kanban');

/** States in which the run may be found when it is looked at, per state that is waited for: short ones are gone in an instant. */
const AFTER: Partial<Record<RunState, RunState[]>> = { segmenting: ['segmenting', 'exporting'] };

describe('a film is finished and correct although something was killed', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await TestPlatform.start();
  }, 120_000);
  afterAll(() => platform?.stop(), 60_000);

  /** Films, kills `victim` once the run has reached a state, and expects the whole film. */
  async function filmThrough(
    source: string,
    state: RunState,
    victim: () => number,
    seen?: (film: Film) => void,
  ): Promise<void> {
    const known = new Set((await platform.get<{ data: { id: string }[] }>('/runs')).data.map(({ id }) => id));
    const film = platform.film(source);
    const states = AFTER[state] ?? [state];
    await until(
      `a run that is ${state}`,
      async () => {
        const { data } = await platform.get<{ data: { id: string; state: RunState }[] }>('/runs?limit=5');
        return data.some((run) => !known.has(run.id) && states.includes(run.state));
      },
      90_000,
    );
    process.kill(victim(), 'SIGKILL');
    const done = await film;
    expect(done.said).toContain('Film: ');
    expect(done.report?.state).toBe('done');
    expect(done.report?.features.filter(({ proven }) => !proven)).toEqual([]);
    expect(done.code).toBe(0);
    seen?.(done);
    await platform.nothingLeft();
  }

  const browser = (): number => {
    const found = processes().find(
      ({ command }) =>
        command.includes('--remote-debugging') &&
        !command.includes('--type=') &&
        /chrom/.test(command) &&
        !/bwrap|setpriv|unshare/.test(command.split(' ')[0] ?? ''),
    );
    return found?.pid ?? 0;
  };

  it.each<[RunState, string]>([
    ['building', KANBAN],
    ['planning', CATALOGUE],
    ['filming', CATALOGUE],
    ['segmenting', CATALOGUE],
    ['exporting', CATALOGUE],
  ])(
    'the worker, while %s',
    async (state, source) => {
      await filmThrough(source, state, () => platform.pidOf('worker'));
    },
    240_000,
  );

  it('Chromium, while filming', async () => {
    await filmThrough(CATALOGUE, 'filming', browser);
  }, 240_000);

  it.each(['temporal', 'postgres', 'redis', 'gateway', 'intent'])(
    '%s, while filming',
    async (name) => {
      await filmThrough(CATALOGUE, 'filming', () => platform.pidOf(name));
    },
    240_000,
  );
});
