import { Context } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { fakeManualSession } from './fake-manual-session';
import { fakeSandboxLife } from './fake-sandbox-life';
import { clipIdOf, sandboxIdOf, sessionIdOf, sidesTakeIdOf, writtenBuildIdOf } from '@showrunner/contracts';
import type {
  AgentActivities,
  BuildSpec,
  Decision,
  ExportActivities,
  Feature,
  GitSource,
  LimitsInForce,
  Looks,
  Milestone,
  PerformedAction,
  PlanActivities,
  PlanReview,
  RecordingActivities,
  RunState,
  Lease,
  SandboxActivities,
  SandboxLifeActivities,
  SegmentationActivities,
  SessionActivities,
  StateActivities,
  Take,
  WritingActivities,
} from '@showrunner/contracts';

/** What the fakes were asked to do, and how they should misbehave. */
export interface Scenario {
  calls: string[];
  states: RunState[];
  /** What a run said while it waited. */
  messages: string[];
  /** Sandboxes, sessions and takes that are open now; a clean run leaves none. */
  open: Set<string>;
  features: Feature[];
  /** What the run's notes say. */
  notes: string[];
  /** Repositories that were fetched, in order. */
  fetched: GitSource[];
  /** Ids of the takes that were begun. */
  takes: string[];
  /** At which pace each step was asked for. */
  paces: string[];
  /** Called before a step; may throw or wait. */
  onStep?: (feature: string, step: number) => Promise<void> | void;
  /** Called before a tool of a session that is driven by hand; may throw or wait. */
  onTool?: (tool: string) => Promise<void> | void;
  onDetect?: () => void;
  /** What is wrong with what a model wrote in this attempt; may throw. */
  onWrite?: (attempt: number) => string | undefined;
  onInstall?: () => Promise<void> | void;
  /** Called by each rehearsal; may throw. */
  onMakePlan?: () => Promise<void> | void;
  /** Called when the look at a plan has come further. */
  onReview?: (review: PlanReview) => Promise<void> | void;
  installHangs?: boolean;
  /** Where the sandbox stands in the queue at each look; the last holds for all further ones. Without: it has its place. */
  queue?: ({ position: number; etaMs: number | null } | null)[];
  /** Shuts the worker down that holds the first session; set while workers run. */
  shutDownFirstSessions?: () => void;
  /** The recorder of a lost session has recorded nothing. */
  losesTakes?: boolean;
  /** No recorder is free: every wait for the first frame is in vain. */
  hasNoRecorder?: boolean;
  /** Recorders do not reach the workers of the sessions. */
  cannotReachSessions?: boolean;
  /** The sandbox whose life is kept, as its record says; tests change it and wake the workflow. */
  lease?: Lease;
  /** Steps of a sandbox's life that fail for good. */
  brokenSteps?: string[];
  /** Called when a step is to be decided; may throw. Answers the name of the button to click instead, if there is one. */
  onDecide?: (feature: string, step: number) => string | undefined;
  /** Features whose targets are found only by who is asked. */
  movedFeatures?: string[];
  /** What was given to steps as decided already. */
  decided: string[];
  /** Features whose steps go round in a circle. */
  loopingFeatures?: string[];
  /** Features whose steps never verify. */
  deadFeatures?: string[];
  /** What a comparison says once these looks were taken; that nothing is to be seen unless set. */
  onCompare?: (looks: Looks) => Awaited<ReturnType<ExportActivities['compareStates']>>;
}

export const feature = (id: string, steps = 2): Feature => ({
  id,
  kind: 'navigate',
  title: `Show ${id}`,
  description: `How ${id} works.`,
  startPath: '/',
  steps: Array.from({ length: steps }, (_, index) => ({
    action: { type: 'click', target: { role: 'button', name: `${id} ${index}`, exact: true } },
    caption: `Press ${id} ${index}`,
    success: { kind: 'textVisible', text: `${id} ${index} done` },
    timeoutMs: 1000,
  })),
});

const limit = { requested: 1, enforced: 1, by: 'fake' };
const LIMITS: LimitsInForce = { cpus: limit, memoryBytes: limit, diskBytes: limit, maxProcesses: limit };
const BUILD_PLAN: BuildSpec = {
  dir: '',
  others: [],
  framework: 'static',
  frameworkVersion: null,
  runtime: 'static',
  packageManager: 'none',
  install: null,
  setup: [],
  start: 'serve',
  port: 3000,
  env: {},
  installHosts: [],
  container: null,
  reasons: [],
};
const APP = {
  port: 3000,
  upstreamHost: 'localhost:3000',
  path: '/',
  previewUrl: 'http://sbx.preview.localhost:4401',
  readyMs: 5,
};

const takeOf = (takeId: string, sessionId: string): Take => ({
  takeId,
  sessionId,
  storageKey: takeId,
  startedAtMs: 0,
  durationMs: 1000,
  width: 1280,
  height: 720,
  framesPresented: 10,
  framesCaptured: 10,
  framesLost: 0,
  largestGapMs: 0,
  gaps: [],
});

/** Where the fake repository's branches part. */
export const FORK_POINT = 'f'.repeat(40);

/** A take's clock that goes on by a tenth of a second an action. */
let takeMs = 0;
const onTake = () => ({ startMs: (takeMs += 100), actMs: takeMs, endMs: takeMs });
const UNRECORDED = { startMs: null, actMs: null, endMs: null };

export const sessionLost = (): ApplicationFailure =>
  ApplicationFailure.nonRetryable('The browser is gone.', 'session_lost');

export const brokenBuild = (): ApplicationFailure =>
  ApplicationFailure.nonRetryable('Nothing says how it is started.', 'no_start_command');

export const sandboxLost = (): ApplicationFailure =>
  ApplicationFailure.nonRetryable('The sandbox is no longer running.', 'sandbox_lost');

export const limitReached = (code: 'step_limit' | 'time_limit'): ApplicationFailure =>
  ApplicationFailure.create({
    message: 'The session reached its limit.',
    type: code,
    nonRetryable: true,
    details: [{ remedy: 'Plan fewer features or raise the limit.' }],
  });

const MISSING: Decision = {
  by: 'rules-1',
  outcome: 'missing',
  target: null,
  confidence: 0,
  evidence: 'There is no button on the page.',
};

type AllActivities = SandboxActivities &
  SandboxLifeActivities &
  PlanActivities &
  WritingActivities &
  AgentActivities &
  SessionActivities &
  RecordingActivities &
  SegmentationActivities &
  ExportActivities &
  StateActivities;

/** Activities that do nothing but keep books; one set serves every queue. The first session is on the first queue, all others on the second. */
export function fakeActivities(scenario: Scenario, sessionQueues: readonly [string, string]): AllActivities {
  const { calls, open } = scenario;
  const lost = new Set<string>();
  /** Sessions of which a take was begun, and those whose recorder was told to end. */
  const filmed = new Set<string>();
  const told = new Set<string>();
  const record = (name: string): void => void calls.push(name);
  /** Resolves when the activity is cancelled or `ended` says so, and beats until then as real activities do. */
  const abortedOr = async (ended: () => boolean): Promise<void> => {
    const { cancellationSignal } = Context.current();
    while (!cancellationSignal.aborted && !ended()) {
      Context.current().heartbeat();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  const action = (
    input: { sessionId: string; feature: Feature; seq: number; attempt: number },
    step: number,
    verified: boolean,
  ): PerformedAction => ({
    seq: input.seq,
    feature: input.feature.id,
    step,
    attempt: input.attempt,
    caption: `step ${step}`,
    action:
      step < 0
        ? { type: 'navigate', path: '/' }
        : (input.feature.steps[step]?.action ?? { type: 'navigate', path: '/' }),
    tool: step < 0 ? 'browser_navigate' : 'browser_click',
    arguments: { step },
    box: null,
    ...(filmed.has(input.sessionId) ? onTake() : UNRECORDED),
    result: verified ? 'succeeded' : 'failed',
    verified,
    fingerprintBefore: 'a',
    fingerprintAfter: 'b',
  });

  return {
    async createSandbox({ buildId, provider }) {
      record('createSandbox');
      open.add(sandboxIdOf(buildId));
      return { sandboxId: sandboxIdOf(buildId), provider, limits: LIMITS };
    },
    async fetchSource({ changes, source }) {
      record('fetchSource');
      if (source.kind === 'git') scenario.fetched.push(source);
      return { commit: null, files: 1, bytes: 1, ...(changes && { forkPoint: FORK_POINT }) };
    },
    async detectBuild() {
      scenario.onDetect?.();
      return BUILD_PLAN;
    },
    async installApp() {
      record('installApp');
      await scenario.onInstall?.();
      if (scenario.installHangs) await abortedOr(() => false);
      if (Context.current().cancellationSignal.aborted) throw new CancelledFailure('cancelled');
      return { installMs: 1, setupMs: 0 };
    },
    async startApp({ sandboxId }) {
      return { ...APP, previewUrl: `http://${sandboxId}.preview.localhost:4401` };
    },
    async resetApp() {
      record('resetApp');
      return APP;
    },
    async destroySandbox({ sandboxId }) {
      if (scenario.brokenSteps?.includes('delete'))
        throw ApplicationFailure.nonRetryable('It cannot delete.', 'sandbox_capability_missing');
      record('destroySandbox');
      open.delete(sandboxId);
      if (scenario.lease) scenario.lease.status = 'destroyed';
    },
    ...fakeSandboxLife(scenario),
    ...fakeManualSession({
      record,
      onTool: (tool) => scenario.onTool?.(tool),
      lose: (sessionId) => lost.add(sessionId),
    }),
    async writeApp({ projectId, attempt, isLast, problem }) {
      record(`writeApp ${attempt}${isLast ? ' fallback' : ''}${problem === undefined ? '' : `: ${problem}`}`);
      const wrong = scenario.onWrite?.(attempt);
      if (wrong !== undefined) return { problem: wrong };
      const source = {
        kind: 'archive',
        storageKey: 'k',
        fileName: 'a.tar.gz',
        bytes: 1,
        sha256: '',
      } as const;
      return { build: { buildId: writtenBuildIdOf(projectId, attempt), source } };
    },
    async setGenerationState({ state, note, failure }) {
      record(
        [state, ...(note === undefined ? [] : [note]), ...(failure === undefined ? [] : [failure.code])].join(
          ' · ',
        ),
      );
    },
    async exploreApp({ runId }) {
      record('exploreApp');
      return { explorationKey: `runs/${runId}/exploration.json`, pages: 1 };
    },
    async proposePlan({ runId }) {
      record('proposePlan');
      return { proposalKey: `runs/${runId}/proposal.json`, candidates: scenario.features.length };
    },
    async makePlan() {
      record('makePlan');
      await scenario.onMakePlan?.();
      return { planId: 'plan1', hash: 'hash1', title: 'App', features: scenario.features };
    },
    async draftPlan() {
      record('draftPlan');
      await scenario.onMakePlan?.();
      return {
        features: scenario.features.map(({ id, kind, title, description }) => ({
          id,
          kind,
          title,
          description,
        })),
      };
    },
    async fixPlan({ features }) {
      record(`fixPlan ${features.join(' ')}`);
      const chosen = features.flatMap((id) => scenario.features.filter((one) => one.id === id));
      return { planId: 'plan1', hash: 'hash1', title: 'App', features: chosen };
    },
    async setReview({ review }) {
      record(`review ${review.state}`);
      await scenario.onReview?.(review);
    },
    async loadPlan() {
      record('loadPlan');
      return { planId: 'plan1', hash: 'hash1', title: 'App', features: scenario.features };
    },
    async openSession({ runId, session }) {
      const sessionId = sessionIdOf(runId, session);
      record('openSession');
      open.add(sessionId);
      return {
        sessionId,
        taskQueue: sessionQueues[session.number === 1 ? 0 : 1],
        browserSession: 'mcp-1',
      };
    },
    async awaitRecording({ sessionId }) {
      record('awaitRecording');
      if (scenario.hasNoRecorder || scenario.cannotReachSessions) return { firstFrameSeen: false };
      await abortedOr(() => filmed.has(sessionId));
      return { firstFrameSeen: true };
    },
    async stopRecording({ sessionId }) {
      record('stopRecording');
      told.add(sessionId);
    },
    async beginFeature(input) {
      record(`begin ${input.feature.id}`);
      return action(input, -1, true);
    },
    async decide({ feature, stepIndex }) {
      record(`decide ${feature.id} ${stepIndex}`);
      const name = scenario.onDecide?.(feature.id, stepIndex);
      if (name === undefined) return MISSING;
      const target = { role: 'button', name, exact: true };
      return { by: 'fake-1', outcome: 'resolved', target, confidence: 0.8, evidence: 'It looks like it.' };
    },
    async performStep(input) {
      record(`${input.fast ? 'replay' : 'step'} ${input.feature.id} ${input.stepIndex}`);
      scenario.paces.push(input.pace);
      try {
        await scenario.onStep?.(input.feature.id, input.stepIndex);
      } catch (error) {
        if (!(error instanceof ApplicationFailure && /_limit$/.test(error.type ?? '')))
          lost.add(input.sessionId);
        throw error;
      }
      const { feature, stepIndex, decision } = input;
      const failed = action(input, stepIndex, false);
      if (scenario.loopingFeatures?.includes(feature.id))
        return { ...failed, error: 'It was carried out twice: a loop.', loop: true };
      if (scenario.movedFeatures?.includes(feature.id)) {
        scenario.decided.push(decision?.target?.name ?? 'nothing');
        if (decision === undefined) return { ...failed, tool: 'none', decision: MISSING };
        return { ...action(input, stepIndex, true), decision };
      }
      return action(input, stepIndex, !scenario.deadFeatures?.includes(feature.id));
    },
    async closeSession({ sessionId }) {
      record('closeSession');
      open.delete(sessionId);
    },
    async recordTake({ takeId, sessionId }): Promise<Take> {
      open.add(takeId);
      scenario.takes.push(takeId);
      if (scenario.cannotReachSessions) {
        open.delete(takeId);
        throw ApplicationFailure.nonRetryable('It does not answer.', 'frames_unreachable');
      }
      if (scenario.hasNoRecorder) await abortedOr(() => false);
      filmed.add(sessionId);
      await abortedOr(() => lost.has(sessionId) || told.has(sessionId));
      if (Context.current().cancellationSignal.aborted) record('recording cancelled');
      if (scenario.losesTakes && lost.has(sessionId)) {
        open.delete(takeId);
        throw sessionLost();
      }
      open.delete(takeId);
      return takeOf(takeId, sessionId);
    },
    async segmentTakes({ runId, featureTakes, milestones }) {
      const sides = Object.entries(featureTakes).filter(([, takeId]) => takeId === sidesTakeIdOf(runId));
      const shown = milestones.filter(({ kind }) => kind === 'succeeded').map(({ feature: name }) => name);
      const told = shown.map((name) => (sides.some(([one]) => one === name) ? `${name}@sides` : name));
      record(sides.length === 0 ? 'segmentTakes' : `segmentTakes ${told.join(' ')}`);
      const verified = milestones.filter((milestone) => milestone.kind === 'succeeded');
      const clips = verified.map(({ feature: name }, index) => ({
        clipId: clipIdOf(runId, index + 1),
        number: index + 1,
        feature: name,
        takeId: featureTakes[name] ?? '',
        startMs: index * 1000,
        endMs: (index + 1) * 1000,
      }));
      return { clips };
    },
    async compareStates({ looks }) {
      record(`compareStates ${Object.keys(looks).join(' ')}`);
      return scenario.onCompare?.(looks) ?? { next: null, features: [] };
    },
    async composeSides({ runId, features }) {
      record(`composeSides ${features.join(' ')}`);
      const takeId = sidesTakeIdOf(runId);
      const milestones = features.flatMap((feature): Milestone[] => [
        { feature, kind: 'started', atMs: 0 },
        { feature, kind: 'succeeded', atMs: 900 },
      ]);
      return { take: takeOf(takeId, 'sides'), milestones };
    },
    async renderFilm({ exportId, size, output }) {
      record('renderFilm');
      if (output) record(`output ${JSON.stringify(output)}`);
      return {
        storageKey: `exports/${exportId}/video.mp4`,
        captionsKey: '',
        durationMs: 1000,
        bytes: 10,
        ...size,
      };
    },
    async setRunState({ state, message, failure, notes }) {
      if (state === 'queued') scenario.messages.push(message);
      scenario.notes.push(...(notes ?? []));
      scenario.states.push(state);
      if (failure) record(`failure ${failure.code}`);
    },
    async recordStage() {},
    async beginLook({ runId, planId, checkOf }) {
      record(
        `look ${runId.replace(/^[^-]*-/, '')} plan ${planId === undefined ? 'own' : 'pinned'}${checkOf === undefined ? '' : ' check'}`,
      );
    },
    async setBuildState() {},
    async setRunBuild() {},
    async takePlace() {
      record('takePlace');
      const { queue = [null] } = scenario;
      return (queue.length > 1 ? queue.shift() : queue[0]) ?? null;
    },
    async recordAction({ record: done }) {
      record(`action ${done.feature} ${done.step}`);
    },
    async recordMilestone() {},
    async recordOutcomes({ divergences }) {
      for (const divergence of divergences) record(`divergence ${divergence}`);
    },
    async recordTakes() {},
    async recordExport() {},
  };
}
