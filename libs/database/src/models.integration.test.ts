import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@showrunner/contracts';
import type { Decision } from '@showrunner/contracts';
import { createDatabase } from './index';
import type { Database } from './index';
import { startTestPostgres } from './testing';
import type { TestPostgres } from './testing';

let postgres: TestPostgres;
let database: Database;

beforeAll(async () => {
  postgres = await startTestPostgres();
  database = createDatabase({ url: postgres.url });
  for (const id of ['acme', 'other']) await database.tenants.ensure(id);
});
afterAll(async () => {
  await database.close();
  await postgres.stop();
});

async function newRun(): Promise<{ runId: string; projectId: string }> {
  const [projectId, runId] = [newId(), newId()];
  const source = { kind: 'git', url: 'https://example.org/app.git' } as const;
  await database.forTenant('acme').projects.create({ id: projectId, name: 'shop', source });
  const size = { width: 1280, height: 720 };
  await database.runs.create({
    id: runId,
    projectId,
    intent: '',
    provider: 'local',
    size,
    keepSandbox: false,
  });
  return { runId, projectId };
}

describe('what models were asked', () => {
  it('counts from before the call, is told by step, run and tenant, and unknown prices stay unknown', async () => {
    const { runId } = await newRun();
    const calls = database.modelCalls;
    const plan = { id: newId(), runId, purpose: 'plan', model: 'openai/a', tokens: 5000, usd: 0.1 } as const;
    await calls.reserve(plan);
    await calls.reserve(plan);
    expect(await calls.spent({ runId })).toEqual({ usd: 0.1, tokens: 5000 });
    await calls.settle(plan.id, { tokensIn: 900, tokensOut: 100, usd: 0.02 });
    const step = { ...plan, id: newId(), purpose: 'step', feature: 'add', step: 1 } as const;
    await calls.reserve(step);
    await calls.settle(step.id, { tokensIn: 50, tokensOut: 5, usd: 0.001 });
    const refused = { ...plan, id: newId() };
    await calls.reserve(refused);
    await calls.release(refused.id);
    // What was settled stays, whoever gives it back.
    await calls.release(step.id);
    const known = await database.runReports.get(runId);
    expect(known.usage.llm).toMatchObject({ calls: 2, tokensIn: 950, tokensOut: 105, callsWithoutPrice: 0 });
    expect(known.usage.llm.costUsd).toBeCloseTo(0.021, 9);
    expect(known.costs.modelUsd).toBeCloseTo(0.021, 9);
    expect(known.usage.llm.by).toEqual([
      {
        purpose: 'plan',
        feature: null,
        step: null,
        model: 'openai/a',
        calls: 1,
        tokensIn: 900,
        tokensOut: 100,
        costUsd: 0.02,
      },
      {
        purpose: 'step',
        feature: 'add',
        step: 1,
        model: 'openai/a',
        calls: 1,
        tokensIn: 50,
        tokensOut: 5,
        costUsd: 0.001,
      },
    ]);

    const local = { ...plan, id: newId(), model: 'openai/local', usd: null };
    await calls.reserve(local);
    await calls.settle(local.id, { tokensIn: 10, tokensOut: 1, usd: null });
    const { usage, costs } = await database.runReports.get(runId);
    expect(usage.llm).toMatchObject({ calls: 3, costUsd: null, callsWithoutPrice: 1 });
    expect(costs.modelUsd).toBeCloseTo(0.021, 9);
    expect(await database.forTenant('acme').modelCalls.ofTenant(new Date(0))).toMatchObject({ calls: 3 });
    expect(await database.forTenant('other').modelCalls.ofTenant(new Date(0))).toMatchObject({
      calls: 0,
      costUsd: 0,
    });
  });
});

describe('decisions that were seen to be right', () => {
  const decision = (name: string): Decision => ({
    ...{ by: 'openai/a', outcome: 'resolved', confidence: 0.9, evidence: '' },
    target: { role: 'button', name, exact: true },
  });
  const at = (second: number): Date => new Date(Date.UTC(2026, 10, 30, 0, 0, second));

  it('a stale one never replaces a good one, and one that failed is not given again', async () => {
    const { projectId } = await newRun();
    const place = { projectId, stepHash: 'h', fingerprint: 'f' };
    const { stepDecisions } = database;
    expect(await stepDecisions.find(place)).toBeUndefined();
    await stepDecisions.keep(place, decision('new'), at(10));
    await stepDecisions.keep(place, decision('old'), at(5));
    expect(await stepDecisions.find(place)).toEqual(decision('new'));
    // The failure of what was replaced is not the failure of what replaced it.
    await stepDecisions.fail(place, at(5));
    expect(await stepDecisions.find(place)).toEqual(decision('new'));
    await stepDecisions.fail(place, at(10));
    expect(await stepDecisions.find(place)).toBeUndefined();
    await stepDecisions.keep(place, decision('old'), at(5));
    expect(await stepDecisions.find(place)).toBeUndefined();
    await stepDecisions.keep(place, decision('newest'), at(20));
    expect(await stepDecisions.find(place)).toEqual(decision('newest'));
    expect(await stepDecisions.find({ ...place, fingerprint: 'g' })).toBeUndefined();
  });

  it('are those of one project and tenant', async () => {
    const [ours, theirs] = [await newRun(), await newRun()];
    const place = { projectId: ours.projectId, stepHash: 'h', fingerprint: 'f' };
    await database.stepDecisions.keep(place, decision('Go'), at(1));
    expect(await database.stepDecisions.find({ ...place, projectId: theirs.projectId })).toBeUndefined();
    expect(await database.forTenant('other').stepDecisions.find(place)).toBeUndefined();
    expect(await database.forTenant('acme').stepDecisions.find(place)).toEqual(decision('Go'));
  });
});
