import type { TimelineAction } from '../document/timeline';
import type { EditedClip } from './edit-clip';

/** What is done in a clip, as far as it is shown: facts of the take that no edit changes. */
export const shownActions = ({ clip, actions }: EditedClip): TimelineAction[] =>
  actions.map(({ takeId, step, action, startMs, actMs, endMs, box, drag, list, revealed, opened }) => ({
    ...{ clipId: clip.clipId, takeId, step, type: action.type, startMs, actMs, endMs, box },
    ...(drag && { drag }),
    ...(revealed && { revealed }),
    ...(opened && { opened }),
    ...(list && { list }),
    ...(action.type === 'select' && { option: action.option.slice(0, 500) }),
  }));
