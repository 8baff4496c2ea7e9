import { findTargets, foldText } from '@showrunner/contracts';
import type { CandidateStep, PageSnapshot } from '@showrunner/contracts';
import { click } from '../candidate';
import { isUsable, PageView } from '../page-view';
import type { Node } from '../page-view';
import { readable, withArticle } from '../words';

/** What was opened is a calendar, of which one day is taken. */
export const CHOOSE_DAY = 'choose-day';

const DAY_ROLES = ['button', 'gridcell', 'option', 'link', 'cell', 'generic'];
const OPENS = /\b(date|day|calendar|pick|choose|open|when)\b/i;
/** How many days make a calendar, and how far after today a visit is planned. */
const FEWEST_DAYS = 20;
const DAYS_AHEAD = 4;
/** Taken where nothing says which day is today: late enough in most months to lie ahead. */
const USUAL_DAY = 18;

/** Opens the calendar of a field that cannot be typed into; which days it offers is known once it is open. */
export function daySteps(view: PageView, field: Node): CandidateStep[] {
  const opener = openerOf(view, field);
  const name = readable(field.name).toLowerCase() || 'day';
  const open = click(
    view.targetOf(opener),
    /\b(pick|choose|select)\b/i.test(name) ? 'Open the calendar' : `Choose ${withArticle(name)}`,
    { kind: 'elementVisible', target: { role: 'dialog', name: '', exact: false } },
    true,
  );
  return [{ ...open, continues: CHOOSE_DAY }];
}

/** The button beside the field, or else the field itself. */
function openerOf(view: PageView, field: Node): Node {
  const beside = view.nodes.find(
    (node) =>
      node.role === 'button' &&
      node.index > field.index &&
      node.index - field.index <= 3 &&
      isUsable(node) &&
      (node.popup !== undefined || OPENS.test(node.name)),
  );
  return field.role === 'button' ? field : (beside ?? field);
}

/** Takes a day ahead of today out of what has opened; empty when that is no calendar. */
export function stepsInCalendar(page: PageSnapshot, before: PageSnapshot | undefined): CandidateStep[] {
  const view = PageView.of(page);
  const day = dayToChoose(view, before);
  if (day === undefined) return [];
  const target = view.targetOf(day);
  const label = readable(day.name);
  const caption = /^\d+$/.test(label) ? `Choose day ${label}` : `Choose ${label}`;
  return [click(target, caption, { kind: 'elementHidden', target }, true)];
}

export function dayToChoose(view: PageView, before: PageSnapshot | undefined): Node | undefined {
  const days = view.nodes.filter(
    (node) =>
      DAY_ROLES.includes(node.role) &&
      dayNumber(node) !== undefined &&
      // A cell around the button of its day is the same day.
      !view.descendants(node).some((inner) => DAY_ROLES.includes(inner.role)) &&
      (before === undefined || isFresh(view, node, before)),
  );
  if (days.length < FEWEST_DAYS) return undefined;
  const usable = days.filter((node) => isUsable(node) && node.selected !== true);
  const today = days.findIndex((node) => node.current === true);
  if (today >= 0) {
    const ahead = usable.filter((node) => days.indexOf(node) > today);
    return ahead[DAYS_AHEAD - 1] ?? ahead[ahead.length - 1];
  }
  // Days of the month before stand first, with high numbers.
  const first = days.findIndex((node) => dayNumber(node) === 1);
  const ofMonth = usable.filter((node) => days.indexOf(node) >= first);
  return ofMonth.find((node) => (dayNumber(node) ?? 0) >= USUAL_DAY) ?? usable[usable.length - 1];
}

const isFresh = (view: PageView, node: Node, before: PageSnapshot): boolean => {
  const { nth: _nth, ...target } = view.targetOf(node);
  return findTargets(before.elements, target).length === 0;
};

/** 15 of `15`, `15 June`, `June 15`, `Tuesday, 15 June 2027`; undefined for what is no day. */
export function dayNumber(node: Pick<Node, 'name'>): number | undefined {
  const name = foldText(node.name);
  const plain = /^\d{1,2}$/.exec(name)?.[0];
  const named = /\p{L}/u.test(name)
    ? /(?<![\d:.])\b(\d{1,2})(?:st|nd|rd|th|\.)?(?!\.?\d|:)/u.exec(name)?.[1]
    : undefined;
  const day = Number(plain ?? (name.length <= 40 ? named : undefined) ?? 0);
  return day >= 1 && day <= 31 ? day : undefined;
}
