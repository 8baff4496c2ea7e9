import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createDatabase, DEFAULT_TENANT } from '@showrunner/database';
import type { Database, NewRun } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { RunSummary } from '@showrunner/contracts';
import type { RunsService } from '../runs/runs.service';
import { action, planBody } from '../testing/film-fixtures';
import { CheckService } from './check.service';

let postgres: Awaited<ReturnType<typeof startTestPostgres>>;
let database: Database;
let checks: CheckService;
const size = { width: 1280, height: 720 };

beforeAll(async () => {
  postgres = await startTestPostgres();
  database = createDatabase({
    url: postgres.url,
    secretKeys: { INTERNAL_TOKEN: 'test-token-of-the-services' },
  });
  // The workflow is begun elsewhere: here counts what is asked of it.
  const runs = { begin: (run: NewRun) => database.runs.create(run) as unknown as Promise<RunSummary> };
  checks = new CheckService(database, runs as unknown as RunsService);
  const git = { kind: 'git', url: 'https://example.test/p1', branch: 'main', subdir: 'web' } as const;
  await database.projects.create({ id: 'p1', name: 'kanban', source: git });
  const archive = { kind: 'archive', storageKey: 'k', fileName: 'app.zip', bytes: 1, sha256: 'x' } as const;
  await database.projects.create({ id: 'p2', name: 'folder', source: archive });
  for (const [id, projectId] of [
    ['git1', 'p1'],
    ['zip1', 'p2'],
  ] as const) {
    await database.runs.create({ id, projectId, intent: '', provider: 'local', size, keepSandbox: false });
    await database.plans.store({ id: `plan-${id}`, projectId, runId: id, body: planBody });
    await database.actions.append({
      ...{ film: 1, runId: id, sessionId: 's1', takeId: 't1' },
      record: { ...action, feature: 'add', step: 0, verified: true, result: 'succeeded' },
    });
  }
});
afterAll(async () => {
  await database.close();
  await postgres.stop();
});

const begin = (run: string, id: string, request = {}) => checks.begin(DEFAULT_TENANT, id, run, request);
const ended = async (id: string, verified: boolean): Promise<void> => {
  await database.runs.setState({ id, state: 'done', message: 'Done' });
  await database.runs.setOutcomes(id, [{ feature: 'add', title: 'Add', verified }], []);
};

it('is a run with the plan of one that has ended and has shown something', async () => {
  await expect(begin('git1', 'c0')).rejects.toMatchObject({ code: 'run_not_ended', status: 409 });
  await database.runs.setState({ id: 'git1', state: 'done', message: 'Done' });
  await expect(begin('git1', 'c0')).rejects.toMatchObject({ code: 'nothing_to_check', status: 409 });
  await ended('git1', true);
  await begin('git1', 'c1');
  expect(await database.runs.get('c1')).toMatchObject({
    ...{ checkOf: 'git1', planId: 'plan-git1', projectId: 'p1', pace: 'none', recorded: null },
  });
});

it('is of another state of the repository, or of another source', async () => {
  await begin('git1', 'c2', { against: 'feature/cards' });
  expect((await database.projects.get('c2')).source).toEqual({
    ...{ kind: 'git', url: 'https://example.test/p1', branch: 'feature/cards', subdir: 'web' },
  });
  await begin('git1', 'c3', { against: 'abcdef0123' });
  expect((await database.projects.get('c3')).source).toMatchObject({ commit: 'abcdef0123' });
  await ended('zip1', true);
  await expect(begin('zip1', 'c4', { against: 'main' })).rejects.toMatchObject({
    code: 'check_needs_git',
    status: 422,
  });
  await begin('zip1', 'c5', { projectId: 'p1' });
  expect((await database.runs.get('c5')).projectId).toBe('p1');
  await expect(begin('zip1', 'c6', { projectId: 'nothing' })).rejects.toMatchObject({ status: 404 });
});

it('tells what became of each step, and of an app that could not be started', async () => {
  const report = (id: string) => checks.report(DEFAULT_TENANT, id);
  await expect(report('git1')).rejects.toMatchObject({ status: 404 });
  await expect(report('c1')).rejects.toMatchObject({ code: 'run_not_ended' });
  await database.actions.append({
    ...{ film: 1, runId: 'c1', sessionId: 's2', takeId: 't2' },
    record: {
      ...action,
      feature: 'add',
      step: 0,
      verified: false,
      result: 'failed',
      error: 'It did not appear.',
    },
  });
  await ended('c1', false);
  expect(await report('c1')).toMatchObject({
    ...{ runId: 'c1', checkOf: 'git1', regressed: true, failure: null },
    steps: [{ feature: 'add', step: 0, change: 'refuted', reason: 'It did not appear.' }],
  });
  const failure = { code: 'install_failed', message: 'It could not be installed.', stage: 'install' };
  await database.runs.setState({ id: 'c2', state: 'failed', message: failure.message, failure });
  expect(await report('c2')).toMatchObject({
    ...{ regressed: true, steps: [], failure: { code: 'install_failed', message: failure.message } },
  });
});
