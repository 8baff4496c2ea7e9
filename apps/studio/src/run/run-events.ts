import { useEffect, useReducer } from 'react';
import type { Schemas } from '../api/client';
import { isOver } from '../api/queries';
import type { RunState } from '../api/queries';

type Action = Schemas['ActionRecord'];
type Progress = Schemas['RunProgress'];

/** What the events of a run told so far. */
export interface RunLive {
  state: RunState | undefined;
  message: string;
  stages: { stage: string; durationMs: number; startedAt: string }[];
  /** Since when the run is in its state, ISO 8601. */
  stateSince: string | undefined;
  hasPlan: boolean;
  previewUrl: string | undefined;
  actions: Action[];
  features: Record<string, { state: 'filming' | 'verified' | 'dropped'; reason?: string }>;
  /** 0 to 1, while the film is rendered. */
  rendered: number | undefined;
  /** How far it is, as everybody is told who follows it. */
  progress: Pick<Progress, 'share' | 'etaMs'> | undefined;
}

interface Told {
  type: string;
  at: string;
  data: Record<string, unknown>;
}

export const NOTHING_YET: RunLive = {
  ...{
    state: undefined,
    message: '',
    stages: [],
    stateSince: undefined,
    hasPlan: false,
    previewUrl: undefined,
  },
  ...{ actions: [], features: {}, rendered: undefined, progress: undefined },
};

const TYPES = [
  ...['RUN_STATE', 'RUN_PROGRESS', 'BUILD_STAGE', 'PREVIEW_READY', 'PLAN_CREATED', 'AGENT_ACTION'],
  ...['FEATURE_MILESTONE', 'EXPORT_PROGRESS', 'PROGRESS'],
];
const MILESTONES = { started: 'filming', succeeded: 'verified', failed: 'dropped' } as const;

/** What is known after one more event. An event that came before changes nothing. */
export function withEvent(known: RunLive, { type, at, data }: Told): RunLive {
  const words = typeof data['message'] === 'string' ? data['message'] : known.message;
  switch (type) {
    case 'RUN_STATE':
      return { ...known, state: data['state'] as RunState, message: words, stateSince: at };
    case 'RUN_PROGRESS':
      return typeof data['durationMs'] === 'number'
        ? { ...known, stages: [...known.stages, data as never] }
        : { ...known, message: words };
    case 'BUILD_STAGE':
      return { ...known, message: words };
    case 'PREVIEW_READY':
      return { ...known, previewUrl: String(data['url']) };
    case 'PLAN_CREATED':
      return { ...known, hasPlan: true };
    case 'AGENT_ACTION': {
      const action = data['action'] as Action;
      return { ...known, actions: [...known.actions, action] };
    }
    case 'FEATURE_MILESTONE': {
      const state = MILESTONES[data['kind'] as keyof typeof MILESTONES];
      const reason = typeof data['reason'] === 'string' ? data['reason'] : undefined;
      return { ...known, features: { ...known.features, [String(data['feature'])]: { state, reason } } };
    }
    case 'EXPORT_PROGRESS':
      return typeof data['progress'] === 'number' ? { ...known, rendered: data['progress'] } : known;
    case 'PROGRESS':
      return { ...known, progress: data as Progress };
    default:
      return known;
  }
}

/** Follows a run from its beginning until it is over, across breaks of the connection. `onOver` is called then, once. */
export function useRunEvents(runId: string, isOn: boolean, onOver: () => void): RunLive {
  const [live, tell] = useReducer(
    (known: RunLive, event: Told | null) => (event === null ? NOTHING_YET : withEvent(known, event)),
    NOTHING_YET,
  );
  useEffect(() => {
    if (!isOn) return;
    tell(null);
    const source = new EventSource(`/api/runs/${encodeURIComponent(runId)}/events`);
    const hear = ({ data }: MessageEvent<string>): void => {
      const message = JSON.parse(data) as Told | Progress;
      const event = 'share' in message ? { type: message.type, at: '', data: { ...message } } : message;
      tell(event);
      if (event.type !== 'RUN_STATE' || !isOver(event.data['state'] as RunState)) return;
      source.close();
      onOver();
    };
    for (const type of TYPES) source.addEventListener(type, hear);
    return () => source.close();
  }, [runId, isOn, onOver]);
  return live;
}
