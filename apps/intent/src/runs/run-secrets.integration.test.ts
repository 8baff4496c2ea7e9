import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createDatabase } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import type { RunningService } from '@showrunner/service';
import { call, testConfig } from '@showrunner/service/testing';
import { startIntent } from '../start';

/** Temporal is away: what is accepted is stored, and that is what counts. */
let postgres: TestPostgres;
let database: Database;
let service: RunningService;

beforeAll(async () => {
  postgres = await startTestPostgres();
  const config = testConfig({ databaseUrl: postgres.url });
  database = createDatabase({ url: postgres.url, secretKeys: config });
  service = await startIntent({ ...config, TEMPORAL_ADDRESS: '127.0.0.1:1', SANDBOX_ON_LOST: 'fail' });
  const source = { kind: 'git', url: 'https://example.test/p1' } as const;
  await database.projects.create({ id: 'p1', name: 'keys', source });
}, 60_000);
afterAll(async () => {
  await service?.close();
  await database?.close();
  await postgres?.stop();
});

const VALUE = 'tangerine-comet-88';
const film = (json: object) => call(`${service.url}/api/runs`, { json: { projectId: 'p1', ...json } });
const typing = (more: object, name = 'Key') => ({
  title: 'Keys',
  features: [
    {
      ...{ id: 'enter', title: 'Enter a key' },
      steps: [
        {
          action: { type: 'type', target: { role: 'textbox', name }, ...more },
          caption: 'Enter the key',
          success: { kind: 'elementVisible', target: { role: 'status', name: 'Saved' } },
        },
      ],
    },
  ],
});
const secretsOf = (answer: { json: Record<string, unknown> }) =>
  database.runs.openSecrets(String(answer.json['id']));

it('a secret is sealed with its run, and stands in no plan and no answer', async () => {
  const created = await film({ plan: typing({ text: '', secret: 'KEY' }), secrets: { KEY: VALUE } });
  expect(created.status).toBe(202);
  expect(await secretsOf(created)).toEqual({ KEY: VALUE });
  const run = await database.runs.get(String(created.json['id']));
  const plan = await database.plans.get(run.planId ?? '');
  expect(plan.body.features[0]?.steps[0]?.action).toMatchObject({ text: '••••', secret: 'KEY' });
  expect(JSON.stringify([created, run, plan])).not.toContain(VALUE);
  // Where its plan is filmed again, nobody need say it.
  expect(await secretsOf(await film({ planId: plan.id }))).toEqual({ KEY: VALUE });
});

it('what a plan types as a secret, or as a password by its name, becomes one', async () => {
  expect(await secretsOf(await film({ plan: typing({ text: VALUE, secret: true }) }))).toEqual({
    password: VALUE,
  });
  expect(await secretsOf(await film({ plan: typing({ text: 'abc' }, 'Your password') }))).toEqual({
    password: 'abc',
  });
});

it('a secret that nobody gave is asked for before anything runs', async () => {
  expect(await film({ plan: typing({ text: '', secret: 'KEY' }) })).toMatchObject({
    ...{ status: 422, json: { code: 'secret_missing' } },
  });
  expect(await film({ secrets: { 'no name': 'x' } })).toMatchObject({ status: 400 });
});
