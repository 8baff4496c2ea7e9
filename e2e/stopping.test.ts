import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sessionIdOf } from '@showrunner/contracts';
import { hostSlowness } from '@showrunner/contracts/testing';
import { Client, Connection } from '@temporalio/client';
import { TestPlatform } from './testing/platform';
import type { Film } from './testing/platform';
import { processes } from './testing/processes';
import { until } from './testing/until';

describe('ending a run from outside', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await TestPlatform.start();
  }, 240_000);
  afterAll(() => platform?.stop(), 60_000);

  /** Starts a film and answers, once it is being filmed, its run and the film to come. */
  async function filming(): Promise<{ runId: string; film: Promise<Film> }> {
    const before = (await platform.get<{ data: { id: string }[] }>('/runs')).data.map(({ id }) => id);
    // At the pace of a person: it is to be in the making when it is ended.
    const film = platform.filmByPlan();
    const runId = await until(
      'a run that is filming',
      async () => {
        const { data } = await platform.get<{ data: { id: string; state: string }[] }>('/runs?limit=3');
        return data.find(({ id, state }) => state === 'filming' && !before.includes(id))?.id;
      },
      90_000,
    );
    return { runId, film };
  }

  it('kill: within two seconds no sandbox, browser or encoder of the run is left', async () => {
    const { runId, film } = await filming();
    await until('the browser', () =>
      processes().some(({ command }) =>
        command.includes(sessionIdOf(runId, { film: 1, number: 1, opening: 1 })),
      ),
    );
    const killedAt = Date.now();
    await platform.post(`/runs/${runId}/kill`);
    await platform.nothingLeft();
    expect(Date.now() - killedAt).toBeLessThan(2000 * hostSlowness());
    const { report, code } = await film;
    expect(report?.state).toBe('killed');
    expect(code).not.toBe(0);
  }, 120_000);

  it('a terminated workflow: its run fails with a reason, and the reaper ends what it left', async () => {
    const { runId, film } = await filming();
    const connection = await Connection.connect({ address: `127.0.0.1:${platform.port('TEMPORAL_PORT')}` });
    await new Client({ connection }).workflow.getHandle(`run-${runId}`).terminate('an operator said so');
    await connection.close();
    const { report } = await film;
    expect(report?.state).toBe('failed');
    expect(report?.failure?.code).toMatch(/workflow/);
    await platform.nothingLeft(90_000);
  }, 180_000);

  it('kill -9 of the supervisor: its sandboxes go with it, and the next start goes on with the film', async () => {
    const { runId, film } = await filming();
    const { pid } = JSON.parse(readFileSync(path.join(platform.home, 'platform.json'), 'utf8')) as {
      pid: number;
    };
    process.kill(pid, 'SIGKILL');
    await until('the end of its processes', () => !isWorking(), 20_000);
    const up = await platform.showrunner(['up']);
    expect(up.code).toBe(0);
    const { report, code } = await film;
    expect([code, report?.id, report?.state, report?.failure]).toEqual([0, runId, 'done', null]);
    expect(report?.features.every(({ verified }) => verified)).toBe(true);
    await platform.nothingLeft();
  }, 240_000);

  it('down: leaves no process behind, and the next start goes on with the film that was in the making', async () => {
    const { runId, film } = await filming();
    const down = await platform.showrunner(['down']);
    expect(down.code).toBe(0);
    expect(down.stdout).toContain(runId);
    await platform.nothingLeft();
    // Whoever waits for the film goes on waiting; of the platform nothing is left.
    expect(isWorking()).toBe(false);
    expect((await platform.showrunner(['up'])).code).toBe(0);
    const { report, code } = await film;
    expect([code, report?.id, report?.state]).toEqual([0, runId, 'done']);
    expect((await platform.showrunner(['down'])).code).toBe(0);
    await platform.nothingLeft();
    expect(processes().filter(({ command }) => command.includes(platform.home))).toEqual([]);
  }, 240_000);

  const isWorking = (): boolean =>
    processes().some(({ command }) => command.includes('--pool all') && command.includes(platform.home));
});
