import type { CandidateStep, PageSnapshot } from '@showrunner/contracts';
import { click, fill, step } from '../candidate';
import { isUsable, PageView } from '../page-view';
import type { Node } from '../page-view';
import { BOOKS } from '../rules/day';
import { readable, shorten } from '../words';
import { isControl, nameOf } from './controls';
import { daysToward } from './entering';
import { asksMoment, isoDay, namesMoment, timesIn } from './moments';
import type { Moment } from './moments';
import { noteOf } from './note';

/** A day, or a time, was chosen: what follows until it is booked. */
export const BOOK_AT = 'book-at';

/** Written into the note of a step, so its names are short. */
interface Booking {
  m: Moment;
  /** The day was chosen, the time was. */
  d?: boolean;
  h?: boolean;
  /** Choosing books: nothing has to be pressed for it afterwards. */
  e?: boolean;
}

const SENDS =
  /^(?:submit|ok|done|save|next|add|schedule|absenden|speichern|weiter|valider|aceptar|conferma|confirmer|confirmar)\b/iu;
/** Fewer numbers side by side are no calendar. */
const FEWEST_DAYS = 20;

/** The next step towards a booking on the page as it is: the day, then the time, then what books it. Undefined when there is none. */
export function bookingStep(
  view: PageView,
  { m, d = false, h = false, e }: Booking,
): CandidateStep | undefined {
  const ends = e === undefined ? {} : { e };
  const wantsDay = !d && (m.day ?? m.weekday) !== undefined;
  const whole =
    wantsDay && m.time !== undefined && !h ? (onlyNamed(view, m) ?? underDay(view, m)) : undefined;
  if (whole !== undefined) return chosen(view, whole, { m, d: true, h: true, ...ends });
  if (wantsDay) {
    const { time: _time, ...day } = m;
    const field = view.nodes.find((node) => node.inputType === 'date' && isUsable(node));
    const iso = isoDay(m, view.snapshot.text, new Date());
    if (field !== undefined && iso !== undefined)
      return goesOn(fill(view.targetOf(field), iso, `Choose ${iso}`), { m, d: true, ...ends });
    const named = onlyNamed(view, day);
    if (named !== undefined) return chosen(view, named, { m, d: true, ...ends });
    return inCalendar(view, { m, ...ends });
  }
  if (m.time !== undefined && !h) return timeStep(view, { m, ...ends });
  const books = booksIn(view);
  return books === undefined ? undefined : booked(view, books, m);
}

/** One control alone is called so. */
function onlyNamed(view: PageView, wanted: Moment): Node | undefined {
  const named = pressables(view).filter((node) => namesMoment(nameOf(node), wanted));
  return named.length === 1 ? named[0] : undefined;
}

/** The one time of the day that is asked for, below the heading of its day. */
function underDay(view: PageView, m: Moment): Node | undefined {
  const { time = '', ...day } = m;
  const headings = view.ofRole('heading', 'columnheader', 'rowheader');
  const named = pressables(view).filter((node) => {
    const over = headings.filter(({ index }) => index < node.index);
    return timesIn(nameOf(node)).includes(time) && namesMoment(over[over.length - 1]?.name ?? '', day);
  });
  return named.length === 1 ? named[0] : undefined;
}

const pressables = (view: PageView): Node[] =>
  view.nodes.filter(
    (node) =>
      isUsable(node) &&
      (isControl(node) || node.role === 'generic') &&
      nameOf(node).length <= 60 &&
      !view.descendants(node).some((inner) => isControl(inner) || inner.role === 'generic'),
  );

/** Days of a month in a grid: the day, or the way to its month. */
function inCalendar(view: PageView, { m, ...ends }: Booking): CandidateStep | undefined {
  const days = view.nodes.filter(({ name }) => /^\d{1,2}$/.test(name.trim()));
  const shown = /(\p{L}{3,9})\s*,?\s*(\d{4})/u.exec(view.snapshot.text)?.[2];
  const { day, month } = m;
  if (days.length < FEWEST_DAYS || day === undefined || month === undefined || shown === undefined)
    return undefined;
  const year = m.year ?? nextFrom(view.snapshot.text, m);
  const iso = isoDay({ ...m, year }, '', new Date());
  const [next] = iso === undefined ? [] : daysToward(view.snapshot, iso);
  return next === undefined
    ? undefined
    : goesOn(next, { m: { ...m, year }, d: next.continues === undefined, ...ends });
}

/** The year in which the month comes next after the one that is shown. */
function nextFrom(text: string, { month = 1 }: Moment): number {
  const now = new Date();
  const years = [...text.matchAll(/(?<!\d)(20\d{2})(?!\d)/gu)].map(([year]) => Number(year));
  const shown = years[0] ?? now.getUTCFullYear();
  const at = Date.parse(`${/(\p{L}{3,9})\s*,?\s*\d{4}/u.exec(text)?.[1] ?? ''} 1 ${shown} UTC`);
  const first = Number.isFinite(at) ? new Date(at).getUTCMonth() + 1 : 1;
  return month >= first ? shown : shown + 1;
}

/** The time of the day that was chosen: in a list, in a field, or as something to press. */
function timeStep(view: PageView, { m, ...ends }: Booking): CandidateStep | undefined {
  const { time = '' } = m;
  const has = (text: string): boolean => timesIn(text).includes(time);
  const list = view.nodes.find((node) => node.options?.some(has) === true && isUsable(node));
  const option = list?.options?.find(has);
  if (list !== undefined && option !== undefined) {
    const target = view.targetOf(list);
    const success = { kind: 'value', target, equals: option } as const;
    return goesOn(step({ type: 'select', target, option }, `Choose ${shorten(option, 40)}`, success), {
      m,
      d: true,
      h: true,
      ...ends,
    });
  }
  const field = view.nodes.find((node) => node.inputType === 'time' && isUsable(node));
  if (field !== undefined)
    return goesOn(fill(view.targetOf(field), time, `Choose ${time}`), { m, d: true, h: true, ...ends });
  const [slot, ...others] = pressables(view).filter((node) => has(nameOf(node)));
  return slot === undefined || others.length > 0
    ? undefined
    : chosen(view, slot, { m, d: true, h: true, ...ends });
}

const booksIn = (view: PageView): Node | undefined => {
  const buttons = view.ofRole('button').filter(isUsable);
  return (
    buttons.find((node) => BOOKS.test(readable(node.name)) && timesIn(node.name).length === 0) ??
    buttons.find((node) => SENDS.test(readable(node.name)))
  );
};

const booked = (view: PageView, node: Node, m: Moment): CandidateStep => {
  const target = view.targetOf(node);
  return {
    ...click(target, shorten(nameOf(node), 60), { kind: 'elementHidden', target }, true),
    asks: asksMoment(m, false),
  };
};

/** A click on what names the day or the time; what it does is learned. */
function chosen(view: PageView, node: Node, then: Booking): CandidateStep {
  const target = view.targetOf(node);
  return goesOn(
    click(target, `Choose ${shorten(nameOf(node), 40)}`, { kind: 'elementHidden', target }, true),
    then,
  );
}

/** The step with what follows it, held against as much of the moment as has been chosen with it. */
function goesOn(one: CandidateStep, then: Booking): CandidateStep {
  const { continues: _other, ...plain } = one;
  const { time: _time, ...day } = then.m;
  const isChosen = then.d === true;
  const isAll = then.h === true || (isChosen && then.m.time === undefined);
  const asks = asksMoment(then.h ? then.m : day, isAll && then.e === true);
  const own = isChosen ? { ...plain, asks } : plain;
  const note = isAll && then.e ? undefined : noteOf(BOOK_AT, then);
  return note === undefined ? own : { ...own, continues: note };
}

/** The next step, on the page that the last one has led to. */
export function stepsOfBooking(page: PageSnapshot, note: string): CandidateStep[] {
  const view = PageView.of(page);
  const next = bookingStep(view, JSON.parse(note) as Booking);
  return next === undefined ? [] : [next];
}
