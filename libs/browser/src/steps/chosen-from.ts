import type { ChosenFrom, PageElement, StepAction } from '@showrunner/contracts';

/** A list is drawn with so many rows at most. */
const MOST_ROWS = 12;
const LONGEST = 200;

/**
 * The list of which an action chooses, where it is one that the browser draws outside of the page's picture: the closed list of a `select`. The
 * rows around the chosen one; undefined for other actions, for lists that the page draws itself, and for an option that is not on the list.
 */
export function chosenFrom(action: StepAction, element: PageElement | undefined): ChosenFrom | undefined {
  if (action.type !== 'select' || element?.role !== 'combobox') return undefined;
  const { options = [], value } = element;
  const to = options.indexOf(action.option);
  if (to === -1) return undefined;
  const first = Math.max(0, Math.min(to - MOST_ROWS / 2 + 1, options.length - MOST_ROWS));
  const shown = options.slice(first, first + MOST_ROWS);
  return {
    options: shown.map((label) => label.slice(0, LONGEST)),
    from: shown.indexOf(value),
    to: to - first,
  };
}
