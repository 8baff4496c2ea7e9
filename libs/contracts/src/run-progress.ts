import { z } from 'zod';
import { RunStateSchema, TERMINAL_RUN_STATES } from './run';
import type { RunState } from './run';
import type { ShowrunnerEvent } from './events';

/** The states of a run that take their time, in order, with the stages that are timed in each. */
export const PROGRESS_STAGES = [
  { state: 'building', timed: ['sandbox', 'source', 'detect', 'install', 'start'] },
  { state: 'planning', timed: ['explore', 'plan'] },
  { state: 'filming', timed: ['film'] },
  { state: 'segmenting', timed: ['segment'] },
  { state: 'exporting', timed: ['export'] },
] as const satisfies readonly { state: RunState; timed: readonly string[] }[];
export type TimedState = (typeof PROGRESS_STAGES)[number]['state'];
/** What each state of a run usually takes, ms. */
export type UsualTimes = Partial<Record<TimedState, number>>;

/** Whose runs the times are from: earlier ones of the same project, else of the whole installation. */
export const ETA_BASES = ['project', 'installation'] as const;
export type EtaBasis = (typeof ETA_BASES)[number];

/** How far a run is: a message of its event stream without an id, for those who look on. */
export const RunProgressSchema = z.object({
  type: z.literal('PROGRESS'),
  runId: z.string(),
  /** The state that the run is in. */
  stage: RunStateSchema,
  /** Share of the run that is done, 0 to 1; it never goes back, unless the film begins again. */
  share: z.number().min(0).max(1),
  /** Until the film is there, ms, without what it waits for a place; null while nobody can tell. */
  etaMs: z.number().nonnegative().nullable(),
  /** Null: nothing was filmed here yet. */
  basis: z.enum(ETA_BASES).nullable(),
});
export type RunProgress = z.infer<typeof RunProgressSchema>;

/** Lines of the log of install and app as they come; a message of the event stream of a run that asks for it. */
export const RunLogLinesSchema = z.object({
  type: z.literal('LOG'),
  runId: z.string(),
  lines: z.array(z.string()),
});
export type RunLogLines = z.infer<typeof RunLogLinesSchema>;

/** What the events of a run tell about how far it is. */
export interface ProgressFacts {
  state: RunState;
  /** Since when, ms since 1970. */
  sinceMs: number;
  /** Steps that were done since filming began. */
  stepsDone: number;
  /** 0 to 1, of the rendering. */
  rendered: number;
}
export const NOT_BEGUN: ProgressFacts = { state: 'queued', sinceMs: 0, stepsDone: 0, rendered: 0 };

/** What is known after one more event of the run. */
export function afterProgress(
  facts: ProgressFacts,
  { type, at, data }: Pick<ShowrunnerEvent, 'type' | 'at' | 'data'>,
): ProgressFacts {
  switch (type) {
    case 'RUN_STATE': {
      const state = RunStateSchema.safeParse(data['state']);
      if (!state.success || state.data === facts.state) return facts;
      return { state: state.data, sinceMs: Date.parse(at), stepsDone: 0, rendered: 0 };
    }
    case 'AGENT_ACTION': {
      const { result } = (data['action'] ?? {}) as { result?: unknown };
      return result === 'succeeded' ? { ...facts, stepsDone: facts.stepsDone + 1 } : facts;
    }
    case 'EXPORT_PROGRESS': {
      const { progress } = data;
      return typeof progress === 'number' && progress >= 0
        ? { ...facts, rendered: Math.min(progress, 1) }
        : facts;
    }
    default:
      return facts;
  }
}

/** Weights until there is an earlier run to go by, ms: only their proportions count. */
const GUESSED: Record<TimedState, number> = {
  ...{ building: 10_000, planning: 15_000, filming: 30_000, segmenting: 2_000, exporting: 12_000 },
};
/** A stage that is not over is never taken for done. */
const MOST = 0.97;
/** From this share on, what a stage took so far tells more about it than earlier runs. */
const TELLING = 0.2;

/**
 * How far a run is now, and how long it will take.
 * @param usual of earlier runs; empty when there is none
 * @param plannedSteps of its plan; undefined before it has one
 */
export function progressOf(
  facts: ProgressFacts,
  usual: UsualTimes,
  { nowMs, plannedSteps }: { nowMs: number; plannedSteps?: number },
): Pick<RunProgress, 'share' | 'etaMs'> {
  const at = PROGRESS_STAGES.findIndex(({ state }) => state === facts.state);
  if (TERMINAL_RUN_STATES.includes(facts.state)) return { share: 1, etaMs: 0 };
  const isKnown = Object.keys(usual).length > 0;
  const times = PROGRESS_STAGES.map(({ state }) => (isKnown ? (usual[state] ?? 0) : GUESSED[state]));
  const whole = Math.max(1, sum(times));
  if (at === -1) return { share: 0, etaMs: isKnown ? sum(times) : null };
  const takes = times[at] ?? 0;
  const elapsedMs = Math.max(0, nowMs - facts.sinceMs);
  const counted = countedShare(facts, plannedSteps);
  const share = Math.min(MOST, counted ?? (takes > 0 ? elapsedMs / takes : 0));
  const left =
    counted !== undefined && counted >= TELLING
      ? (elapsedMs / counted) * (1 - counted)
      : Math.max(0, takes - elapsedMs);
  return {
    share: (sum(times.slice(0, at)) + takes * share) / whole,
    etaMs: isKnown ? Math.round(left + sum(times.slice(at + 1))) : null,
  };
}

/** Of the stage that goes on, by what is done of it; undefined where nothing can be counted. */
function countedShare(
  { state, stepsDone, rendered }: ProgressFacts,
  plannedSteps?: number,
): number | undefined {
  if (state === 'exporting') return rendered;
  if (state === 'filming' && plannedSteps !== undefined && plannedSteps > 0)
    return Math.min(1, stepsDone / plannedSteps);
  return undefined;
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** Medians of what earlier runs took in each state. @param runs stages of one run each */
export function usualTimes(runs: readonly (readonly { stage: string; durationMs: number }[])[]): UsualTimes {
  const entries = PROGRESS_STAGES.flatMap(({ state, timed }) => {
    const taken = runs
      .map((stages) => stages.filter(({ stage }) => (timed as readonly string[]).includes(stage)))
      .filter((stages) => stages.length > 0)
      .map((stages) => sum(stages.map(({ durationMs }) => durationMs)))
      .sort((a, b) => a - b);
    const median = taken[Math.floor((taken.length - 1) / 2)];
    return median === undefined ? [] : [[state, median] as const];
  });
  return Object.fromEntries(entries);
}
