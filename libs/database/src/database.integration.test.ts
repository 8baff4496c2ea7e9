import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { clipIdOf, newId, sandboxIdOf } from '@showrunner/contracts';
import type { Plan, RunState, Take } from '@showrunner/contracts';
import { actionRecord } from '@showrunner/contracts/testing';
import { connect } from './connection/client';
import { Prisma } from './generated/client';
import { createDatabase, hashOf } from './index';
import type { Database } from './index';
import { startTestPostgres } from './testing';
import type { TestPostgres } from './testing';

let postgres: TestPostgres;
let database: Database;

beforeAll(async () => {
  postgres = await startTestPostgres();
  database = createDatabase({ url: postgres.url });
});
afterAll(async () => {
  await database.close();
  await postgres.stop();
});

const source = { kind: 'git', url: 'https://example.org/app.git' } as const;
const plan: Plan = {
  schemaVersion: 1,
  videoType: 'demo',
  title: 'Board',
  intent: '',
  planner: 'rules',
  rejected: [],
  features: [
    {
      id: 'add-a-card',
      kind: 'create',
      title: 'Add a card',
      description: '',
      startPath: '/',
      steps: [
        {
          action: { type: 'click', target: { role: 'button', name: 'Add', exact: true } },
          caption: 'Press "Add"',
          success: { kind: 'textVisible', text: 'Ünïcode "quotes" \u2028' },
          timeoutMs: 8000,
        },
      ],
    },
  ],
};

async function newRun(): Promise<{ projectId: string; runId: string }> {
  const projectId = newId();
  const runId = newId();
  await database.projects.create({ id: projectId, name: 'board', source });
  await database.runs.create({
    id: runId,
    projectId,
    intent: 'show it',
    provider: 'local',
    size: { width: 1280, height: 720 },
    keepSandbox: false,
  });
  return { projectId, runId };
}

describe('the migrations', () => {
  it('make every column that the schema names', async () => {
    const { prisma } = connect({ url: postgres.url, poolSize: 1 });
    const models = Object.keys(Prisma.ModelName).map((name) => `${name[0]?.toLowerCase()}${name.slice(1)}`);
    expect(models.length).toBeGreaterThan(15);
    for (const model of models) {
      const table = (prisma as unknown as Record<string, { findFirst(): Promise<unknown> }>)[model];
      await expect(table?.findFirst()).resolves.not.toThrow();
    }
    await prisma.$disconnect();
  });
});

describe('a statement that waits too long', () => {
  it('is ended, also where another holds the row, and counts as a database that does not answer', async () => {
    const { projectId } = await newRun();
    const holder = new pg.Client({ connectionString: postgres.url });
    await holder.connect();
    const impatient = createDatabase({ url: postgres.url, statementTimeoutMs: 200, retryBudgetMs: 0 });
    try {
      await holder.query('BEGIN');
      await holder.query('SELECT 1 FROM projects WHERE id = $1 FOR UPDATE', [projectId]);
      await expect(impatient.projects.markDeleted(projectId)).rejects.toMatchObject({
        code: 'database_unavailable',
        retryable: true,
      });
    } finally {
      await holder.end();
      await impatient.close();
    }
  });

  it('is given up when PostgreSQL itself says nothing any more', async () => {
    // A server that takes the connection and is silent from then on.
    const silent = createServer((socket) => void socket.on('error', () => undefined));
    await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
    const { port } = silent.address() as AddressInfo;
    const impatient = createDatabase({ url: `postgresql://a:b@127.0.0.1:${port}/c`, retryBudgetMs: 0 });
    await expect(impatient.ready()).rejects.toMatchObject({ code: 'database_unavailable' });
    await impatient.close();
    silent.close();
  }, 15_000);
});

describe('projects', () => {
  it('answers the stored project when an id comes twice, also at the same moment', async () => {
    const id = newId();
    const stored = await Promise.all(
      ['first', 'second', 'third', 'fourth'].map((name) => database.projects.create({ id, name, source })),
    );
    expect(new Set(stored.map(({ name }) => name)).size).toBe(1);
    expect(stored[0]?.source).toEqual(source);
  });

  it('pages newest first without repeating or leaving out, and refuses a foreign cursor', async () => {
    const ids = new Set<string>();
    for (let index = 0; index < 5; index++) {
      const id = newId();
      ids.add(id);
      await database.projects.create({ id, name: `${index}`, source });
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await database.projects.list({ limit: 2, cursor });
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(seen.length);
    for (const id of ids) expect(seen).toContain(id);
    await expect(database.projects.list({ limit: 2, cursor: 'nonsense' })).rejects.toMatchObject({
      code: 'bad_cursor',
      status: 400,
    });
  });

  it('no longer finds a deleted project', async () => {
    const { projectId } = await newRun();
    expect(await database.projects.markDeleted(projectId)).toBe(true);
    expect(await database.projects.markDeleted(projectId)).toBe(false);
    await expect(database.projects.get(projectId)).rejects.toMatchObject({ code: 'not_found', status: 404 });
  });
});

describe('plans', () => {
  it('keeps the first plan of a run and checks its hash', async () => {
    const { projectId, runId } = await newRun();
    const first = await database.plans.store({ id: newId(), projectId, runId, body: plan });
    const again = await database.plans.store({
      id: newId(),
      projectId,
      runId,
      body: { ...plan, title: 'Other' },
    });
    expect(again).toEqual(first);
    expect(first.hash).toBe(hashOf(plan));
    expect((await database.plans.get(first.id)).body).toEqual(plan);
    expect((await database.plans.findByRun(runId))?.id).toBe(first.id);
  });

  it.each([
    `UPDATE plans SET body = '{}'`,
    `UPDATE plans SET hash = 'x'`,
    `DELETE FROM plans`,
    `TRUNCATE plans`,
  ])('refuses %s', async (statement) => {
    const { projectId, runId } = await newRun();
    await database.plans.store({ id: newId(), projectId, runId, body: plan });
    const client = new pg.Client(postgres.url);
    await client.connect();
    await expect(client.query(statement)).rejects.toThrow(/Plans are immutable/);
    await client.end();
  });
});

describe('runs', () => {
  it('moves forward only, and never from an end', async () => {
    const { runId } = await newRun();
    const set = (state: RunState, message = state as string) =>
      database.runs.setState({ id: runId, state, message });
    expect(await set('building')).toBe('state');
    expect(await set('building')).toBe('nothing');
    expect(await set('building', 'Installing')).toBe('message');
    expect(await set('filming')).toBe('state');
    expect(await set('planning')).toBe('nothing');
    expect(await set('cancelled')).toBe('state');
    expect(await set('done')).toBe('nothing');
    expect(await set('exporting')).toBe('nothing');
    const run = await database.runs.get(runId);
    expect(run).toMatchObject({ state: 'cancelled', message: 'cancelled' });
    expect(run.finishedAt).not.toBeNull();
    const client = new pg.Client(postgres.url);
    await client.connect();
    await expect(client.query(`UPDATE runs SET state = 'done' WHERE id = '${runId}'`)).rejects.toThrow(
      /cancelled and stays so/,
    );
    await client.end();
  });

  it('adds each note once', async () => {
    const { runId } = await newRun();
    await database.runs.addNotes(runId, ['a', 'b']);
    await database.runs.addNotes(runId, ['b', 'c', 'c']);
    expect((await database.runs.get(runId)).notes).toEqual(['a', 'b', 'c']);
  });

  it('reports frames, stages, film and limits in force', async () => {
    const { projectId, runId } = await newRun();
    const limit = { requested: 1, enforced: 1, by: 'cgroup' };
    const limits = { cpus: limit, memoryBytes: limit, diskBytes: limit, maxProcesses: limit };
    await database.sandboxes.createPending({
      id: sandboxIdOf(runId),
      buildId: runId,
      projectId,
      provider: 'local',
    });
    await database.sandboxes.markRunning(sandboxIdOf(runId), limits);
    await database.runs.setBuild(runId, runId, sandboxIdOf(runId));
    const stage = { stage: 'install', film: 1, startedAt: new Date().toISOString(), durationMs: 12.5 };
    expect(await database.runs.addStage(runId, stage)).toBe(true);
    expect(await database.runs.addStage(runId, stage)).toBe(false);
    const take: Take = {
      takeId: newId(),
      sessionId: newId(),
      storageKey: 'runs/x/takes/y.mkv',
      startedAtMs: Date.now(),
      durationMs: 1000,
      width: 1280,
      height: 720,
      framesPresented: 10,
      framesCaptured: 9,
      framesLost: 1,
      largestGapMs: 40,
      gaps: [],
    };
    await database.takes.save(runId, take);
    await database.takes.save(runId, { ...take, takeId: newId(), largestGapMs: 70 });
    const film = {
      id: runId,
      runId,
      state: 'done' as const,
      storageKey: 'exports/x/video.mp4',
      bytes: 3_000_000_000,
    };
    expect(await database.exports.save({ ...film, durationMs: 900, width: 1280, height: 720 })).toBe(true);
    expect(await database.exports.save({ id: runId, runId, state: 'rendering' })).toBe(false);
    const report = await database.runReports.get(runId);
    expect(report).toMatchObject({
      id: runId,
      limits,
      stages: [stage],
      frames: { presented: 20, captured: 18, lost: 2, largestGapMs: 70 },
      video: { bytes: 3_000_000_000, durationMs: 900 },
      failure: null,
    });
  });
});

describe('what a film leaves', () => {
  it('keeps the first record of an action, milestones once and clips in order', async () => {
    const { runId } = await newRun();
    const decision = {
      ...{ by: 'rules-1', outcome: 'resolved' as const, confidence: 1, evidence: 'There is one.' },
      target: { role: 'button', name: 'Add', exact: true },
    };
    const record = actionRecord({ feature: 'add-a-card', decision });
    const action = { runId, film: 1, sessionId: newId(), takeId: newId(), record };
    expect(await database.actions.append(action)).toBe(true);
    expect(await database.actions.append({ ...action, record: { ...record, endMs: 9 } })).toBe(false);
    expect(await database.actions.list(runId)).toEqual([
      { film: 1, sessionId: action.sessionId, takeId: action.takeId, record },
    ]);
    const milestone = { feature: 'add-a-card', kind: 'started' as const, atMs: 1763719000123.5 };
    expect(await database.milestones.append(runId, milestone)).toBe(true);
    expect(await database.milestones.append(runId, milestone)).toBe(false);
    expect(await database.milestones.list(runId)).toEqual([milestone]);
    const clips = [
      {
        clipId: clipIdOf(runId, 1),
        number: 1,
        feature: 'two',
        takeId: action.takeId,
        startMs: 2000,
        endMs: 3500,
      },
      {
        clipId: clipIdOf(runId, 2),
        number: 2,
        feature: 'one',
        takeId: action.takeId,
        startMs: 0,
        endMs: 2000,
      },
    ];
    expect(await database.clips.replaceForRun(runId, clips)).toBe(true);
    expect(await database.clips.replaceForRun(runId, clips)).toBe(false);
    expect((await database.clips.list(runId)).map(({ feature }) => feature)).toEqual(['two', 'one']);
  });

  it('tells the actions of all films of a run in the order in which they were done, numbered without a gap', async () => {
    const { runId } = await newRun();
    const done = [
      { film: 2, seq: 0 },
      { film: 1, seq: 3 },
      { film: 1, seq: 0 },
      { film: 2, seq: 5 },
    ];
    for (const { film, seq } of done) {
      const record = actionRecord({ seq, caption: `${film}.${seq}` });
      await database.actions.append({ runId, film, sessionId: `s${film}`, takeId: `t${film}`, record });
    }
    const told = await database.actions.list(runId);
    expect(told.map(({ film, record }) => [film, record.seq, record.caption])).toEqual([
      [1, 0, '1.0'],
      [1, 1, '1.3'],
      [2, 2, '2.0'],
      [2, 3, '2.5'],
    ]);
  });

  it('revokes the preview with its sandbox, and ends its build', async () => {
    const { projectId } = await newRun();
    const buildId = newId();
    const id = sandboxIdOf(buildId);
    await database.builds.create({ id: buildId, projectId });
    await database.sandboxes.createPending({ id, buildId, projectId, provider: 'local' });
    await database.builds.setSandbox(buildId, id);
    await database.builds.setState({ id: buildId, state: 'running', message: 'http://x' });
    const preview = {
      sandboxId: id,
      projectId,
      url: 'http://x',
      port: 3000,
      upstreamHost: 'localhost:3000',
      path: '/',
    };
    await database.previews.register(preview);
    expect(await database.previews.register({ ...preview, port: 3001 })).toMatchObject({ port: 3001 });
    expect(await database.previews.findOfProject(projectId)).toMatchObject({ sandboxId: id });
    expect((await database.sandboxes.listUndestroyed()).map((sandbox) => sandbox.id)).toContain(id);
    expect(await database.sandboxes.markDestroyed(id)).toBe(true);
    expect(await database.sandboxes.markDestroyed(id)).toBe(false);
    expect(await database.previews.find(id)).toBeNull();
    expect(await database.previews.findOfProject(projectId)).toBeNull();
    const build = { state: 'ended', message: 'Its sandbox is gone.' };
    expect(await database.builds.get(buildId)).toMatchObject(build);
    await database.builds.setState({ id: buildId, state: 'running', message: 'late' });
    expect(await database.builds.get(buildId)).toMatchObject(build);
    expect((await database.sandboxes.listUndestroyed()).map((sandbox) => sandbox.id)).not.toContain(id);
  });
});

describe('keys', () => {
  it('verifies an API key until it is revoked, and stores no key', async () => {
    const key = `sk_${newId()}${newId()}`;
    const record = await database.apiKeys.ensure(key, { name: 'first' });
    expect((await database.apiKeys.ensure(key, { name: 'again' })).id).toBe(record.id);
    expect((await database.apiKeys.verify(key))?.id).toBe(record.id);
    expect(await database.apiKeys.verify(`${key}x`)).toBeNull();
    expect(JSON.stringify(await database.apiKeys.list())).not.toContain(key);
    expect(await database.apiKeys.revoke(record.id)).toBe(true);
    expect(await database.apiKeys.verify(key)).toBeNull();
  });

  it('answers a repeated request like the first, and refuses another body', async () => {
    const key = { scope: 'k POST /api/runs', key: newId() };
    const begun = await Promise.all(
      [1, 2, 3].map(() => database.idempotencyKeys.begin({ ...key, requestHash: 'h' })),
    );
    expect(begun.map(({ kind }) => kind).sort()).toEqual(['new', 'pending', 'pending']);
    await database.idempotencyKeys.complete({ ...key, status: 202, response: { id: 'x' } });
    expect(await database.idempotencyKeys.begin({ ...key, requestHash: 'h' })).toEqual({
      kind: 'done',
      status: 202,
      response: { id: 'x' },
    });
    expect(await database.idempotencyKeys.begin({ ...key, requestHash: 'other' })).toEqual({
      kind: 'mismatch',
    });
  });
});
