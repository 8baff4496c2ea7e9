import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConditionSchema } from '@showrunner/contracts';
import type { Plan } from '@showrunner/contracts';
import { cataloguePlan } from '../testing/catalogue-plan';
import { everyStepPage, everyStepPlan, kindsOf } from '../testing/every-step';
import { runPlaywright } from '../testing/run-playwright';
import { exportTest } from './export-test';

const TYPES: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };
const catalogue = join(import.meta.dirname, '../../../../examples/catalogue');
const servers: Server[] = [];
/** Both apps have lost what they are for. */
let isBroken = false;

const serve = async (answer: (path: string, response: ServerResponse) => void): Promise<string> => {
  const server = createServer(({ url = '/' }, response) =>
    answer(new URL(url, 'http://x').pathname, response),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
let env: Record<string, string> = {};

beforeAll(async () => {
  const shop = await serve((path, response) => {
    const file = join(catalogue, normalize(path === '/' ? '/index.html' : path));
    readFile(file, 'utf8').then(
      (text) => {
        response.writeHead(200, { 'content-type': TYPES[file.split('.').pop() ?? ''] ?? 'text/plain' });
        response.end(isBroken ? text.replaceAll("'aria-pressed'", "'x'") : text);
      },
      () => response.writeHead(404).end(),
    );
  });
  const steps = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(everyStepPage({ broken: isBroken }));
  });
  env = { SHOP: shop, STEPS: steps };
});
afterAll(() => {
  for (const server of servers) server.close();
});

const sourceOf = (plan: Plan, variable: string): string => {
  const outcomes = plan.features.map(({ id }) => ({ feature: id, verified: true }));
  const { source, notCarriedOver } = exportTest({
    ...{ runId: 'r1', plan, outcomes, actions: [], size: { width: 1280, height: 720 } },
  });
  expect(notCarriedOver).toEqual([]);
  return source.replace("env['BASE_URL']", `env['${variable}']`);
};

describe('runs as Playwright tests', () => {
  const shop = cataloguePlan();
  const steps = everyStepPlan();

  it('pass against the app that was filmed, whatever kinds of actions and success conditions they have', async () => {
    const { actions, conditions } = kindsOf(steps);
    expect([...actions].sort()).toEqual(
      ['back', 'click', 'doubleClick', 'hover', 'press', 'scroll', 'select', 'type', 'upload'].sort(),
    );
    expect(conditions.size).toBe(ConditionSchema.options.length);
    isBroken = false;
    const files = { 'shop.spec.ts': sourceOf(shop, 'SHOP'), 'steps.spec.ts': sourceOf(steps, 'STEPS') };
    const done = await runPlaywright(files, env);
    expect(done).toMatchObject({ code: 0, passed: shop.features.length + steps.features.length });
  }, 180_000);

  it('fail where the app no longer works', async () => {
    isBroken = true;
    const files = { 'shop.spec.ts': sourceOf(shop, 'SHOP'), 'steps.spec.ts': sourceOf(steps, 'STEPS') };
    const done = await runPlaywright(files, env, { expectMs: 500 });
    expect(done).toMatchObject({ code: 1, passed: 0 });
    expect(done.output).toContain('Favourite Arc lamp');
    expect(done.output).toContain('Add a person');
  }, 180_000);
});
