import type { Candidate, CandidateStep } from '@showrunner/contracts';
import { candidate, click } from '../candidate';
import { formsOf } from '../forms';
import type { Form } from '../forms';
import { isUsable } from '../page-view';
import type { Node, PageView } from '../page-view';
import { allowed, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { fieldSteps } from '../rules/field-steps';
import { fieldKind } from '../sample-values';
import { sentence, shorten } from '../words';
import { asAsked } from './as-asked';
import type { Answers } from './act-on-row';
import { bookingStep } from './booking-steps';
import { nameOf } from './controls';
import { sameMeaning } from './meanings';
import { asksMoment, isoDay, momentIn, namesDay, namesMoment, timesIn, withoutMoment } from './moments';
import type { Moment } from './moments';
import type { IntentPart } from './read-intent';
import { slotRows } from './slot-rows';

/** Whether a part books, or chooses, a day or a time. */
export const booksMoment = (part: IntentPart): boolean => {
  const moment = momentIn(part.text);
  if (moment === undefined || part.quoted.length > 0) return false;
  const isBooking = sameMeaning(part.verb, 'book') || part.verb === 'schedul';
  const picks = part.act === 'choose' || part.act === 'press';
  return isBooking || (picks && (moment.day ?? moment.weekday) !== undefined && moment.time !== undefined);
};

/** "Book 18 March at 17:00": the entry of that moment, the form that takes it, or the calendar and the times on the page. */
export function bookMoment(part: IntentPart, context: RulesContext): Answers {
  const moment = momentIn(part.text);
  if (moment === undefined) return { candidates: [], reason: '' };
  const candidates = context.views.flatMap((view): Candidate[] => {
    const before = stepsTo(context, view);
    if (before === undefined) return [];
    const rows = slotRows(part, moment, view, context, before);
    if (rows.length > 0) return rows;
    const filled = formsOf(view).flatMap((form) => {
      const steps = throughForm(part, moment, view, form, context);
      return steps.length === 0 ? [] : [{ steps, title: titleOf(part), kind: 'create' as const }];
    });
    // Mostly something has to be pressed once all is chosen; where nothing has, choosing books.
    const drawn = [{}, { e: true }].flatMap((end) => {
      const first = bookingStep(view, { m: moment, ...end });
      return first === undefined ? [] : [{ steps: [first], title: titleOf(part), kind: 'edit' as const }];
    });
    return [...filled, ...drawn].map(({ steps, title, kind }, at) =>
      candidate({
        ...{ kind, title, ...asAsked(view) },
        steps: [...before, ...steps],
        score: 93 - at - 3 * before.length,
        words: [part.text],
      }),
    );
  });
  return {
    candidates,
    reason: candidates.length > 0 ? '' : 'Nothing was found in which this day and time could be chosen.',
  };
}

const titleOf = (part: IntentPart): string => sentence(shorten(part.text.replace(/[.!]+$/u, ''), 80));

/** Fills in a form that has a place for all that was said of the moment, and sends it. */
function throughForm(
  part: IntentPart,
  moment: Moment,
  view: PageView,
  form: Form,
  context: RulesContext,
): CandidateStep[] {
  const { button, fields } = form;
  if (button === undefined || !allowed(context, button.name)) return [];
  const given = givenAt(part, moment, view.snapshot.text);
  const kinds = fields.filter((field) => given(field) !== undefined).map(placeFor);
  const isFor = (kind: 'day' | 'time'): boolean => kinds.some((one) => one === kind || one === 'both');
  const isWhole =
    (moment.time === undefined || isFor('time')) &&
    (moment.day === undefined || isFor('day')) &&
    kinds.length > 0;
  if (!isWhole || (moment.day === undefined && moment.time === undefined)) return [];
  const sent = view.targetOf(button);
  // What stands in a field already is the app's own choice.
  const open = fields.filter(
    (field) => field.value.trim() === '' || field.required === true || given(field) !== undefined,
  );
  const steps = fieldSteps(view, { ...form, fields: open }, undefined, 'booking', given);
  return [
    ...steps,
    {
      ...click(sent, shorten(nameOf(button), 60), { kind: 'elementHidden', target: sent }, true),
      asks: asksMoment(moment, false),
    },
  ];
}

/** What of a moment a field takes. */
export function placeFor(field: Node): 'day' | 'time' | 'both' | undefined {
  if (field.inputType === 'datetime-local') return 'both';
  if (field.inputType === 'date' || field.options?.some(namesDay)) return 'day';
  if (field.inputType === 'time' || field.options?.some((option) => timesIn(option).length > 0))
    return 'time';
  return fieldKind(field) === 'date' ? 'day' : fieldKind(field) === 'time' ? 'time' : undefined;
}

/** What a form's fields get of what was said: the day, the time, and for whom it is. */
export function givenAt(
  part: IntentPart,
  moment: Moment,
  pageText: string,
): (field: Node) => string | undefined {
  const iso = isoDay(moment, pageText, new Date());
  const who = /\b(?:for|für|pour|para|per)\s+(\p{Lu}\S*(?:\s+\p{Lu}\S*)*)/u.exec(
    withoutMoment(part.text),
  )?.[1];
  return (field) => {
    if (!isUsable(field)) return undefined;
    switch (placeFor(field)) {
      case 'both':
        return iso !== undefined && moment.time !== undefined ? `${iso}T${moment.time}` : undefined;
      case 'day': {
        const { time: _time, ...day } = moment;
        return field.options === undefined ? iso : field.options.find((option) => namesMoment(option, day));
      }
      case 'time':
        return field.options === undefined
          ? moment.time
          : field.options.find((option) => timesIn(option).includes(moment.time ?? ''));
      case undefined:
        return ['person', 'firstName'].includes(fieldKind(field)) ? who : undefined;
    }
  };
}
