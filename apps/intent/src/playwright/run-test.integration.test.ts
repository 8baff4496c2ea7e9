import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createDatabase, DEFAULT_TENANT } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import { action, planBody } from '../testing/film-fixtures';
import { RunTestController } from './run-test.controller';

let postgres: Awaited<ReturnType<typeof startTestPostgres>>;
let database: Database;
let controller: RunTestController;

beforeAll(async () => {
  postgres = await startTestPostgres();
  database = createDatabase({
    url: postgres.url,
    secretKeys: { INTERNAL_TOKEN: 'test-token-of-the-services' },
  });
  controller = new RunTestController(database);
  await database.projects.create({
    id: 'p1',
    name: 'kanban',
    source: { kind: 'git', url: 'https://example.test/p1' },
  });
});
afterAll(async () => {
  await database.close();
  await postgres.stop();
});

const testOf = (id: string) => controller.test(DEFAULT_TENANT, id);

it('is made of what a run has shown, and of no run that goes on or has shown nothing', async () => {
  const size = { width: 1280, height: 720 };
  await database.runs.create({
    ...{
      id: 'run1',
      projectId: 'p1',
      intent: '',
      provider: 'local',
      size,
      pace: 'normal',
      keepSandbox: false,
    },
  });
  await expect(testOf('run1')).rejects.toMatchObject({ code: 'run_not_ended', status: 409 });
  await database.plans.store({ id: 'plan1', projectId: 'p1', runId: 'run1', body: planBody });
  await database.actions.append({ film: 1, runId: 'run1', sessionId: 's1', takeId: 't1', record: action });
  await database.runs.setState({ id: 'run1', state: 'done', message: 'Done' });
  await expect(testOf('run1')).rejects.toMatchObject({ code: 'nothing_to_test', status: 409 });
  await database.runs.setOutcomes('run1', [{ feature: 'add', title: 'Add', verified: true }], []);
  const { fileName, source, notCarriedOver } = await testOf('run1');
  expect({ fileName, notCarriedOver }).toEqual({ fileName: 'kanban.spec.ts', notCarriedOver: [] });
  expect(source).toContain("test('Add', async () => {");
  await expect(testOf('nothing')).rejects.toMatchObject({ status: 404 });
  await expect(controller.test('another', 'run1')).rejects.toMatchObject({ status: 404 });
});
