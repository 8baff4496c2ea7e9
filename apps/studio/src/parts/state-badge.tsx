import { isOver } from '../api/queries';
import type { RunState } from '../api/queries';

const WORDS: Record<RunState, string> = {
  queued: 'Waiting',
  building: 'Building the app',
  planning: 'Planning',
  filming: 'Filming',
  segmenting: 'Cutting',
  exporting: 'Rendering',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
  killed: 'Stopped',
};

/** Where a run stands, in a word. */
export const StateBadge = ({ state }: { state: RunState }) => (
  <span
    className={`badge ${state === 'done' ? 'ok' : state === 'failed' ? 'bad' : isOver(state) ? '' : 'busy'}`}
  >
    {WORDS[state]}
  </span>
);
