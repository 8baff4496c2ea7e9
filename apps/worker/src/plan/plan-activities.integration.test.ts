import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { openBrowserSession, pipeTo } from '@showrunner/browser';
import type { BrowserSession } from '@showrunner/browser';
import { AppError, newId, ProposalSchema, storageKeys } from '@showrunner/contracts';
import type { Exploration, PlanActivities, PlanRef, RunningApp, SandboxStatus } from '@showrunner/contracts';
import { createDatabase, hashOf } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { rulePlanner } from '@showrunner/planner';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import { createObjectStore } from '@showrunner/storage';
import type { ObjectStore } from '@showrunner/storage';
import { createLogger } from '@showrunner/telemetry';
import { PrewarmedSessions } from '../agent';
import { createPlanActivities } from './plan-activities';

const EXAMPLES = join(process.cwd(), 'examples');
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const APP: RunningApp = {
  port: 80,
  upstreamHost: 'localhost',
  path: '/',
  previewUrl: 'http://s1.preview.localhost:4401',
  readyMs: 1,
};
const size = { width: 1280, height: 720 };

let postgres: TestPostgres;
let database: Database;
let store: ObjectStore;
let folder: string;
let server: Server | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'showrunner-plan-'));
  postgres = await startTestPostgres();
  database = createDatabase({ url: postgres.url });
  store = createObjectStore({ SHOWRUNNER_HOME: folder, S3_BUCKET: 'unused', S3_REGION: 'unused' });
});
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});
afterAll(async () => {
  await database.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

const serveFolder =
  (root: string): RequestListener =>
  (request, response) => {
    const path = (request.url ?? '/').replace(/\?.*/, '');
    readFile(join(root, path === '/' ? 'index.html' : path)).then(
      (body) =>
        response.writeHead(200, { 'content-type': TYPES[extname(path) || '.html'] ?? 'text/html' }).end(body),
      () => response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not found</h1>'),
    );
  };

let status: SandboxStatus = 'running';

interface Opened {
  sessions: BrowserSession[];
  ahead: PrewarmedSessions;
}

async function activitiesFor(
  listener: RequestListener,
  firstRenderMs = 5000,
  opened?: Opened,
): Promise<PlanActivities> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return createPlanActivities({
    provider: {
      // Only the README is read from a sandbox here.
      get: () =>
        Promise.resolve({
          readFile: () => Promise.reject(new AppError('file_not_found', 'none')),
          info: () => Promise.resolve({ status }),
        } as never),
    },
    planner: rulePlanner,
    database,
    store,
    ahead: opened?.ahead,
    openSession: async ({ sessionId }) => {
      const session = await openBrowserSession({
        sessionId,
        size,
        chromiumPath: '/usr/bin/chromium',
        bwrapPath: '/usr/bin/bwrap',
        workDir: folder,
        previewUrl: APP.previewUrl,
        serve: pipeTo(async () => connect(port, '127.0.0.1')),
      });
      opened?.sessions.push(session);
      return session;
    },
    logger: createLogger({ service: 'test', level: 'silent' }),
    heartbeat: () => undefined,
    signal: () => new AbortController().signal,
    exploreLimits: { firstRenderMs },
  });
}

async function newRun(): Promise<{ runId: string; projectId: string }> {
  const projectId = newId();
  const runId = newId();
  await database.projects.create({
    id: projectId,
    name: 'app',
    source: { kind: 'git', url: 'https://example.org/a.git' },
  });
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

async function plan(
  activities: PlanActivities,
  intent = '',
): Promise<{ runId: string; projectId: string; ref: PlanRef }> {
  const run = await newRun();
  const base = { sandboxId: 'sbx-1', provider: 'local' as const, runId: run.runId, app: APP, size };
  const { explorationKey } = await activities.exploreApp({ ...base, intent });
  const { proposalKey } = await activities.proposePlan({ runId: run.runId, intent, explorationKey });
  const input = { ...base, projectId: run.projectId, explorationKey, proposalKey, film: 1 };
  return { ...run, ref: await activities.makePlan(input) };
}

describe('planning the catalogue', () => {
  it('explores, rehearses and stores a plan of which every feature was seen to work', async () => {
    const activities = await activitiesFor(serveFolder(join(EXAMPLES, 'catalogue')));
    const { runId, projectId, ref } = await plan(activities);
    expect(ref.features.map((one) => one.kind)).toEqual(
      expect.arrayContaining(['search', 'filter', 'open', 'toggle']),
    );
    expect(ref.features.length).toBeGreaterThanOrEqual(4);

    const exploration = JSON.parse(
      (await store.read(storageKeys.exploration(runId))).toString(),
    ) as Exploration;
    expect(exploration.pages.length).toBeGreaterThanOrEqual(2);
    const stored = await database.plans.get(ref.planId);
    expect(stored.hash).toBe(hashOf(stored.body));
    expect(JSON.parse((await store.read(storageKeys.plan(runId))).toString())).toMatchObject({
      hash: ref.hash,
    });
    expect(
      await activities.loadPlan({ planId: ref.planId, runId, sandboxId: 's1', provider: 'local' }),
    ).toEqual(ref);
    expect((await database.outbox.readAfter(0n, { runId }, 10)).map((event) => event.type)).toEqual([
      'PLAN_CREATED',
    ]);

    // A second attempt answers the stored plan, whatever is proposed now.
    const explorationKey = storageKeys.exploration(runId);
    const { proposalKey } = await activities.proposePlan({ runId, intent: 'only dark mode', explorationKey });
    const proposed = ProposalSchema.parse(JSON.parse((await store.read(proposalKey)).toString()));
    expect(proposed.candidates.map((one) => one.feature.kind)).toEqual(['toggle']);
    const again = await activities.makePlan({
      sandboxId: 'sbx-1',
      provider: 'local',
      runId,
      projectId,
      film: 1,
      app: APP,
      size,
      explorationKey,
      proposalKey,
    });
    expect(again).toEqual(ref);
  });

  it('rehearses in the browser that has looked around, which then knows nothing any more, and closes it', async () => {
    const opened: Opened = { sessions: [], ahead: new PrewarmedSessions() };
    const cookies: string[] = [];
    const catalogue = serveFolder(join(EXAMPLES, 'catalogue'));
    const activities = await activitiesFor(
      (request, response) => {
        if ((request.url ?? '') === '/') cookies.push(request.headers.cookie ?? '');
        response.setHeader('set-cookie', `visit=${cookies.length}; HttpOnly`);
        catalogue(request, response);
      },
      5000,
      opened,
    );
    const { ref } = await plan(activities, 'search, then dark mode');
    expect(ref.features.map((one) => one.kind)).toEqual(['search', 'toggle']);
    expect(opened.sessions).toHaveLength(1);
    expect(opened.sessions[0]?.isLost).toBe(true);
    // Two stages, two first visits.
    expect(cookies.filter((cookie) => cookie === '')).toHaveLength(2);
  });

  it('makes the same plan again', async () => {
    const activities = await activitiesFor(serveFolder(join(EXAMPLES, 'catalogue')));
    const first = await plan(activities, 'search, then dark mode');
    const second = await plan(activities, 'search, then dark mode');
    expect(first.ref.features.map((one) => one.kind)).toEqual(['search', 'toggle']);
    expect(second.ref.hash).toBe(first.ref.hash);
  });
});

describe('apps that are broken', () => {
  it('proves nothing of a button that does nothing', async () => {
    const activities = await activitiesFor(serveFolder(join(EXAMPLES, 'broken', 'dead-button')));
    // Nothing could be rehearsed: what is left is filmed as it was thought out, and fails there with its reason.
    const { ref } = await plan(activities);
    expect(ref.features.map((one) => one.title)).toEqual(['Add an item']);
    expect(ref.features[0]?.steps.at(-1)?.success.kind).toBe('textVisible');
  });

  const redirect: RequestListener = (_request, response) =>
    void response.writeHead(302, { location: '/' }).end();
  const failing: RequestListener = (_request, response) =>
    void response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>Internal Server Error</h1>');
  const blank: RequestListener = (_request, response) =>
    void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><div id="root"></div>');
  it.each([
    ['redirect_loop', redirect],
    ['app_error_page', failing],
    ['blank_page', blank],
  ])('fails with %s', async (code, listener) => {
    const activities = await activitiesFor(listener, 2500);
    await expect(plan(activities)).rejects.toMatchObject({ code, remedy: expect.any(String) });
  });

  it('does not blame the app when its sandbox died while it was looked at', async () => {
    const { exploreApp } = await activitiesFor((_request, response) => void response.destroy(), 300);
    const { runId } = await newRun();
    const input = { sandboxId: 's', provider: 'local' as const, runId, app: APP, intent: '', size };
    status = 'failed';
    try {
      await expect(exploreApp(input)).rejects.toMatchObject({ code: 'sandbox_lost' });
    } finally {
      status = 'running';
    }
  });

  it('knows no plan that was never made', async () => {
    const activities = await activitiesFor(blank);
    await expect(
      activities.loadPlan({ planId: 'plan-none', runId: 'none', sandboxId: 's1', provider: 'local' }),
    ).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
