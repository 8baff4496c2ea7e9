import type { Box } from '@showrunner/contracts';
import type { FilmedAction } from './timeline.types';

/** Actions with their boxes in the pixels of a film `factor` times as large as its take. */
export function scaledActions(actions: readonly FilmedAction[], factor: number): FilmedAction[] {
  if (factor === 1) return [...actions];
  const scaled = (box: Box): Box => ({
    x: box.x * factor,
    y: box.y * factor,
    width: box.width * factor,
    height: box.height * factor,
  });
  return actions.map((action) => ({
    ...action,
    box: action.box === null ? null : scaled(action.box),
    ...(action.drag && { drag: { ...action.drag, to: scaled(action.drag.to) } }),
    ...(action.revealed && { revealed: action.revealed.map(scaled) }),
  }));
}
