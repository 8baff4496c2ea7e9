import type { ActionRecord, Milestone, PerformedAction, Take } from './action';
import type { Clip } from './clip';
import type { GenerationState } from './generation';
import type { SessionOfRun } from './ids';
import type { BuildSpec, RunningApp } from './build';
import type { Decision } from './decision';
import type { IntentPart } from './intent-part';
import type { ManualAction, ProvenMark, SuccessClaim } from './manual-session';
import type { Feature, Step } from './plan';
import type { PlanReview, ProposedFeature } from './plan-review';
import type { ExportFile } from './export-output';
import type { FeatureVerdict, LookName, Looks } from './comparison';
import type { FilmCheck } from './film-check';
import type { ExportState } from './resources';
import type { FeatureOutcome, FrameSize, Pace, RunFailure, RunState, StageTiming } from './run';
import type { LimitsInForce, SandboxLimits, SandboxProviderName } from './sandbox';
import type { QueuePosition } from './sandbox-queue';
import type { Source, StoredOverrides } from './source';
import type { RenderExportInput } from './workflows';

/**
 * What workflows may ask of workers, one interface a pool. Arguments and results are small facts and ids; frames, pages and videos
 * stay in storage. Every activity is idempotent under its ids, and throws AppError (mapped to retryable or not in one place).
 */

export interface SandboxRef {
  sandboxId: string;
  provider: SandboxProviderName;
}

export interface SandboxActivities {
  /** Adopts the sandbox if it exists already: a build has one, `sandboxIdOf(buildId)`. */
  createSandbox(input: {
    buildId: string;
    projectId: string;
    provider: SandboxProviderName;
    limits?: Partial<SandboxLimits>;
    /** The run that asked for the build. */
    runId?: string;
  }): Promise<SandboxRef & { limits: LimitsInForce }>;
  /** Clones or unpacks into /app inside the sandbox. */
  fetchSource(
    input: SandboxRef & {
      projectId: string;
      source: Source;
      /** Tells what changed since this state of the repository, and stores it with the run. */
      changes?: { runId: string; since: string };
    },
  ): Promise<{ commit: string | null; files: number; bytes: number; forkPoint?: string }>;
  /** Reads the files of the source inside the sandbox and decides how the app is built and started; stores that with the build. */
  detectBuild(
    input: SandboxRef & { buildId: string; subdir?: string; overrides: StoredOverrides },
  ): Promise<BuildSpec>;
  /** Installs with the registries reachable, then runs the set-up commands without network, then takes a checkpoint of /app. */
  installApp(
    input: SandboxRef & { buildId: string; buildSpec: BuildSpec },
  ): Promise<{ installMs: number; setupMs: number }>;
  /** Starts the app and waits until it answers a page (HTTP level); registers the preview. */
  startApp(
    input: SandboxRef & { buildId: string; projectId: string; buildSpec: BuildSpec },
  ): Promise<RunningApp>;
  /** Stops the app, restores /app to the checkpoint, starts it again: the app as if nobody had used it. */
  resetApp(
    input: SandboxRef & { buildId: string; projectId: string; buildSpec: BuildSpec; port: number },
  ): Promise<RunningApp>;
  /** Ends everything of the sandbox. Succeeds when it is gone already. */
  destroySandbox(input: SandboxRef): Promise<void>;
}

/** What is tried to write an app: as it was asked for, again with what was wrong, and then the simplest that can be meant. */
export interface AppAttempt {
  projectId: string;
  /** From 1. */
  attempt: number;
  /** The last one: the fallback prompt. */
  isLast: boolean;
  provider: SandboxProviderName;
  /** Why the one before failed. */
  problem?: string;
}

/** On the plan pool, whose workers know the models. */
export interface WritingActivities {
  /**
   * Files for a prompt, written by a model or taken over from an equal one of the same tenant, read by the scan, stored as the project's source,
   * with a build that is ready to be started; or why there are none, in words for the next attempt. Fails with `model_not_set_up`,
   * `model_spend_limit` and what a model's server says.
   */
  writeApp(input: AppAttempt): Promise<{ build: { buildId: string; source: Source } } | { problem: string }>;
  /** How far it is; once it has ended, what was reported is no more changed. */
  setGenerationState(input: {
    projectId: string;
    state: GenerationState;
    message: string;
    failure?: RunFailure;
    note?: string;
  }): Promise<void>;
}

export interface PlanActivities {
  /** Visits the running app within limits; stores the Exploration. Fails with `blank_page`, `app_error_page`, `redirect_loop` when nothing renders. */
  exploreApp(
    input: SandboxRef & { runId: string; app: RunningApp; intent: string; size: FrameSize },
  ): Promise<{ explorationKey: string; pages: number }>;
  /** What the planner finds worth showing; stores the Proposal. */
  proposePlan(input: {
    runId: string;
    intent: string;
    explorationKey: string;
    /** The run whose changes of the source are hints; absent without any. */
    changesOf?: string;
  }): Promise<{ proposalKey: string; candidates: number }>;
  /** Rehearses the candidates in an unrecorded session; stores the plan once with its hash. Returns the stored plan if there is one. */
  makePlan(
    input: SandboxRef & {
      runId: string;
      projectId: string;
      app: RunningApp;
      explorationKey: string;
      proposalKey: string;
      size: FrameSize;
      /** The film that will be made of the plan: its browser is opened meanwhile. */
      film: number;
    },
  ): Promise<PlanRef>;
  /** As `makePlan`, but stores what would be the plan for somebody to look at. Returns what is stored if there is something. */
  draftPlan(input: Parameters<PlanActivities['makePlan']>[0]): Promise<{ features: ProposedFeature[] }>;
  /** Stores the plan once: of the draft these features, in this order. Returns the stored plan if there is one. */
  fixPlan(input: { runId: string; projectId: string; features: string[] }): Promise<PlanRef>;
  /** Loads a pinned plan by id, checks its hash, and gives the run the files of CDNs that the plan was made with. */
  loadPlan(input: SandboxRef & { planId: string; runId: string }): Promise<PlanRef>;
}
export interface PlanRef {
  planId: string;
  hash: string;
  title: string;
  features: Feature[];
  /** What the intent names; absent when it names nothing, and in plans of before. */
  intentParts?: IntentPart[];
}

export interface SessionRef {
  sessionId: string;
  /** Task queue of the worker process that holds the browser. */
  taskQueue: string;
  /** Name of the MCP client's browser session. */
  browserSession: string;
}

export interface AgentActivities {
  /** Starts Chromium confined to this preview, and the MCP server attached to it. Any worker of the agent pool. */
  openSession(
    input: SandboxRef & {
      runId: string;
      session: SessionOfRun;
      app: RunningApp;
      size: FrameSize;
      /** Of a session that somebody drives: it may stand idle for longer than one of a film. */
      idleMs?: number;
    },
  ): Promise<SessionRef>;
}

/** Run on the session's own task queue. Each throws SessionLostError when this process does not hold the session or its browser died. */
export interface SessionActivities {
  /** Resolves once a recorder was given its first frame, which is the zero of the take's clock, or after some seconds without. */
  awaitRecording(input: { sessionId: string }): Promise<{ firstFrameSeen: boolean }>;
  /** Ends the recording: the recorder is told, and its activity answers with the take. Succeeds when it has ended already. */
  stopRecording(input: { sessionId: string }): Promise<void>;
  /** Brings the page to the feature's start; step -1. */
  beginFeature(input: {
    sessionId: string;
    runId: string;
    feature: Feature;
    seq: number;
    attempt: number;
    pace: Pace;
  }): Promise<PerformedAction>;
  /**
   * What to act on in a step whose target the rules did not find. Only looks, so it is retried by itself and repeats nothing; its answer is
   * given to the next try of `performStep`.
   */
  decide(input: {
    sessionId: string;
    runId: string;
    feature: Feature;
    stepIndex: number;
    step: Step;
  }): Promise<Decision>;
  /** One step: still moment, one MCP tool call, wait for the condition, verify, record. `fast`: done again after a loss, for nobody to see. */
  performStep(input: {
    sessionId: string;
    runId: string;
    feature: Feature;
    stepIndex: number;
    step: Step;
    seq: number;
    attempt: number;
    pace: Pace;
    fast: boolean;
    /** Decided before, in this run or in the one that is replayed: nobody decides again. */
    decision?: Decision;
  }): Promise<PerformedAction>;
  /** One tool that somebody asked for; what it answers is stored under `replyKey`. Not idempotent, and never tried again. */
  useTool(input: {
    sessionId: string;
    call: ManualAction;
    feature: string;
    step: number;
    seq: number;
    pace: Pace;
    replyKey: string;
  }): Promise<{ isError: boolean; record: PerformedAction | null }>;
  /** What is done from now on counts for the success of the feature that begins; answers the time on the take's clock. */
  beginMarked(input: { sessionId: string }): Promise<{ atMs: number }>;
  /** Looks whether what a feature was marked for can be seen, and was brought about since it began. */
  proveMarked(input: { sessionId: string; claim: SuccessClaim }): Promise<ProvenMark>;
  /** Ends browser, MCP server and relay. Succeeds when they are gone already. */
  closeSession(input: { sessionId: string }): Promise<void>;
}

export interface RecordingActivities {
  /**
   * Records the session's page, wherever it is, until the session says that the recording is over, then finalises and stores the take.
   * Heartbeats. A later attempt, on any worker, appends after the gap. Cancelling it ends it at once, with what there is.
   */
  recordTake(input: { runId: string; takeId: string; sessionId: string; size: FrameSize }): Promise<Take>;
}

export interface SegmentationActivities {
  /** Pure cutting by milestones, thumbnails, actions.jsonl and clips.json in storage. Only verified features become clips. */
  segmentTakes(input: {
    runId: string;
    takes: Take[];
    /** Per feature, which take holds its successful filming. */
    featureTakes: Record<string, string>;
    milestones: Milestone[];
  }): Promise<{ clips: Clip[] }>;
}

export interface ExportActivities {
  /**
   * What a run shows beside the state that it is compared with, as far as the looks say it; stored as its comparison. `next`: the look that is
   * needed to say more, null once all is said.
   */
  compareStates(input: {
    runId: string;
    planId: string;
    looks: Looks;
  }): Promise<{ next: LookName | null; features: { feature: string; verdict: FeatureVerdict }[] }>;
  /**
   * Before and after of features side by side, as a take of the run with milestones on its clock. Null when there is nothing to put side by
   * side.
   */
  composeSides(input: {
    runId: string;
    /** The run that drove the same plan at base. */
    baseRunId: string;
    features: string[];
    size: FrameSize;
  }): Promise<{ take: Take; milestones: Milestone[] } | null>;
  /** Renders the stitched film with titles, pointer, click marks, captions and chapters. Heartbeats progress. */
  renderFilm(input: RenderExportInput): Promise<{
    storageKey: string;
    /** Of a film. */
    captionsKey?: string;
    durationMs: number;
    bytes: number;
    width: number;
    height: number;
    files?: ExportFile[];
    checks?: FilmCheck[];
    notes?: string[];
  }>;
}

/** Short database writes; run as local activities on whichever worker runs the workflow. Each also puts its event into the outbox, in one transaction. */
export interface StateActivities {
  setRunState(input: {
    runId: string;
    state: RunState;
    message: string;
    failure?: RunFailure;
    notes?: string[];
  }): Promise<void>;
  recordStage(input: { runId: string } & StageTiming): Promise<void>;
  /** How far somebody's look at the plan is. */
  setReview(input: { runId: string; review: PlanReview }): Promise<void>;
  /** Makes the row of a look for the comparison of run `of`, with what that run was asked for with. */
  beginLook(input: {
    runId: string;
    of: string;
    projectId: string;
    pace: Pace;
    planId?: string;
    checkOf?: string;
  }): Promise<void>;
  setBuildState(input: {
    buildId: string;
    state: string;
    message: string;
    failure?: RunFailure;
  }): Promise<void>;
  /**
   * Takes a place for the sandbox of a build at its provider, written down first. Null: it has its place; otherwise where it stands in the
   * queue. Throws `sandbox_lost` when it was taken out of the queue, `sandbox_unavailable` when the provider has no places at all.
   */
  takePlace(
    input: SandboxRef & {
      buildId: string;
      projectId: string;
      runId?: string;
      limits?: Partial<SandboxLimits>;
    },
  ): Promise<QueuePosition | null>;
  setRunBuild(input: { runId: string; buildId: string; sandboxId: string | null }): Promise<void>;
  /** The plan that a manual session turned out to be: its verified features, stored once. */
  storeSessionPlan(input: {
    runId: string;
    projectId: string;
    features: Feature[];
  }): Promise<{ planId: string; hash: string }>;
  recordAction(input: {
    runId: string;
    /** Which film of the run; the record's `seq` counts within it. */
    film: number;
    sessionId: string;
    takeId: string;
    record: ActionRecord;
  }): Promise<void>;
  recordMilestone(input: { runId: string; milestone: Milestone }): Promise<void>;
  recordOutcomes(input: {
    runId: string;
    /** Absent of a session that has proven nothing. */
    planId?: string;
    planHash?: string;
    outcomes: FeatureOutcome[];
    divergences: string[];
  }): Promise<void>;
  recordTakes(input: { runId: string; takes: Take[] }): Promise<void>;
  recordExport(input: {
    runId: string;
    exportId: string;
    state: Exclude<ExportState, 'queued'>;
    failure?: RunFailure;
    storageKey?: string;
    captionsKey?: string;
    durationMs?: number;
    bytes?: number;
    width?: number;
    height?: number;
    files?: ExportFile[];
    checks?: FilmCheck[];
    notes?: string[];
  }): Promise<void>;
}
