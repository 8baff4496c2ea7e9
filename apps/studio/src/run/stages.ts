import type { Schemas } from '../api/client';
import type { RunState } from '../api/queries';
import type { RunLive } from './run-events';

/** The states of a run in their order, and the stages that are timed in each. */
const STAGES: readonly { state: RunState; label: string; timed: readonly string[] }[] = [
  { state: 'queued', label: 'Wait for a place', timed: [] },
  {
    ...{ state: 'building', label: 'Build and start the app' },
    timed: ['sandbox', 'source', 'detect', 'install', 'start'],
  },
  { state: 'planning', label: 'Explore it and plan', timed: ['explore', 'plan'] },
  { state: 'filming', label: 'Film', timed: ['film'] },
  { state: 'segmenting', label: 'Cut', timed: ['segment'] },
  { state: 'exporting', label: 'Render', timed: ['export'] },
];

export interface StageLine {
  state: RunState;
  label: string;
  is: 'over' | 'now' | 'later';
  /** What it took, or has taken so far. */
  ms: number | undefined;
}
type Timing = Pick<Schemas['RunReport']['stages'][number], 'stage' | 'durationMs'>;

/** The stages of a run, each with its time. A run that ended early got as far as the last stage that has one. */
export function stageLines(
  state: RunState,
  timings: readonly Timing[],
  live: Pick<RunLive, 'stateSince'>,
  now: number,
): StageLine[] {
  const current = STAGES.findIndex((stage) => stage.state === state);
  const furthest = STAGES.findLastIndex(({ timed }) => timeOf(timings, timed) !== undefined);
  const passed = current === -1 ? (state === 'done' ? STAGES.length : furthest + 1) : current;
  return STAGES.map(({ timed, ...stage }, at) => {
    const taken = timeOf(timings, timed);
    const since = live.stateSince === undefined ? undefined : Math.max(0, now - Date.parse(live.stateSince));
    return {
      ...stage,
      is: at === current ? 'now' : at < passed ? 'over' : 'later',
      ms: at === current ? since : taken,
    };
  });
}

/** A film that began again has a stage twice. */
function timeOf(timings: readonly Timing[], stages: readonly string[]): number | undefined {
  const those = timings.filter(({ stage }) => stages.includes(stage));
  return those.length === 0 ? undefined : those.reduce((sum, { durationMs }) => sum + durationMs, 0);
}
