import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sandboxIdOf, buildIdOf } from '@showrunner/contracts';
import type { RunState } from '@showrunner/contracts';
import { TestPlatform } from './testing/platform';
import type { Film } from './testing/platform';
import { descendantsOf } from './testing/processes';
import { until } from './testing/until';

const CATALOGUE = path.resolve(import.meta.dirname, '../examples/catalogue');
const KANBAN = path.resolve(import.meta.dirname, '../examples/kanban');

/** States in which the run may be found when it is looked at, per state that is waited for: short ones are gone in an instant. */
const AFTER: Partial<Record<RunState, RunState[]>> = { segmenting: ['segmenting', 'exporting'] };

describe('a film is finished and correct although something was killed', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    // One place: what a fault leaves behind would keep the next film waiting for ever.
    platform = await TestPlatform.start({ SANDBOX_ON_LOST: 'reacquire', SANDBOX_PLACES: 'local=1' });
  }, 240_000);
  afterAll(() => platform?.stop(), 60_000);

  interface Run {
    id: string;
    state: RunState;
    message: string;
    sandboxId: string | null;
  }
  const runs = async (): Promise<Run[]> => (await platform.get<{ data: Run[] }>('/runs?limit=5')).data;

  const filmOf = (source: string): Promise<Film> => platform.film(source, ['--pace', 'none']);
  /** What is killed after it was planned is killed under this film, without a person's pauses. */
  const filmOfPlan = (): Promise<Film> => platform.filmByPlan(['--pace', 'none']);

  /** Films, kills `victim` once the run has reached a state, and expects the whole film. */
  async function filmThrough(
    begin: () => Promise<Film>,
    state: RunState,
    victim: (run: Run) => number | Promise<number>,
    seen?: (film: Film) => void,
  ): Promise<void> {
    const known = new Set((await runs()).map(({ id }) => id));
    const film = begin();
    const states = AFTER[state] ?? [state];
    const run = await until(
      `a run that is ${state}`,
      async () => (await runs()).find(({ id, state: now }) => !known.has(id) && states.includes(now)),
      90_000,
    );
    process.kill(await victim(run), 'SIGKILL');
    const done = await film;
    expect(done.said).toContain('Film: ');
    expect(done.report?.state).toBe('done');
    expect(done.report?.features.filter(({ verified }) => !verified)).toEqual([]);
    expect(done.code).toBe(0);
    seen?.(done);
    await platform.nothingLeft();
  }

  /** What the sandbox lives by, as the host sees it. */
  const processOneOf = (sandboxId: string): number => {
    const file = path.join(platform.home, 'sandboxes', sandboxId, 'meta.json');
    return (JSON.parse(readFileSync(file, 'utf8')) as { init: { pid: number } }).init.pid;
  };

  /** The browser of this platform: another may film beside it. */
  const browser = (): Promise<number> =>
    until(
      'the browser',
      () =>
        descendantsOf(platform.pidOf('worker')).find(
          ({ command }) =>
            command.includes('--remote-debugging') &&
            !command.includes('--type=') &&
            /chrom/.test(command) &&
            !/bwrap|setpriv|unshare/.test(command.split(' ')[0] ?? ''),
        )?.pid,
    );

  it.each<[RunState, () => Promise<Film>]>([
    ['building', () => filmOf(KANBAN)],
    ['planning', () => filmOf(CATALOGUE)],
    ['filming', filmOfPlan],
    ['segmenting', filmOfPlan],
    ['exporting', filmOfPlan],
  ])(
    'the worker, while %s',
    async (state, begin) => {
      await filmThrough(begin, state, () => platform.pidOf('worker'));
    },
    240_000,
  );

  it('Chromium, while filming', async () => {
    await filmThrough(filmOfPlan, 'filming', browser);
  }, 240_000);

  it('the sandbox, while filming: the app is built again in another one, and the same plan filmed', async () => {
    const killed: string[] = [];
    await filmThrough(
      filmOfPlan,
      'filming',
      ({ sandboxId }) => {
        killed.push(sandboxId ?? '');
        return processOneOf(sandboxId ?? '');
      },
      ({ report, said }) => {
        expect(report?.notes).toEqual([
          expect.stringMatching(/^The sandbox died\. .*in another one, and the same plan filmed/),
        ]);
        expect(killed).toEqual([sandboxIdOf(report?.id ?? '')]);
        expect(report?.sandboxId).toBe(sandboxIdOf(buildIdOf(report?.id ?? '', 2)));
        const filmed = report?.stages.filter(({ stage }) => stage === 'film').map(({ film }) => film);
        expect(filmed).toEqual([1, 2]);
        expect(said).toContain('Building the app again, in another sandbox');
      },
    );
    const [run] = await runs();
    for (const id of [sandboxIdOf(run?.id ?? ''), sandboxIdOf(buildIdOf(run?.id ?? '', 2))])
      expect(await platform.get(`/sandboxes/${id}`)).toMatchObject({ status: 'destroyed' });
  }, 240_000);

  it('nothing, but it has to wait for the place of another sandbox', async () => {
    const holder = await platform.call<{ id: string }>('POST', '/sandboxes?wait=30', {});
    const known = new Set((await runs()).map(({ id }) => id));
    const film = filmOfPlan();
    const waiting = await until(
      'a run that waits',
      async () => (await runs()).find(({ id, message }) => !known.has(id) && message.startsWith('Waiting')),
      60_000,
    );
    expect(waiting).toMatchObject({
      state: 'queued',
      message: expect.stringContaining('number 1 in the queue'),
    });
    expect(await platform.get(`/sandboxes/${waiting.sandboxId}`)).toMatchObject({
      status: 'queued',
      queue: { position: 1 },
    });
    const killed = filmOfPlan();
    const second = await until(
      'another run',
      async () => (await runs()).find(({ id, message }) => id !== waiting.id && message.includes('number 2')),
      60_000,
    );
    await platform.post(`/runs/${second.id}/kill`);
    expect((await killed).report?.state).toBe('killed');
    await platform.call('DELETE', `/sandboxes/${holder.json.id}`);
    const done = await film;
    expect(done.report).toMatchObject({ state: 'done', id: waiting.id });
    expect(done.report?.stages.map(({ stage }) => stage)).toContain('queue');
    await platform.nothingLeft();
  }, 240_000);

  it.each(['temporal', 'postgres', 'redis', 'server'])(
    '%s, while filming',
    async (name) => {
      await filmThrough(filmOfPlan, 'filming', () => platform.pidOf(name));
    },
    240_000,
  );

  describe('where every service is a process of its own', () => {
    beforeAll(
      () =>
        platform.restart({
          SHOWRUNNER_COMPONENTS: 'postgres,redis,temporal,gateway,project,sandbox,intent,editor,worker',
        }),
      120_000,
    );

    it.each(['gateway', 'intent'])(
      '%s, while filming',
      async (name) => {
        await filmThrough(filmOfPlan, 'filming', () => platform.pidOf(name));
      },
      240_000,
    );
  });
});
