import type { ActionRecord, LiveState, RunState, ShowrunnerEvent } from '@showrunner/contracts';

export const NOTHING_DONE: LiveState = {
  ...{ type: 'state', state: 'queued', current_feature: null, step: null, action: null, pointer: null },
};

/** What is being done after one more event; the same object where the event says nothing of it. */
export function afterEvent(
  known: LiveState,
  { type, data }: Pick<ShowrunnerEvent, 'type' | 'data'>,
): LiveState {
  if (type === 'RUN_STATE') return { ...known, state: data['state'] as RunState };
  if (type === 'FEATURE_MILESTONE') {
    const feature = data['kind'] === 'started' ? String(data['feature']) : null;
    return { ...known, current_feature: feature, step: null, action: null, pointer: null };
  }
  if (type !== 'AGENT_ACTION') return known;
  const { feature, step, caption, box } = data['action'] as ActionRecord;
  const pointer = box === null ? null : { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  return { ...known, current_feature: feature, step, action: caption, pointer };
}
