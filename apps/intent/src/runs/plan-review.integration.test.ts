import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { RunningService } from '@showrunner/service';
import { call as send } from '@showrunner/service/testing';
import { startIntent } from '../start';
import { startIntentTestPlatform, until } from '../testing/test-platform';
import type { IntentTestPlatform } from '../testing/test-platform';

let platform: IntentTestPlatform;
let service: RunningService;
beforeAll(async () => {
  platform = await startIntentTestPlatform();
  service = await startIntent(platform.config);
  const source = { kind: 'git' as const, url: 'https://example.test/p1' };
  await platform.database.projects.create({ id: 'p1', name: 'kanban', source });
}, 90_000);
afterAll(async () => {
  await service?.close();
  await platform?.stop();
});

const call = (path: string, json?: object) => send(`${service.url}/api/runs${path}`, { json });
const refused = (status: number, code: string) => ({
  status,
  json: expect.objectContaining({ status, code }),
});

it('waits with its plan only where that was asked for, and takes no word while nothing waits', async () => {
  const { runs } = platform.database;
  const film = (json: object) => call('', { projectId: 'p1', ...json });
  const steps = [{ action: { type: 'back' }, caption: 'Go', success: { kind: 'textVisible', text: 'x' } }];
  const plan = { title: 'By hand', features: [{ id: 'send', title: 'Send it', steps }] };
  expect(await film({ review: true, plan })).toMatchObject(refused(422, 'review_of_fixed_plan'));
  expect(await film({ review: true, reviewMinutes: 61 })).toMatchObject({ status: 400 });
  const id = String((await film({ review: true, reviewMinutes: 5 })).json['id']);
  expect((await call(`/${id}`)).json['review']).toEqual({
    ...{ state: 'asked', minutes: 5, deadline: null, features: [] },
  });
  const ask = (json: object) => call(`/${id}/review`, json);
  expect(await ask({})).toMatchObject(refused(409, 'review_not_open'));
  const features = [{ id: 'a', kind: 'use' as const, title: 'Show a', description: '' }];
  await runs.setReview(id, { state: 'open', minutes: 5, deadline: new Date().toISOString(), features });
  expect(await ask({ features: ['b'] })).toMatchObject(refused(422, 'review_feature_unknown'));
  for (const wrong of [{ features: [] }, { features: ['a', 'a'] }, { other: 1 }])
    expect([wrong, (await ask(wrong)).status]).toEqual([wrong, 400]);
  await send(`${service.url}/api/runs/${id}/kill`, { method: 'POST' });
  await until(
    async () => (await runs.get(id)).state,
    (state) => state === 'killed',
  );
  expect(await ask({ features: ['a'] })).toMatchObject(refused(409, 'review_not_open'));
  expect((await call('/nobody/review', {})).status).toBe(404);
});
