import { clipIdOf, newId, PlanSchema, sandboxIdOf, storageKeys, takeIdOf } from '@showrunner/contracts';
import { actionRecord } from '@showrunner/contracts/testing';
import type { Database } from '@showrunner/database';
import type { ObjectStore } from '@showrunner/storage';

/** Ids of what one tenant has, by the part of a path in front of them. */
export interface OwnedThings {
  projects: string;
  builds: string;
  intents: string;
  plans: string;
  runs: string;
  /** A run that checks the one above. */
  check: string;
  /** A run that is compared with another state of its source. */
  comparison: string;
  /** A run that was driven by hand. */
  sessions: string;
  clips: string;
  exports: string;
  shares: string;
  sandboxes: string;
  sandbox: string;
  previews: string;
  /** Stored code. */
  agents: string;
}

const SIZE = { width: 1280, height: 720 };
const plan = PlanSchema.parse({
  ...{ schemaVersion: 1, videoType: 'demo', title: 'Secret plans', intent: '', planner: 'rules' },
  features: [
    {
      ...{ id: 'open', kind: 'open', title: 'Open it', description: '', startPath: '/' },
      steps: [
        {
          action: { type: 'click', target: { role: 'button', name: 'Open' } },
          caption: 'Open it',
          success: { kind: 'textVisible', text: 'Secret' },
        },
      ],
    },
  ],
  rejected: [],
});

/** A project of a tenant with a finished film and all that belongs to it, a running sandbox, and a link to a port of that. */
export async function ownedThings(
  database: Database,
  store: ObjectStore,
  tenantId: string,
): Promise<OwnedThings> {
  await database.tenants.ensure(tenantId);
  const own = database.forTenant(tenantId);
  const [projects, runs, check, comparison] = [newId(), newId(), newId(), newId()];
  const [intents, plans, exports, sessions] = [newId(), newId(), newId(), newId()];
  await own.projects.create({
    id: projects,
    name: 'Secret shop',
    source: { kind: 'git', url: 'https://example.org/a.git' },
  });
  await own.intents.create({ id: intents, projectId: projects, text: 'Secret words' });
  const run = {
    id: runs,
    projectId: projects,
    intent: 'Secret words',
    provider: 'local',
    size: SIZE,
  } as const;
  await own.runs.create({ ...run, keepSandbox: false });
  await own.builds.create({ id: runs, projectId: projects, runId: runs });
  await own.plans.store({ id: plans, projectId: projects, runId: runs, body: plan });
  const sandboxes = sandboxIdOf(runs);
  await own.sandboxes.createPending({
    id: sandboxes,
    buildId: runs,
    projectId: projects,
    provider: 'local',
    status: 'creating',
  });
  await own.runs.setBuild(runs, runs, sandboxes);
  await own.runs.setPlan(runs, plans, 'x');
  const sessionId = `${runs}-f1-s1`;
  const takeId = takeIdOf(sessionId);
  await own.actions.append({ runId: runs, film: 1, sessionId, takeId, record: actionRecord() });
  await own.takes.save(runs, {
    ...{
      takeId,
      sessionId,
      storageKey: storageKeys.take(runs, takeId),
      startedAtMs: 0,
      durationMs: 1000,
      ...SIZE,
    },
    ...{ framesPresented: 1, framesCaptured: 1, framesLost: 0, largestGapMs: 0, gaps: [] },
  });
  const clips = clipIdOf(runs, 1);
  const clip = { clipId: clips, number: 1, feature: 'f', takeId, startMs: 0, endMs: 1 };
  await own.clips.replaceForRun(runs, [clip]);
  await own.exports.save({
    id: exports,
    runId: runs,
    state: 'done',
    storageKey: storageKeys.exportVideo(exports),
  });
  await own.previews.register({
    ...{ sandboxId: sandboxes, projectId: projects, url: 'http://secret.example', port: 80 },
    ...{ upstreamHost: 'localhost:80', path: '/' },
  });
  const shares = `shr-${newId()}`;
  await own.shares.create({ id: shares, runId: runs, expiresAt: new Date(Date.now() + 3_600_000) });
  const previews = `pl-${newId()}`;
  const expiresAt = new Date(Date.now() + 3_600_000);
  await own.previewLinks.create({ linkId: previews, sandboxId: sandboxes, port: 80, expiresAt });
  await own.runs.setState({ id: runs, state: 'done', message: '' });
  await own.runs.create({ ...run, id: check, keepSandbox: false, checkOf: runs });
  await own.runs.setPlan(check, plans, 'x');
  await own.runs.setState({ id: check, state: 'done', message: '' });
  await own.runs.create({ ...run, id: comparison, keepSandbox: false, compare: { base: 'main' } });
  await own.runs.setState({ id: comparison, state: 'done', message: '' });
  const agents = newId();
  await own.agents.create({
    ...{ id: agents, name: 'Secret words', language: 'python', code: 'print(1)', files: {}, envNames: [] },
  });
  const session = { idleMs: 1000, maxMs: 1000, maxSteps: 1 };
  await own.runs.create({ ...run, id: sessions, keepSandbox: false, session });
  await own.runs.setState({ id: sessions, state: 'done', message: '' });
  await own.outbox.append({ type: 'RUN_STATE', projectId: projects, runId: runs, data: { state: 'done' } });
  await store.put(storageKeys.history(runs), JSON.stringify({ workflows: { secret: {} } }));
  for (const key of [storageKeys.exportVideo(exports), storageKeys.take(runs, takeId)])
    await store.put(key, 'secret');
  return {
    projects,
    builds: runs,
    intents,
    plans,
    runs,
    check,
    comparison,
    sessions,
    clips,
    exports,
    shares,
    sandboxes,
    sandbox: sandboxes,
    previews,
    agents,
  };
}
