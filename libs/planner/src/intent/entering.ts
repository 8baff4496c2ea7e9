import { foldText } from '@showrunner/contracts';
import type { Candidate, CandidateStep, PageSnapshot, Target } from '@showrunner/contracts';
import { candidate, click, fill, step } from '../candidate';
import { isTextField, isUsable, PageView } from '../page-view';
import type { Node } from '../page-view';
import { fieldKind } from '../sample-values';
import { readable, shorten } from '../words';
import { asAsked } from './as-asked';
import { asksMoment, isoDay, momentIn } from './moments';
import { noteOf } from './note';
import { nameOf } from './controls';
import { dayIn, isoDate, monthOf } from './dates';
import { readPhrase } from './phrase';
import type { IntentPart } from './read-intent';

/** A calendar is open, in which one day is meant. */
export const ON_DAY = 'on-day';
/** Suggestions are open, of which one is meant. */
export const SUGGESTED = 'suggested';
const MOST_KEYS = 20;

/** The value as it is said, or as the page has it: in another field, or beside a label in a table. */
export function valueOf(part: IntentPart, view: PageView): string | undefined {
  if (part.copies !== undefined) return copied(view, part.copies);
  const label = /^(?:the\s+)?(?:value|content)\s+(?:of|for)\s+(.+)$/iu.exec(part.value ?? '')?.[1];
  return (label === undefined ? undefined : beside(view, label)) ?? part.value;
}

function copied(view: PageView, phrase: string): string | undefined {
  const { isOfKind, ordinal } = readPhrase(phrase);
  const fields = view.nodes.filter((node) => isTextField(node) && (isOfKind?.(node) ?? true));
  const field = ordinal === undefined ? (fields.length === 1 ? fields[0] : undefined) : fields[ordinal];
  return field === undefined || field.value === '' ? undefined : field.value;
}

/** What stands in the cell after the one with the label. */
function beside(view: PageView, label: string): string | undefined {
  const cells = view.ofRole('cell', 'gridcell', 'rowheader');
  const at = cells.findIndex((cell) => foldText(cell.name).toLowerCase() === foldText(label).toLowerCase());
  const next = cells[at + 1];
  return at !== -1 && next?.parent === cells[at]?.parent ? next?.name : undefined;
}

/** Keys that count up or down to a number, for a field that takes no typing. */
export function stepwise(node: Node, target: Target, text: string, caption: string): CandidateStep[][] {
  const distance = Number(text) - Number(node.value);
  if (node.role !== 'spinbutton' || !Number.isInteger(distance) || distance === 0) return [];
  if (Math.abs(distance) > MOST_KEYS) return [];
  const way = Math.sign(distance);
  return [
    Array.from({ length: Math.abs(distance) }, (_, n) =>
      step({ type: 'press', key: way > 0 ? 'ArrowUp' : 'ArrowDown', target }, caption, {
        kind: 'value',
        target,
        equals: String(Number(node.value) + way * (n + 1)),
      }),
    ),
  ];
}

/** What one of the suggestions of a field begins and ends with. */
interface Suggestion {
  s: string;
  e?: string;
}

export function suggestion(text: string): Suggestion | undefined {
  const match =
    /\b(?:starts?|starting|begins?|beginning)\s+with\s+["“„]([^"“”]+)["”“](?:\s+and\s+(?:ends?|ending)\s+with\s+["“„]([^"“”]+)["”“])?/iu.exec(
      text,
    );
  return match?.[1] === undefined
    ? undefined
    : { s: match[1], ...(match[2] === undefined ? {} : { e: match[2] }) };
}

/** Types what it begins with and takes what the field then suggests. */
export function takeSuggestion(
  view: PageView,
  field: Node,
  wanted: Suggestion,
  before: CandidateStep[],
  send: boolean,
): Candidate[] {
  const name = shorten(readable(field.name) || 'the field', 40);
  const typed = fill(view.targetOf(field), wanted.s, `Type “${wanted.s}”`);
  const note = noteOf(SUGGESTED, { ...wanted, f: view.targetOf(field).name, ...(send && { send }) });
  if (note === undefined) return [];
  return [
    candidate({
      kind: 'edit',
      title: `Choose what begins with “${wanted.s}” for ${name}`,
      ...asAsked(view),
      steps: [...before, { ...typed, continues: note }],
      score: 94 - 3 * before.length,
      words: [name],
    }),
  ];
}

/** The click on the suggestion, and the one that sends the form when nothing else is asked for. */
export function suggestedSteps(page: PageSnapshot, note: string): CandidateStep[] {
  const { s, e = '', f, send } = JSON.parse(note) as Suggestion & { f: string; send?: boolean };
  const view = PageView.of(page);
  const lower = (text: string): string => text.toLowerCase();
  const option = view
    .ofRole('option', 'menuitem', 'listitem', 'button', 'generic')
    .find((node) => lower(nameOf(node)).startsWith(lower(s)) && lower(nameOf(node)).endsWith(lower(e)));
  const field = view.nodes.find((node) => isTextField(node) && foldText(node.name) === f);
  if (option === undefined || field === undefined) return [];
  const chosen = click(view.targetOf(option), `Choose ${shorten(nameOf(option), 60)}`, {
    kind: 'value',
    target: view.targetOf(field),
    equals: nameOf(option),
  });
  const submit = send
    ? view.nodes.find((node) => node.role === 'button' && /^submit$/i.test(nameOf(node)))
    : undefined;
  return submit === undefined
    ? [chosen]
    : [chosen, click(view.targetOf(submit), nameOf(submit), { kind: 'textVisible', text: 'Saved' }, true)];
}

/** A day as people say it, without its year or from today on, as a date field takes it. */
export const dayMeant = (value: string, pageText: string): string | undefined => {
  const moment = momentIn(value);
  return moment && isoDay(moment, pageText, new Date());
};

/** A day for a field that only a calendar fills; undefined when the value is no day or there is no such field. */
export function onDay(
  part: IntentPart,
  value: string,
  view: PageView,
  before: CandidateStep[],
): Candidate | undefined {
  const iso = isoDate(value) ?? dayMeant(value, view.snapshot.text);
  if (iso === undefined) return undefined;
  const fields = view.nodes.filter(
    (node) => node.role === 'textbox' && node.readonly === true && node.disabled !== true,
  );
  const dated = fields.filter((node) => fieldKind(node) === 'date');
  const field = dated.length === 1 ? dated[0] : fields.length === 1 ? fields[0] : undefined;
  if (field === undefined) return undefined;
  const name = shorten(readable(field.name).replace(/[:*]+$/, '') || 'date', 40);
  const opened = click(
    view.targetOf(field),
    `Open the calendar of ${name}`,
    { kind: 'elementVisible', target: { role: 'dialog', name: '', exact: false } },
    true,
  );
  return candidate({
    kind: 'edit',
    title: `Set ${name} to ${shorten(value, 40)}`,
    ...asAsked(view),
    steps: [...before, { ...opened, continues: `${ON_DAY} ${iso}` }],
    score: 94 - 3 * before.length,
    words: [name, part.object],
    about: value,
  });
}

const DAY_ROLES = ['link', 'button', 'gridcell', 'option', 'cell', 'generic'];
const BACK =
  /^(?:prev(?:ious)?(?: month)?|back|‹|<|«|←|vorheriger? ?(?:monat)?|zurück|précédent|anterior)$/iu;
const ONWARD = /^(?:next(?: month)?|forward|›|>|»|→|nächster? ?(?:monat)?|weiter|suivant|siguiente)$/iu;

/** The day where the calendar shows its month, else the click that goes one month towards it. */
export function daysToward(page: PageSnapshot, iso: string): CandidateStep[] {
  const wanted = dayIn(iso);
  const view = PageView.of(page);
  const shown = [...page.text.matchAll(/(\p{L}{3,9})\s*,?\s*(\d{4})/gu)]
    .map((match) => ({ month: monthOf(match[1] ?? ''), year: Number(match[2]) }))
    .find(({ month }) => month !== undefined);
  if (wanted === undefined || shown?.month === undefined) return [];
  const ahead = (wanted.year - shown.year) * 12 + wanted.month - shown.month;
  const usable = view.nodes.filter(isUsable);
  if (ahead !== 0) {
    const turn = usable.find(
      (node) =>
        ['link', 'button', 'generic'].includes(node.role) &&
        (ahead > 0 ? ONWARD : BACK).test(node.name.trim()),
    );
    if (turn === undefined) return [];
    const target = view.targetOf(turn);
    const turned = click(
      target,
      ahead > 0 ? 'Next month' : 'Previous month',
      { kind: 'elementHidden', target },
      true,
    );
    return [{ ...turned, continues: `${ON_DAY} ${iso}` }];
  }
  const days = usable.filter(
    (node) =>
      DAY_ROLES.includes(node.role) &&
      foldText(node.name) === String(wanted.day) &&
      !view.descendants(node).some((one) => DAY_ROLES.includes(one.role)),
  );
  // Days of the months beside this one stand in the same grid: early ones last, late ones first.
  const day = wanted.day > 15 ? days[days.length - 1] : days[0];
  if (day === undefined) return [];
  const target = view.targetOf(day);
  const { day: of, month } = wanted;
  const chosen = click(target, `Choose day ${of}`, { kind: 'elementHidden', target }, true);
  return [{ ...chosen, asks: asksMoment({ day: of, month }, false) }];
}
