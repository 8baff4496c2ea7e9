import type {
  BuildOverrides,
  CompareWith,
  FeatureOutcome,
  FilmAspect,
  FilmTheme,
  GivenSecrets,
  VoiceName,
  IntentPart,
  FrameSize,
  ManualSessionSpec,
  Pace,
  PlanReview,
  RecordedAction,
  RunFailure,
  RunState,
  SandboxLimits,
  SandboxProviderName,
  StopReason,
  StoredOverrides,
} from '@showrunner/contracts';
import type { Run } from '../generated/client';
import { fromJson, isoOrNull } from '../json';
import { toShown } from '../secrets/environments';

export interface NewRun {
  id: string;
  projectId: string;
  /** Default `default`. */
  tenantId?: string;
  intent: string;
  /** Of the stored intent that says the same. */
  intentId?: string;
  provider: SandboxProviderName;
  size: FrameSize;
  /** Default `normal`. */
  pace?: Pace;
  aspect?: FilmAspect;
  theme?: FilmTheme;
  voice?: VoiceName;
  keepSandbox: boolean;
  /** Most that its sandboxes may cost, US dollars; without one the setting counts. */
  budgetUsd?: number;
  /** The values of variables are sealed. */
  overrides?: BuildOverrides & StoredOverrides;
  /** What its steps type and its pages must not show; sealed. */
  secrets?: GivenSecrets;
  limits?: Partial<SandboxLimits>;
  /** Pinned plan. */
  planId?: string;
  planHash?: string;
  /** The run that is filmed again, and its actions. */
  replayOf?: string;
  recorded?: RecordedAction[];
  /** The run whose plan is driven again without pictures. */
  checkOf?: string;
  /** The state that it is compared with. */
  compare?: CompareWith;
  /** Somebody drives it by hand. */
  session?: ManualSessionSpec;
  /** Somebody looks at its plan before that is fixed. */
  review?: PlanReview;
}

export interface RunRecord {
  id: string;
  projectId: string;
  tenantId: string;
  planId: string | null;
  planHash: string | null;
  buildId: string | null;
  sandboxId: string | null;
  intent: string;
  intentId: string | null;
  state: RunState;
  message: string;
  replayOf: string | null;
  provider: SandboxProviderName;
  /** As asked for. */
  limits: Partial<SandboxLimits> | null;
  /** Of variables only the names: see `openEnvironment`. */
  overrides: StoredOverrides;
  size: FrameSize;
  pace: Pace;
  /** Of its film, as asked for. */
  aspect: FilmAspect | null;
  theme: FilmTheme | null;
  voice: VoiceName | null;
  failure: RunFailure | null;
  outcomes: FeatureOutcome[];
  /** What the intent names, and the feature that shows it. */
  intentParts: IntentPart[];
  divergences: string[];
  notes: string[];
  recorded: RecordedAction[] | null;
  checkOf: string | null;
  compare: CompareWith | null;
  /** Of what somebody drives by hand; null: a film of a plan. */
  session: ManualSessionSpec | null;
  /** null: nobody asked to look at its plan. */
  review: PlanReview | null;
  keepSandbox: boolean;
  budgetUsd: number | null;
  /** What a user asked for. */
  stopRequested: StopReason | null;
  createdAt: string;
  finishedAt: string | null;
}

/** Columns of a run in a list: actions, outcomes and options of one run are many times as long. */
export const SUMMARY_COLUMNS = {
  ...{ id: true, projectId: true, buildId: true, sandboxId: true, planId: true, planHash: true },
  ...{ state: true, message: true, intent: true, intentId: true, replayOf: true, provider: true },
  ...{ failure: true, createdAt: true, finishedAt: true },
} as const;

export type RunSummaryRecord = Pick<RunRecord, keyof typeof SUMMARY_COLUMNS>;

/** A row of a list as the rest of the product sees it. */
export const toRunSummaryRecord = (row: Pick<Run, keyof typeof SUMMARY_COLUMNS>): RunSummaryRecord => ({
  ...row,
  state: row.state as RunState,
  provider: row.provider as SandboxProviderName,
  failure: fromJson<RunFailure | null>(row.failure),
  createdAt: row.createdAt.toISOString(),
  finishedAt: isoOrNull(row.finishedAt),
});

/** A row of the table as the rest of the product sees it. */
export function toRunRecord({ environmentSealed: _, secretsSealed: __, ...row }: Run): RunRecord {
  return {
    ...row,
    state: row.state as RunState,
    provider: row.provider as SandboxProviderName,
    limits: fromJson<Partial<SandboxLimits> | null>(row.limits),
    overrides: toShown(fromJson<BuildOverrides>(row.overrides)),
    size: fromJson<FrameSize>(row.size),
    pace: row.pace as Pace,
    aspect: row.aspect as FilmAspect | null,
    theme: row.theme as FilmTheme | null,
    failure: fromJson<RunFailure | null>(row.failure),
    outcomes: fromJson<FeatureOutcome[]>(row.outcomes),
    intentParts: fromJson<IntentPart[]>(row.intentParts),
    divergences: fromJson<string[]>(row.divergences),
    notes: fromJson<string[]>(row.notes),
    recorded: fromJson<RecordedAction[] | null>(row.recorded),
    compare: fromJson<CompareWith | null>(row.compare),
    session: fromJson<ManualSessionSpec | null>(row.session),
    review: fromJson<PlanReview | null>(row.review),
    stopRequested: row.stopRequested as StopReason | null,
    createdAt: row.createdAt.toISOString(),
    finishedAt: isoOrNull(row.finishedAt),
  };
}
