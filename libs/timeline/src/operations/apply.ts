import { InvalidInputError } from '@showrunner/contracts';
import { TimelineSchema, type Timeline } from '../document/timeline';
import { changeItems } from './change-items';
import { changeOverlays } from './change-overlays';
import type { Operation } from './operations';
import { assertSound, refuse } from './sound';

/** What undoes an operation: the parts of the timeline that it changed, as they were. */
export type Inverse = Partial<Timeline>;

/**
 * Does an operation; pure. What is laid over an item goes along with it, what lay over footage that is gone goes, too.
 * @returns the new timeline and what `undo` needs to have the old one back
 * @throws InvalidInputError `bad_operation`
 */
export function applyOperation(
  timeline: Timeline,
  operation: Operation,
): { timeline: Timeline; inverse: Inverse } {
  const changed = { ...timeline, ...changesOf(timeline, operation) };
  assertSound(changed);
  return { timeline: changed, inverse: differences(changed, timeline) };
}

/**
 * Does operations one after the other, all or none, as one change.
 * @throws InvalidInputError `bad_operation`, naming the first that cannot be, also when the film would become too large
 */
export function applyOperations(
  timeline: Timeline,
  operations: readonly Operation[],
): { timeline: Timeline; inverse: Inverse } {
  let changed = timeline;
  for (const [n, operation] of operations.entries()) {
    try {
      changed = applyOperation(changed, operation).timeline;
    } catch (error) {
      if (operations.length === 1 || !(error instanceof InvalidInputError)) throw error;
      throw refuse(`Operation ${n + 1} of ${operations.length} (${operation.op}): ${error.message}`);
    }
  }
  const shape = TimelineSchema.safeParse(changed);
  const [issue] = shape.error?.issues ?? [];
  if (issue !== undefined) throw refuse(`${issue.path.join('.')}: ${issue.message}`);
  return { timeline: changed, inverse: differences(changed, timeline) };
}

/** The timeline as it was before the operation of which this is the inverse, and the inverse of that. */
export function undo(timeline: Timeline, inverse: Inverse): { timeline: Timeline; inverse: Inverse } {
  const restored = { ...timeline, ...inverse };
  return { timeline: restored, inverse: differences(restored, timeline) };
}

function changesOf(timeline: Timeline, operation: Operation): Partial<Timeline> {
  switch (operation.op) {
    case 'trim':
    case 'setSpeed':
    case 'setDuration':
    case 'setTransition':
    case 'setCard':
    case 'move':
      return changeItems(timeline, operation);
    case 'remove':
      return timeline.items.some((item) => item.id === operation.id)
        ? changeItems(timeline, operation)
        : changeOverlays(timeline, operation);
    case 'setCaption':
    case 'addCaption':
    case 'addCallout':
    case 'addZoom':
    case 'addBlur':
      return changeOverlays(timeline, operation);
    case 'setTitle':
      return { title: operation.title, items: retitled(timeline, operation.title) };
    case 'setTheme':
      return { theme: operation.theme };
    case 'setAspect':
      return { aspect: operation.aspect };
    case 'setVoice':
      return { voice: operation.voice };
    case 'setLook':
      return { look: operation.look };
    case 'replace':
      return operation.film;
  }
}

/** An opening card that says the film's title says the new one. */
const retitled = ({ items, title }: Timeline, next: string): Timeline['items'] =>
  items.map((item) =>
    item.kind === 'card' && item.card === 'opening' && item.title === title ? { ...item, title: next } : item,
  );

/** The parts of `before` that are not those of `after`. */
function differences(after: Timeline, before: Timeline): Inverse {
  const parts = Object.keys(before) as (keyof Timeline)[];
  return Object.fromEntries(
    parts.filter((part) => after[part] !== before[part]).map((part) => [part, before[part]]),
  );
}
