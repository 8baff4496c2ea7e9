import type { ActionRecord, Milestone, Take } from './action';
import type { Clip } from './clip';
import type { FeatureVerdict } from './comparison';
import type { BuildSpec, RunningApp } from './build';
import type { PlanRef, SandboxRef } from './activities';
import type { IntentPart } from './intent-part';
import type { ManualSessionSpec } from './manual-session';
import type { ExportOutput, FilmAspect, FilmTheme, VoiceName } from './export-output';
import type { FeatureOutcome, FrameSize, Pace, RunFailure } from './run';
import type { LimitsInForce, SandboxLimits, SandboxProviderName } from './sandbox';
import type { Source, StoredOverrides } from './source';

/** Inputs and results of the workflows; ids in, facts out. */
export interface BuildProjectInput {
  buildId: string;
  projectId: string;
  source: Source;
  overrides: StoredOverrides;
  provider: SandboxProviderName;
  limits?: Partial<SandboxLimits>;
  /** Set when a run asked for this build: its stages are then also the run's stages. */
  runId?: string;
  /** The film of the run that the app is built for; absent for the first. */
  film?: number;
  /** Branch, tag or commit of the repository since which the source's changes are told, to whoever plans. */
  changesSince?: string;
}
/** `detectProject`: source to build spec, without installing or starting anything. */
export type DetectProjectInput = Omit<BuildProjectInput, 'runId' | 'film'>;
/** `generateApp`: a prompt to a running app. */
export interface GenerateAppInput {
  projectId: string;
  provider: SandboxProviderName;
}
export interface GenerateAppResult {
  buildId: string;
  previewUrl: string;
}
export interface BuildProjectResult extends SandboxRef {
  limits: LimitsInForce;
  buildSpec: BuildSpec;
  app: RunningApp;
  /** Where the source and `changesSince` parted; absent when that was not asked for, or is not known. */
  forkPoint?: string;
}

/** One executed action of an earlier run, as its history holds it: what a replay compares with. */
export type RecordedAction = Pick<
  ActionRecord,
  'feature' | 'step' | 'tool' | 'arguments' | 'action' | 'result' | 'verified' | 'decision'
>;

export interface ProduceVideoInput {
  runId: string;
  projectId: string;
  source: Source;
  intent: string;
  overrides: StoredOverrides;
  provider: SandboxProviderName;
  limits?: Partial<SandboxLimits>;
  size: FrameSize;
  pace: Pace;
  /** Of the film; as filmed, the page alone, when absent. */
  aspect?: FilmAspect;
  theme?: FilmTheme;
  /** Who speaks in it; nobody when absent. */
  voice?: VoiceName;
  keepSandbox: boolean;
  /** The plan waits this long for somebody's word before it is fixed; absent: nobody is asked. */
  reviewMinutes?: number;
  /** What to do when the sandbox dies; absent: fail. */
  onSandboxLost?: 'fail' | 'reacquire';
  /** Pinned plan: no exploring and no planning. */
  planId?: string;
  /** Replay: the run whose actions are filmed again (with `planId`). */
  replayOf?: string;
  /** Replay: the actions to reproduce, in order. */
  recorded?: RecordedAction[];
  /** Check: the run whose plan is driven again (with `planId`); nothing is recorded, cut or rendered. */
  checkOf?: string;
  /** Pull request: the state that this one is compared with; what is the same in both is left out of the film. */
  base?: ComparedSource;
  /** A look for the comparison of another run: nothing is cut or rendered. Its row is made by its own workflow. */
  look?: { of: string; isRecorded: boolean };
}
/** A state of a source, and the project that it belongs to. */
export interface ComparedSource {
  projectId: string;
  source: Source;
  /** As it was asked for. */
  ref: string;
}
export interface ProduceVideoResult {
  state: 'done' | 'failed' | 'cancelled' | 'killed';
  outcomes: FeatureOutcome[];
  divergences: string[];
  exportId: string | null;
  /** Why the film ends before its plan does. */
  limit?: RunFailure;
  /** What the intent names; absent when it names nothing. */
  intentParts?: IntentPart[];
  /** Of a run that was compared: what became of each feature. */
  verdicts?: FeatureVerdict[];
}

export interface FilmRunInput {
  runId: string;
  projectId: string;
  sandbox: SandboxRef;
  buildId: string;
  buildSpec: BuildSpec;
  app: RunningApp;
  plan: PlanRef;
  size: FrameSize;
  pace: Pace;
  recorded?: RecordedAction[];
  /** The plan is driven for what it brings about alone: there is no take. */
  check?: true;
  /** 1, and one more for each sandbox of the run that died under the films before. */
  film: number;
}
export interface FilmRunResult {
  outcomes: FeatureOutcome[];
  milestones: Milestone[];
  takes: Take[];
  featureTakes: Record<string, string>;
  divergences: string[];
  stopped: 'no' | 'cancelled' | 'killed';
  /** The session used up its steps or its time before the plan was through; the features after that are not verified. */
  limit?: RunFailure;
}

/** `driveSession`: a browser on an app that somebody drives by hand, and the film of what was proven. */
export interface DriveSessionInput extends Pick<
  ProduceVideoInput,
  | 'runId'
  | 'projectId'
  | 'source'
  | 'overrides'
  | 'provider'
  | 'limits'
  | 'size'
  | 'pace'
  | 'aspect'
  | 'theme'
> {
  session: ManualSessionSpec;
}

export interface RenderExportInput {
  exportId: string;
  runId: string;
  planId: string;
  takes: Take[];
  clips: Clip[];
  size: FrameSize;
  /** What file to make; an MP4 as it was filmed when absent. */
  output?: ExportOutput;
}
