import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { loadConfig, workerConfigSchema } from '@showrunner/config';
import { newId } from '@showrunner/contracts';
import type { Exploration, Feature, Step } from '@showrunner/contracts';
import { actionRecord, pageElement, pageSnapshot } from '@showrunner/contracts/testing';
import { createDatabase } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import { modelServer } from '@showrunner/llm/testing';
import type { ModelServer } from '@showrunner/llm/testing';
import { modelPorts, openModels } from '.';
import { storedLedger } from './stored-ledger';

let postgres: TestPostgres;
let database: Database;
let server: ModelServer;
let attempt = 1;

beforeAll(async () => {
  postgres = await startTestPostgres();
  database = createDatabase({ url: postgres.url });
  server = await modelServer('openai');
});
beforeEach(() => {
  server.requests.length = 0;
  attempt = 1;
});
afterAll(async () => {
  await database.close();
  await Promise.all([postgres.stop(), server.close()]);
});

const ports = (env: Record<string, string> = {}) =>
  modelPorts(
    openModels(
      loadConfig(workerConfigSchema, {
        ...{ INTERNAL_TOKEN: 'x'.repeat(16), OPENAI_BASE_URL: server.url, OPENAI_MODEL: 'm-1' },
        ...{ LLM_PRICES: 'm-1=1/10', ...env },
      }),
    ),
    database,
    { signal: () => new AbortController().signal, attempt: () => attempt },
  );
async function newRun(project?: string): Promise<{ runId: string; projectId: string }> {
  const projectId = project ?? newId();
  const runId = newId();
  const source = { kind: 'git', url: 'https://example.org/app.git' } as const;
  if (project === undefined) await database.projects.create({ id: projectId, name: 'shop', source });
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
const exploration: Exploration = {
  ...{ appTitle: 'Notes', readme: '', notes: [] },
  pages: [
    {
      path: '/',
      snapshot: pageSnapshot([
        pageElement('heading', 'Notes', { level: 1 }),
        pageElement('form', 'New note'),
        pageElement('textbox', 'Title', { parent: 1, group: 1, required: true }),
        pageElement('button', 'Add note', { parent: 1, group: 1 }),
        pageElement('button', 'Delete everything'),
      ]),
      revealedBy: [],
    },
  ],
};
const planned = (title: string) =>
  JSON.stringify({
    features: [
      { candidate: 'c1', part: null, kind: 'create', title, description: 'It stays.', page: null, steps: [] },
    ],
  });
const step: Step = {
  action: { type: 'click', target: { role: 'button', name: 'Store', exact: true } },
  ...{ caption: 'Store the note', success: { kind: 'themeChanged' }, timeoutMs: 100 },
};
const feature: Feature = {
  id: 'add',
  kind: 'create',
  title: 'Add',
  description: '',
  startPath: '/',
  steps: [step],
};
const page = pageSnapshot([pageElement('button', 'Save'), pageElement('button', 'Delete note')], {
  fingerprint: 'f1',
});
const CHOICE = '{"choice":1,"confidence":0.9,"why":"Same thing."}';

describe('models behind the ports of a run', () => {
  it('plan on top of the rules, and what they cost is the run’s', async () => {
    const { runId } = await newRun();
    server.replies({ text: planned('Write a note'), usage: { in: 1000, out: 100 } });
    const proposal = await ports().plannerFor(runId).propose(exploration, '');
    expect(proposal.planner).toMatch(/^openai\/m-1\+rules-/);
    expect(proposal.candidates[0]?.feature).toMatchObject({ title: 'Write a note', kind: 'create' });
    expect(server.requests[0]?.prompt).not.toContain('button "Delete everything"');
    const { usage, costs } = await database.runReports.get(runId);
    expect(usage.llm).toMatchObject({ calls: 1, tokensIn: 1000, tokensOut: 100, costUsd: 0.002 });
    expect(costs.modelUsd).toBeCloseTo(0.002, 9);
  });

  it('are asked again while they are busy, when their server says; after the last attempt the rules go on, and say so', async () => {
    const { runId } = await newRun();
    server.replies({ status: 429, headers: { 'retry-after': '61' } });
    const { plannerFor } = ports();
    for (attempt = 1; attempt < 3; attempt += 1)
      await expect(plannerFor(runId).propose(exploration, '')).rejects.toMatchObject({
        ...{ code: 'model_rate_limited', retryable: true, retryAfterMs: 61_000 },
      });
    const proposal = await plannerFor(runId).propose(exploration, '');
    expect(proposal.planner).toMatch(/^rules-/);
    expect(proposal.notes).toEqual([
      'openai/m-1 has had too many requests (429). The plan was made by rules.',
    ]);
    expect((await database.runReports.get(runId)).usage.llm.calls).toBe(0);
  });

  it('are not waited for when they ask for more than they are granted', async () => {
    const { runId } = await newRun();
    server.replies({ status: 529, headers: { 'retry-after': '3600' } });
    const proposal = await ports().plannerFor(runId).propose(exploration, '');
    expect(proposal.notes?.[0]).toContain('overloaded');
  });

  it('may spend what the run may, whichever worker asks, and nothing beyond', async () => {
    const { runId } = await newRun();
    const ledger = storedLedger(database, { runId }, { usd: 0.25, tokens: 1e6 });
    const bound = { model: 'openai/m-1', tokens: 10, usd: 0.1 };
    const asked = await Promise.allSettled(
      [1, 2, 3, 4, 5].map(() => ledger.reserve(bound, { purpose: 'plan' })),
    );
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    for (const one of asked)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'model_spend_limit' });
    const proposal = await ports({ LLM_RUN_BUDGET_USD: '0.25', LLM_PRICES: 'm-1=10/100' })
      .plannerFor(runId)
      .propose(exploration, '');
    expect(server.requests).toHaveLength(0);
    expect(proposal.notes?.[0]).toMatch(
      /^The run may spend no more on models: .*The plan was made by rules\.$/,
    );
  });

  it('decide once for a step on a page: the next run of the plan asks nobody, until it fails', async () => {
    const first = await newRun();
    server.replies({ text: CHOICE });
    const { decider } = ports();
    const ask = (runId: string) => decider.of({ runId, feature, stepIndex: 0 }).resolve(page, step);
    const decision = await ask(first.runId);
    expect(decision).toMatchObject({ by: 'openai/m-1', target: { name: 'Save' }, fingerprint: 'f1' });
    expect((await database.runReports.get(first.runId)).usage.llm.by).toMatchObject([
      { purpose: 'step', feature: 'add', step: 0, calls: 1 },
    ]);
    // Not before it was seen to be right.
    await decider.performed({ runId: first.runId, step }, decision, actionRecord({ verified: false }));
    await ask(first.runId);
    expect(server.requests).toHaveLength(2);
    await decider.performed({ runId: first.runId, step }, decision, actionRecord({ verified: true }));

    const second = await newRun(first.projectId);
    const kept = await ask(second.runId);
    expect(kept).toMatchObject({ target: { name: 'Save' }, cached: true });
    expect(server.requests).toHaveLength(2);
    expect((await database.runReports.get(second.runId)).usage.llm.calls).toBe(0);
    const elsewhere = await newRun();
    await ask(elsewhere.runId);
    expect(server.requests).toHaveLength(3);

    await decider.performed({ runId: second.runId, step }, kept, actionRecord({ verified: false }));
    await ask(second.runId);
    expect(server.requests).toHaveLength(4);
  });

  it('are rules where no model is set up', async () => {
    const none = modelPorts(undefined, database);
    expect(none.plannerFor('r').name).toMatch(/^rules-/);
    const decided = await none.decider.of({ runId: 'r', feature, stepIndex: 0 }).resolve(page, step);
    expect(decided).toMatchObject({ outcome: 'missing' });
  });
});
