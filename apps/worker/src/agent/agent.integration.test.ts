import { afterEach, beforeAll, afterAll, describe, expect, it } from '@jest/globals';
import { mkdtemp } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ruleDecider } from '@showrunner/browser';
import type { Decider, Feature, RunningApp, SandboxStatus, SessionRef, Step } from '@showrunner/contracts';
import type { Sandbox, SandboxProvider } from '@showrunner/sandbox';
import { createAgentActivities } from './agent-activities';
import { alwaysBy, createSessionActivities } from './session-activities';
import { SessionRegistry } from './session-registry';

const PAGE = `<!doctype html><title>App</title><h1 id="h">Hello</h1><button onclick="h.textContent='Done'">Go</button>`;
const feature: Feature = {
  id: 'go',
  kind: 'open',
  title: 'Go',
  description: '',
  startPath: '/',
  steps: [
    {
      action: { type: 'click', target: { role: 'button', name: 'Go', exact: true } },
      caption: 'Go',
      success: { kind: 'textVisible', text: 'Done' },
      timeoutMs: 3000,
    },
  ],
};

const pictures: (Uint8Array | undefined)[] = [];

/** Knows one thing that the rules do not know, and believes one thing that is not so. */
const knowsLaunch: Decider = {
  name: 'test-1',
  async resolve(page, step, look) {
    const { action } = step;
    if (step.caption === 'Look') pictures.push(await look?.picture());
    const asked = 'target' in action ? action.target?.name : undefined;
    const name = asked === 'Launch' ? 'Go' : asked === 'Land' ? 'Stop' : undefined;
    if (name === undefined) return ruleDecider.resolve(page, step);
    const target = { role: 'button', name, exact: true };
    return { by: 'test-1', outcome: 'resolved', target, confidence: 0.9, evidence: 'Another word for it.' };
  },
};

let server: Server;
let hosts: (string | undefined)[];
let app: RunningApp;
let status: SandboxStatus;
let registry: SessionRegistry;
const registered: string[] = [];
let settings: { chromiumPath: string; bwrapPath: string; workDir: string };

/** A provider that knows one sandbox, whose app listens on this machine. */
const provider = (): SandboxProvider => {
  const sandbox = {
    id: 's1',
    info: async () => ({ status }),
    listeningPorts: async () => [],
    route: async (port: number) => ({
      kind: 'stream',
      connect: async () => connect(port, '127.0.0.1'),
    }),
  } as unknown as Sandbox;
  return {
    name: 'local',
    get: async (id: string) => (id === 's1' ? sandbox : undefined),
  } as unknown as SandboxProvider;
};
/** No run of these tests has files of CDNs. */
const noSecrets = {
  openSecrets: async () => ({}),
  addSecrets: async () => undefined,
  openEnvironment: async () => ({}),
};
const noAssets = { head: async () => null, read: () => Promise.reject(new Error('none')) };
const activities = (): ReturnType<typeof createAgentActivities> &
  ReturnType<typeof createSessionActivities> => ({
  ...createAgentActivities({
    ...{
      provider: provider(),
      store: noAssets,
      secrets: noSecrets,
      sessions: registry,
      settings,
      taskQueue: 'session-test',
    },
    register: async ({ sessionId }) => void registered.push(sessionId),
  }),
  ...createSessionActivities({
    store: { put: () => Promise.reject(new Error('nothing is driven by hand here')) },
    provider: provider(),
    sessions: registry,
    secrets: noSecrets,
    decider: alwaysBy(knowsLaunch),
    signal: () => new AbortController().signal,
    recordingTimeoutMs: 300,
  }),
});
const open = (): Promise<SessionRef> =>
  activities().openSession({
    sandboxId: 's1',
    provider: 'local',
    runId: 'run1',
    session: { film: 1, number: 1, opening: 1 },
    app,
    size: { width: 800, height: 600 },
  });

describe('agent and session activities', () => {
  beforeAll(async () => {
    server = createServer((request, response) => {
      hosts.push(request.headers.host);
      response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    app = {
      port,
      upstreamHost: `localhost:${port}`,
      path: '/',
      // Public address; the session's browser sees the app under a name of its own, without TLS.
      previewUrl: 'https://s1.apps.example.com',
      readyMs: 1,
    };
    settings = {
      chromiumPath: '/usr/bin/chromium',
      bwrapPath: '/usr/bin/bwrap',
      workDir: await mkdtemp(join(tmpdir(), 'showrunner-test-')),
    };
    hosts = [];
    status = 'running';
    registry = new SessionRegistry();
  });
  afterEach(() => Promise.all(registry.ids.map((id) => registry.close(id))));
  afterAll(async () => {
    await registry.closeAll();
    server.closeAllConnections();
    server.close();
  });

  it('films a feature through the preview proxy, and adopts an open session', async () => {
    const all = activities();
    const [ref, same] = await Promise.all([open(), open()]);
    expect(same).toEqual(ref);
    expect(ref).toMatchObject({ sessionId: 'run1-f1-s1', taskQueue: 'session-test' });
    expect(Object.keys(ref).sort()).toEqual(['browserSession', 'sessionId', 'taskQueue']);
    expect(registered).toContain('run1-f1-s1');
    expect(ref.browserSession).toMatch(/^mcp-\d+$/);
    const { sessionId } = ref;
    expect(await all.awaitRecording({ sessionId })).toEqual({ firstFrameSeen: false });
    expect(
      await all.beginFeature({ sessionId, runId: 'run1', feature, seq: 0, attempt: 1, pace: 'none' }),
    ).toMatchObject({
      result: 'succeeded',
    });
    const step = feature.steps[0];
    if (step === undefined) throw new TypeError('the feature has a step');
    const record = await all.performStep({
      sessionId,
      runId: 'run1',
      feature,
      stepIndex: 0,
      step,
      seq: 1,
      attempt: 1,
      pace: 'none',
      fast: true,
    });
    expect(record).toMatchObject({ feature: 'go', seq: 1, result: 'succeeded', verified: true });
    expect(hosts[0]).toBe(app.upstreamHost);
    await all.closeSession({ sessionId });
    await all.closeSession({ sessionId });
    await expect(
      all.beginFeature({ sessionId, runId: 'run1', feature, seq: 2, attempt: 1, pace: 'none' }),
    ).rejects.toMatchObject({ code: 'session_lost' });
  });

  it('opens a new browser where the old one died', async () => {
    const ref = await open();
    await registry.use(ref.sessionId, async (session) => {
      process.kill(session.pids.chromium, 'SIGKILL');
      await session.ended;
    });
    await expect(
      activities().beginFeature({
        sessionId: ref.sessionId,
        runId: 'run1',
        feature,
        seq: 0,
        attempt: 1,
        pace: 'none',
      }),
    ).rejects.toMatchObject({ code: 'session_lost' });
    const again = await open();
    expect(again.browserSession).not.toBe(ref.browserSession);
    expect(
      await activities().beginFeature({
        sessionId: again.sessionId,
        runId: 'run1',
        feature,
        seq: 0,
        attempt: 1,
        pace: 'none',
      }),
    ).toMatchObject({ result: 'succeeded' });
  });

  it('closes a session that nobody uses any more', async () => {
    const notes: string[] = [];
    const short = new SessionRegistry({ idleMs: 900, onNote: (_id, note) => notes.push(note) });
    const all = createAgentActivities({
      ...{
        provider: provider(),
        store: noAssets,
        secrets: noSecrets,
        sessions: short,
        settings,
        taskQueue: 'q',
      },
      register: async () => undefined,
    });
    const ref = await all.openSession({
      sandboxId: 's1',
      provider: 'local',
      runId: 'run2',
      session: { film: 1, number: 1, opening: 1 },
      app,
      size: { width: 800, height: 600 },
    });
    let ended: Promise<void> | undefined;
    await short.use(ref.sessionId, async (session) => void (ended = session.ended));
    await ended;
    expect(short.ids).toEqual([]);
    expect(notes.join()).toContain('idle');
    await short.closeAll();
  });

  it('decides apart from the step what the rules do not find, and the step then acts on that', async () => {
    const { sessionId } = await open();
    const all = activities();
    const asking = (name: string) => {
      const step: Step = {
        action: { type: 'click', target: { role: 'button', name, exact: true } },
        caption: name,
        success: { kind: 'textVisible', text: 'Done' },
        timeoutMs: 300,
      };
      return { sessionId, runId: 'run1', feature, stepIndex: 0, step };
    };
    const how = { pace: 'none' as const, fast: false };
    await all.beginFeature({ sessionId, runId: 'run1', feature, seq: 0, attempt: 1, pace: 'none' });
    const unknown = await all.performStep({ ...asking('Launch'), ...how, seq: 1, attempt: 1 });
    expect(unknown).toMatchObject({ tool: 'none', decision: { by: 'rules-1', outcome: 'missing' } });
    // What is not on the page is not acted on, whoever says so.
    expect(await all.decide(asking('Land'))).toMatchObject({
      by: 'test-1',
      outcome: 'missing',
      target: null,
    });
    // Asked twice: nothing has happened to the page meanwhile.
    const decision = await all.decide(asking('Launch'));
    expect(await all.decide(asking('Launch'))).toEqual(decision);
    expect(decision).toMatchObject({ by: 'test-1', outcome: 'resolved', target: { name: 'Go' } });
    const done = await all.performStep({ ...asking('Launch'), ...how, seq: 2, attempt: 2, decision });
    expect(done).toMatchObject({
      result: 'succeeded',
      action: { target: { name: 'Launch' } },
      arguments: { element: 'button "Go"' },
      decision,
    });
  });

  it('does not blame the app for what fails because its sandbox died', async () => {
    const { sessionId } = await open();
    const all = activities();
    const step = feature.steps[0];
    if (step === undefined) throw new TypeError('the feature has a step');
    await all.beginFeature({ sessionId, runId: 'run1', feature, seq: 0, attempt: 1, pace: 'none' });
    const away: Step = { ...step, success: { kind: 'textVisible', text: 'Never' }, timeoutMs: 300 };
    const input = {
      sessionId,
      runId: 'run1',
      feature,
      stepIndex: 0,
      step: away,
      attempt: 1,
      pace: 'none' as const,
      fast: true,
    };
    expect(await all.performStep({ ...input, seq: 1 })).toMatchObject({ result: 'failed' });
    status = 'failed';
    try {
      await expect(all.performStep({ ...input, seq: 2 })).rejects.toMatchObject({
        code: 'sandbox_lost',
        retryable: false,
      });
    } finally {
      status = 'running';
    }
  });

  it('says when the sandbox is gone', async () => {
    const request = activities().openSession({
      sandboxId: 'gone',
      provider: 'local',
      runId: 'run3',
      session: { film: 1, number: 1, opening: 1 },
      app,
      size: { width: 800, height: 600 },
    });
    await expect(request).rejects.toMatchObject({ code: 'sandbox_lost' });
    expect(registry.ids).toEqual([]);
  });
});
