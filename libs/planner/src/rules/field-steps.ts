import { foldText } from '@showrunner/contracts';
import type { CandidateStep } from '@showrunner/contracts';
import { click, fill, step } from '../candidate';
import type { Form } from '../forms';
import { DRAWN_CHOICE } from '../intent/drawn-choice';
import { noteOf } from '../intent/note';
import { isChoiceBox, isCompletion, isFileField, isTextField } from '../page-view';
import type { Node, PageView } from '../page-view';
import type { RulesContext } from '../rules-context';
import { fileFor, valueFor } from '../sample-values';
import { readable, shorten, withArticle } from '../words';
import { daySteps } from './calendar';
import { CHOOSE_OPTION, TAKE_SUGGESTION } from './choices';

/** Optional text fields are filled up to so many fields in all. */
const MOST_FIELDS = 5;
/** What says that nothing is chosen yet. */
const NOTHING_CHOSEN = /^(-|–|—|select|choose|pick|please|all\b|none|any\b)/i;
const ASKS_TO_CHOOSE = /\b(select|choose|pick|none)\b/i;

/**
 * Fills in a form: what it requires, the field that stands for what is made, and a few others, in the order of the page. `given`: what the
 * user wants in a field.
 */
export function fieldSteps(
  view: PageView,
  form: Form,
  subject: { field: Node; text: string } | undefined,
  noun: string,
  given: RulesContext['given'] = () => undefined,
  most = MOST_FIELDS,
): CandidateStep[] {
  const required = form.fields.filter(
    (field) =>
      field.required === true ||
      given(field) !== undefined ||
      field.index === subject?.field.index ||
      (isChoiceBox(field) && ASKS_TO_CHOOSE.test(`${field.name} ${field.text ?? ''}`)),
  );
  const optional = form.fields.filter((field) => !required.includes(field) && isTextField(field));
  const chosen = [...required, ...optional.slice(0, Math.max(0, most - required.length))];
  const inOrder = [...chosen, ...form.pickers].sort((a, b) => a.index - b.index);
  const steps: CandidateStep[] = [];
  for (const field of inOrder) {
    const text = field.index === subject?.field.index ? subject.text : undefined;
    // One of a group of radios is enough.
    const isAnswered =
      field.role === 'radio' &&
      (steps.some((one) => one.success.kind === 'state') ||
        form.fields.some((other) => other.role === 'radio' && given(other) !== undefined));
    const wanted = text === undefined ? given(field) : undefined;
    if (wanted !== undefined) steps.push(...givenSteps(view, field, wanted));
    else if (!isAnswered) steps.push(...stepsFor(view, form, field, text, noun));
  }
  return steps;
}

/** The value that the user names: typed, or chosen where the field offers it. */
function givenSteps(view: PageView, field: Node, value: string): CandidateStep[] {
  const target = view.targetOf(field);
  const name = shorten(readable(field.name) || readable(field.placeholder ?? '') || 'field', 40);
  if (field.options) {
    const option = field.options.find((one) => one.toLowerCase() === value.toLowerCase());
    if (option === undefined || option === field.value) return [];
    return [
      step({ type: 'select', target, option }, `Choose ${shorten(option, 40)}`, {
        ...{ kind: 'value', target, equals: option },
      }),
    ];
  }
  if (isCompletion(field)) return [completingStep(view, field, value)];
  if (isChoiceBox(field)) {
    const note = noteOf(DRAWN_CHOICE, { v: value });
    return note === undefined ? [] : [{ ...openingStep(view, field), continues: note }];
  }
  if (['checkbox', 'radio', 'switch'].includes(field.role))
    return field.checked === true
      ? []
      : [click(target, boxCaption(name), { kind: 'state', target, state: 'checked', equals: true })];
  return isTextField(field) && field.value !== value ? [fill(target, value, fieldCaption(name))] : [];
}

/** What is put into a calendar is seen where its month is shown: a day of the sample becomes one of that month. */
function dayShown(view: PageView, value: string): string {
  const day = /^\d{4}-\d{2}-(\d{2}.*)$/.exec(value)?.[1];
  const month = view.nodes
    .map(({ name }) => foldText(name))
    .find((name) => /^\p{L}{3,} \d{4}$/u.test(name) && Number.isFinite(Date.parse(`${name} 1 UTC`)));
  if (day === undefined || month === undefined) return value;
  return `${new Date(`${month} 1 UTC`).toISOString().slice(0, 7)}-${day}`;
}

function stepsFor(
  view: PageView,
  form: Form,
  field: Node,
  subject: string | undefined,
  noun: string,
): CandidateStep[] {
  const target = view.targetOf(field);
  const name = readable(field.name) || readable(field.placeholder ?? '') || noun;
  if (form.pickers.includes(field)) return daySteps(view, field);
  if (isChoiceBox(field)) return [openingStep(view, field)];
  if (isFileField(field)) {
    const file = fileFor(field);
    return [
      step({ type: 'upload', target, file }, `Choose the file ${file}`, {
        kind: 'value',
        target,
        equals: file,
      }),
    ];
  }
  if (isCompletion(field)) {
    const text = subject ?? valueFor(field);
    return text === '' ? [] : [completingStep(view, field, text)];
  }
  if (subject !== undefined) return [fill(target, subject, `Write “${shorten(subject, 50)}”`)];
  if (isTextField(field)) {
    const text = dayShown(view, valueFor(field));
    return text === '' || field.value === text ? [] : [fill(target, text, fieldCaption(name))];
  }
  if (field.role === 'combobox' || field.role === 'listbox') return optionSteps(view, field);
  if (['checkbox', 'radio', 'switch'].includes(field.role) && field.checked !== true)
    return [click(target, boxCaption(name), { kind: 'state', target, state: 'checked', equals: true })];
  return [];
}

/** Opens a list that is no `<select>`: what it offers is known once it is open. */
function openingStep(view: PageView, field: Node): CandidateStep {
  const open = click(
    view.targetOf(field),
    `Choose ${withArticle(choiceName(field))}`,
    { kind: 'count', role: 'option', change: 'more' },
    true,
  );
  return { ...open, continues: CHOOSE_OPTION };
}

/** Types into a field that offers completions; one of them is then taken. */
export function completingStep(view: PageView, field: Node, text: string): CandidateStep {
  const typing = step(
    { type: 'type', target: view.targetOf(field), text, submit: false },
    `Write “${shorten(text, 50)}”`,
    { kind: 'count', role: 'option', change: 'more' },
  );
  return { ...typing, continues: `${TAKE_SUGGESTION} ${text}`.slice(0, 200) };
}

const optionSteps = (view: PageView, field: Node): CandidateStep[] => {
  const target = view.targetOf(field);
  const option = field.options?.find(
    (one) => foldText(one) !== '' && one !== field.value && !NOTHING_CHOSEN.test(one),
  );
  if (option === undefined || (field.value !== '' && !NOTHING_CHOSEN.test(field.value))) return [];
  return [
    step({ type: 'select', target, option }, `Choose ${shorten(option, 40)}`, {
      kind: 'value',
      target,
      equals: option,
    }),
  ];
};

/** `category` of a box named `Category Choose…`. */
export function choiceName(field: Node): string {
  const shown = foldText(field.text ?? '');
  const name = readable(foldText(field.name).replace(shown, ' '))
    .replace(/\b(please )?(select|choose|pick)( (an?|the|your))?\b.*$/i, '')
    .replace(/[:*]+$/, '')
    .trim()
    .toLowerCase();
  const asked = /\b(?:select|choose|pick) (?:an? |the |your )?(\p{L}+)/iu.exec(`${field.name} ${shown}`)?.[1];
  return name !== '' && name.length <= 40 ? name : (asked?.toLowerCase() ?? 'value');
}

const boxCaption = (name: string): string =>
  /\b(agree|terms|accept|consent|conditions)\b/i.test(name)
    ? 'Accept the terms'
    : `Choose ${shorten(name, 40)}`;

const fieldCaption = (name: string): string =>
  /\?$/.test(name) ? `Answer “${shorten(name, 60)}”` : `Fill in ${fieldName(name)}`;

const fieldName = (name: string): string =>
  name.replace(/[:*]+$/, '').trim().length <= 3 ? `“${name.replace(/[:*]+$/, '').trim()}”` : fullName(name);

const fullName = (label: string): string => {
  // A label may say what to do with its field.
  const name = label.replace(/^(?:please )?(?:enter|type|input|fill in|provide) (?=\p{L})/iu, '');
  return /^(your|the|a|an) /i.test(name)
    ? name.toLowerCase()
    : `the ${name
        .toLowerCase()
        .replace(/[:*]+$/, '')
        .trim()}`;
};
