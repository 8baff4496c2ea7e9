import type { Feature, SourceChanges } from '@showrunner/contracts';
import { wordsOf } from './changes';
import { wasTakenOut } from './lost-features';
import { namesOfStep } from './match-features';

/**
 * Whether a feature of head is one of base under another name: of the same kind and shape, where the old name was taken out of the source and
 * the new one brought in.
 * @param how where driving `before` at head failed
 */
export function renamedFrom(
  before: Feature,
  now: Feature,
  how: { step: number; isMissing: boolean },
  changes: Pick<SourceChanges, 'added' | 'removed'> | null,
): boolean {
  if (changes === null || !how.isMissing || !wasTakenOut(before, how.step, changes)) return false;
  if (before.kind !== now.kind || shapeOf(before) !== shapeOf(now)) return false;
  const [removed, added] = [new Set(changes.removed), new Set(changes.added)];
  return namesOfStep(now, how.step).some((name) =>
    wordsOf(name).some((word) => added.has(word) && !removed.has(word)),
  );
}

/** What is done to what kinds of things, without their names. */
const shapeOf = ({ steps }: Feature): string =>
  steps
    .map(({ action }) => {
      const role = 'target' in action ? (action.target?.role ?? '') : '';
      return `${action.type} ${role}`;
    })
    .join(', ');
