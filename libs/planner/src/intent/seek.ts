import type { CandidateStep, PageSnapshot } from '@showrunner/contracts';
import { step } from '../candidate';
import { isUsable, PageView } from '../page-view';
import type { Node } from '../page-view';
import { shorten } from '../words';
import { composeNote } from './compose';
import type { Message } from './compose';
import { clickOn, nameOf } from './controls';
import { meantOn } from './meant';
import { noteOf } from './note';

/** What was opened may hold the control that is looked for, or more to open. */
export const SEEK = 'seek';
const MOST_OPENED = 12;

/** What is looked for, and what was done on the way; written into the note of a step, so its names are short. */
interface Sought {
  /** How the control is spoken of. */
  p: string;
  /** What was opened already. */
  o?: string[];
  /** What is written once the control was used. */
  c?: Message;
}

/** The note of a step after which a control is looked for; undefined when it would be too long. */
export const seekNote = (sought: Sought): string | undefined => noteOf(SEEK, sought);

/**
 * The next step on the way to a control that hides behind something: the click on it where it shows, else the one that opens the next
 * section, tab, branch or menu that was not opened yet. Empty when there is nothing left to open.
 */
export function stepsToward(view: PageView, sought: Sought): CandidateStep[] {
  const { p, o: opened = [], c } = sought;
  const found = meantOn(view, p);
  if (found !== undefined) {
    const clicked = clickOn(view, found, view.targetOf(found), `Click ${shorten(nameOf(found), 60)}`);
    const note = c && composeNote(c);
    return c === undefined ? [clicked] : note === undefined ? [] : [{ ...clicked, continues: note }];
  }
  const next = closedOn(view).find((node) => !opened.includes(keyOf(view, node)));
  if (next === undefined || opened.length >= MOST_OPENED) return [];
  const note = seekNote({ ...sought, o: [...opened, keyOf(view, next)] });
  return note === undefined ? [] : [{ ...openStep(view, next), continues: note }];
}

/** Opens something closed: a menu within a menu by pointing at it, as a click would take it. */
export function openStep(view: PageView, node: Node): CandidateStep {
  const target = view.targetOf(node);
  const name = shorten(nameOf(node), 60);
  if (node.role !== 'menuitem' || node.popup === undefined)
    return clickOn(view, node, target, `Open ${name}`);
  return step({ type: 'hover', target }, `Point at ${name}`, { kind: 'elementHidden', target }, true);
}

/** The same, on the page that the last step has led to. */
export const stepsOnward = (page: PageSnapshot, note: string): CandidateStep[] =>
  stepsToward(PageView.of(page), JSON.parse(note) as Sought);

/** Short: many of them have to fit into a note. */
const keyOf = (view: PageView, node: Node): string => {
  const { name, nth } = view.targetOf(node);
  return `${name.slice(0, 12)}${nth ?? ''}`;
};

/** What can be opened and is closed: sections, branches, tabs that are not shown. */
export const closedOn = (view: PageView): Node[] =>
  view.nodes.filter(
    (node) =>
      isUsable(node) &&
      nameOf(node) !== '' &&
      node.href?.startsWith('http') !== true &&
      ((node.role === 'menuitem' && node.popup !== undefined && node.expanded !== true) ||
        (node.expanded === false && ['button', 'tab', 'treeitem', 'heading'].includes(node.role)) ||
        (node.role === 'tab' && node.selected === false && node.expanded === undefined)),
  );
