import { findTargets, foldText } from '@showrunner/contracts';
import type { PageElement, Target } from '@showrunner/contracts';
import type { Node, PageNodes } from './node';

/** What equal things stand in, one each. */
const ROWS = ['listitem', 'row', 'article', 'treeitem', 'gridcell', 'figure', 'entry', 'generic'];
const NAMES = ['heading', 'link', 'rowheader', 'cell', 'gridcell', 'strong', 'paragraph', 'label'];
const LONGEST_NAME = 60;
const SHORTEST_START = 8;

/** The words of a text before its first number: what a row is called stays, what it counts changes. */
export function beforeNumbers(text: string): string {
  const start = foldText(text).split(/ (?=[#$€£¥+-]?\d)/)[0] ?? '';
  return start.length >= SHORTEST_START ? start : foldText(text);
}

/** The same for what has to tell rows apart, however short: a column keeps its name when it counts another thing. */
const wordsBefore = (text: string): string =>
  foldText(text)
    .split(/ (?=[#$€£¥+-]?\d)/)[0]
    ?.trim() ?? '';

/** The row around a node and the words that tell it from the others; undefined where nothing does. */
export function rowOf(view: PageNodes, node: Node): Target['within'] {
  const { elements } = view.snapshot;
  const element = elements[node.index];
  if (element === undefined) return undefined;
  const target: Target = { role: element.role, name: foldText(element.name), exact: true };
  for (const row of view.ancestors(node)) {
    // A rule may take something for a row that the page does not call one: then it cannot be named as one.
    const role = elements[row.index]?.role ?? '';
    if (!ROWS.includes(role)) continue;
    for (const name of namesOf(view, row, node)) {
      const within = { role, name };
      const found = findTargets(elements, { ...target, within });
      if (found.length === 1 && found[0] === element) return within;
    }
  }
  return undefined;
}

function namesOf(view: PageNodes, row: Node, node: Node): string[] {
  const inner = view.descendants(row);
  const named = NAMES.flatMap((role) => inner.filter((one) => one.role === role && one.index !== node.index));
  const controls = inner.filter((one) => ['button', 'checkbox', 'switch'].includes(one.role));
  const labels = controls.map((one) => foldText(one.name)).filter((one) => one !== '');
  // What the controls are called stands in the text, too, and is the same in every row.
  const runs = labels
    .reduce((text, label) => text.split(label).join('\u0000'), foldText(row.text ?? row.name))
    .split('\u0000');
  return [
    ...named.map((one) => foldText(one.name)),
    ...(row.parts ?? []).map((part) => foldText(part)),
    ...runs.flatMap((run) => [wordsBefore(run), foldText(run)]),
  ].filter((name) => name.length >= 2 && name.length <= LONGEST_NAME && /\p{L}{2}/u.test(name));
}

/** The row of a target on a page, by its words. */
export const findRow = (
  elements: readonly PageElement[],
  within: NonNullable<Target['within']>,
): PageElement | undefined =>
  elements.find(
    ({ role, name, text = '' }) =>
      role === within.role && (foldText(name).includes(within.name) || foldText(text).includes(within.name)),
  );

/** Everything that a row shows, with the states of what is in it. */
export const rowLooks = (elements: readonly PageElement[], row: PageElement): string => {
  const at = elements.indexOf(row);
  const isInside = (element: PageElement): boolean => {
    for (let up = element.parent; up >= at; up = elements[up]?.parent ?? -1) if (up === at) return true;
    return false;
  };
  return JSON.stringify(
    [row, ...elements.filter(isInside)].map(
      ({ name, text, value, checked, pressed, selected, expanded, disabled }) => [
        ...[name, text, value, checked, pressed, selected, expanded, disabled],
      ],
    ),
  );
};
