import { foldText } from '@showrunner/contracts';
import type { Candidate, CandidateStep, Target } from '@showrunner/contracts';
import { candidate, click, fill, step, submit } from '../candidate';
import { formsOf } from '../forms';
import { isField, isTextField, isUsable } from '../page-view';
import type { Node, PageView } from '../page-view';
import { allowed, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { stableTarget } from '../rules/adjust';
import { fieldHint } from '../sample-values';
import { readable, shorten, stem, stemsOf, wordsOf } from '../words';
import { asAsked } from './as-asked';
import type { Answers } from './act-on-row';
import { groupSaid } from './choice-groups';
import { columnOver } from './cell-column';
import { clickOn, controlsNamed, isControl, nameOf, namingWords } from './controls';
import { ordinalOf, STRUCTURE_WORDS } from './lexicon';
import { sameMeaning } from './meanings';
import { readIntent } from './read-intent';
import type { IntentPart } from './read-intent';
import { dayMeant, onDay, stepwise, suggestion, takeSuggestion, valueOf } from './entering';
import { readPhrase } from './phrase';
import { referTo } from './refer';
import { slideSteps } from './slide';
import { isoDate, isoTime } from './dates';
import { rowsOf, targetInRow } from './rows';
import type { Row } from './rows';

interface FoundField {
  node: Node;
  target: Target;
  row?: Row;
}

/** A value that the user names, entered into the field that is named: typed, or chosen where there is a choice. */
export function enterValue(part: IntentPart, context: RulesContext): Answers {
  let reason = '';
  const candidates = context.views.flatMap((view) => {
    const before = stepsTo(context, view);
    const value = valueOf(part, view);
    if (before === undefined) return [];
    if (value === undefined) {
      if (part.copies !== undefined)
        reason ||= `Nothing was found that “${shorten(part.copies, 60)}” could mean.`;
      return [];
    }
    const day = onDay(part, value, view, before);
    if (day !== undefined) return [day];
    const suggested = suggestion(part.text);
    const fields = fieldsFor(suggested === undefined ? part : { ...part, object: '' }, view, context);
    if (ALL_FIELDS.test(part.object)) return enterIntoAll(view, value, before);
    if (fields.length === 0) {
      const choice =
        part.act === 'choose' || part.act === 'set' ? choiceNamed(part, view, before, value) : [];
      if (choice.length === 0)
        reason ||=
          part.object === ''
            ? `Nothing that could take “${shorten(value, 60)}” was found.`
            : `No field called “${shorten(labelOf(part), 60)}” was found.`;
      return choice;
    }
    return fields.slice(0, 2).flatMap((field) => {
      if (suggested !== undefined)
        return takeSuggestion(view, field.node, suggested, before, isLast(part, context));
      const made = enterInto(part, context, view, field, value, before);
      if (made.length === 0) reason ||= whyNot(field.node, value);
      return made;
    });
  });
  return { candidates, reason };
}

/** "Into both fields". */
const ALL_FIELDS = /^(?:both|all|each|every)\b.*\b(?:fields?|boxes|inputs?|textboxes)\s*$/iu;

function enterIntoAll(view: PageView, value: string, before: CandidateStep[]): Candidate[] {
  const fields = view.nodes.filter((node) => isTextField(node) && isUsable(node));
  if (fields.length < 2) return [];
  return [
    candidate({
      kind: 'edit',
      title: `Enter “${shorten(value, 40)}” into all fields`,
      ...asAsked(view),
      steps: [
        ...before,
        ...fields.map((node) =>
          fill(view.targetOf(node), value, `Enter ${shorten(readable(node.name) || 'the text', 60)}`),
        ),
      ],
      score: 94 - 3 * before.length,
      about: value,
    }),
  ];
}

const labelOf = (part: IntentPart): string =>
  foldText(part.object.replace(/^(?:the|my|a|its)\s+/iu, '').replace(/\s+(?:field|box|input)$/iu, ''));

const whyNot = (node: Node, value: string): string => {
  const name = shorten(nameOf(node) || 'The field', 40);
  if (node.options) return `“${name}” does not offer “${shorten(value, 60)}”.`;
  return node.value === value
    ? `“${name}” is “${shorten(value, 60)}” already.`
    : `“${name}” cannot take “${shorten(value, 60)}”.`;
};

/** Fields that the object's words name; in a row when these name one, too. */
function fieldsFor(part: IntentPart, view: PageView, context: RulesContext): FoundField[] {
  const words = namingWords(labelOf(part))
    .filter((word) => ordinalOf(word) === undefined)
    .filter(
      (word) =>
        !STRUCTURE_WORDS.has(word) ||
        word === 'name' ||
        word === 'text' ||
        word === 'value' ||
        word === 'label',
    );
  const fields = view.nodes.filter(
    (node) => isField(node) && isUsable(node) && !['checkbox', 'radio', 'switch'].includes(node.role),
  );
  const plain = (node: Node): FoundField => ({ node, target: view.targetOf(node) });
  if (words.length === 0) return unnamed(part, fields).map(plain);
  // A field without a name is known by what it takes.
  const hintOf = (node: Node): string[] => stemsOf(`${fieldHint(node)} ${node.inputType ?? ''}`);
  const score = (node: Node, hint = hintOf(node)): number => {
    const met = words.filter((word) => hint.some((one) => sameMeaning(one, stem(word)))).length;
    return met === 0 ? 0 : met / words.length + met / Math.max(1, hint.length) / 10;
  };
  const whole = fields.filter((node) => score(node) >= 1);
  if (whole.length > 0) return [...whole].sort((a, b) => score(b) - score(a)).map(plain);
  if (words.every((word) => GENERIC.has(word))) return unnamed(part, fields).map(plain);
  // "The quantity of the walnut lamp": some words name the field, or the column of its cell, the others the row.
  const hintInRow = (node: Node): string[] => [...hintOf(node), ...stemsOf(columnOver(view, node))];
  return rowsOf(view).flatMap((row): FoundField[] => {
    const alone = fields.filter((node) => row.members.some((one) => one.index === node.index));
    const scored = alone
      .map((node) => ({ node, score: score(node, hintInRow(node)) }))
      .filter((one) => one.score > 0)
      .sort((a, b) => b.score - a.score);
    const field = scored[0]?.node ?? (alone.length === 1 && part.act !== 'edit' ? alone[0] : undefined);
    if (field === undefined) return [];
    const hint = hintInRow(field);
    const explained = (word: string): boolean => hint.some((one) => sameMeaning(one, stem(word)));
    const referred = referTo(part, [row], view, {
      explained,
      ...(context.focus === undefined ? {} : { focus: context.focus }),
    });
    return 'rows' in referred && referred.rows.length > 0
      ? [{ node: field, target: targetInRow(view, row, field), row }]
      : [];
  });
}

/** Words for a field that are no name of it. */
const GENERIC = new Set(
  'text input value textbox textarea spinner slider dropdown number list select'.split(' '),
);

/** Without a name it is clear which field is meant only by its place, or where there is one of its kind. */
function unnamed(part: IntentPart, fields: readonly Node[]): Node[] {
  const isOfKind = readPhrase(part.object).isOfKind ?? (() => true);
  const alike = fields.filter(isOfKind);
  const { ordinal } = part;
  if (ordinal !== undefined) return alike.slice(ordinal < 0 ? alike.length + ordinal : ordinal).slice(0, 1);
  if (alike.length === 1) return alike;
  const texts = fields.filter(isTextField);
  return texts.length === 1 && part.act === 'set' ? texts : [];
}

function enterInto(
  part: IntentPart,
  context: RulesContext,
  view: PageView,
  { node, target, row }: FoundField,
  value: string,
  before: CandidateStep[],
): Candidate[] {
  const name = shorten(
    readable(node.name) || readable(node.placeholder ?? '') || readable(columnOver(view, node)) || 'value',
    40,
  );
  const text = valueFor(node, value, view.snapshot.text);
  if (text === undefined || node.value === text) return [];
  const of = row ? ` of “${shorten(row.title, 40)}”` : '';
  const title = `Set ${name.replace(/[:*]+$/, '')}${of} to “${shorten(text, 40)}”`;
  const base = {
    kind: 'edit',
    title,
    ...asAsked(view),
    score: 94 - 3 * before.length,
    words: [name, text],
    about: row?.title ?? text,
  } as const;
  if (node.options) {
    const chosen = { kind: 'value', target, equals: text } as const;
    const choosing = step({ type: 'select', target, option: text }, title, chosen);
    // In a form that is changed and then saved nothing is changed until it is.
    const keeps = row === undefined && part.act === 'edit' ? saveOf(view, node, context) : undefined;
    return [candidate({ ...base, steps: [...before, choosing, ...(keeps ? [saving(view, keeps)] : [])] })];
  }
  if (node.role === 'slider' && node.inputType === 'range') {
    const own = stableTarget(view, node);
    const reached = { kind: 'value', target: own, equals: text } as const;
    return [
      candidate({
        ...base,
        steps: [...before, step({ type: 'type', target: own, text, submit: false }, title, reached)],
      }),
    ];
  }
  if (node.role === 'slider') {
    const [steps, ...variants] = slideSteps(stableTarget(view, node), node, Number(text), title);
    return steps === undefined
      ? []
      : [
          candidate({
            ...base,
            steps: [...before, ...steps],
            variants: variants.map((way) => [...before, ...way]),
          }),
        ];
  }
  if (!isTextField(node)) return [];
  // A cell keeps what is in it once it is left, or Enter is pressed.
  const isCell = row !== undefined && columnOver(view, node) !== '';
  const typed = isCell
    ? submit(target, text, title, { kind: 'value', target, equals: text })
    : fill(target, text, title);
  const save =
    row === undefined
      ? (saveOf(view, node, context) ??
        (isLast(part, context) ? plainSubmit(view, node, context) : undefined))
      : undefined;
  const alone = candidate({
    ...base,
    steps: [...before, typed],
    variants: stepwise(node, target, text, title).map((steps) => [...before, ...steps]),
  });
  if (save === undefined) return [alone];
  const whole = candidate({ ...base, steps: [...before, typed, saving(view, save)] });
  return part.act === 'edit' ? [whole] : [whole, alone];
}

const saving = (view: PageView, button: Node): CandidateStep =>
  click(view.targetOf(button), shorten(nameOf(button), 60), { kind: 'textVisible', text: 'Saved' }, true);

/** What a field takes for a value as it was said: an option in the field's own spelling, a number without its unit. */
function valueFor(node: Node, value: string, pageText: string): string | undefined {
  if (node.options) {
    const lower = value.toLowerCase();
    return (
      node.options.find((option) => option.toLowerCase() === lower) ??
      node.options.find((option) => wordsOf(lower).every((word) => wordsOf(option).includes(word)))
    );
  }
  if (node.inputType === 'date') return isoDate(value) ?? dayMeant(value, pageText);
  if (node.inputType === 'time') return isoTime(value);
  if (node.role === 'slider') {
    const number = /-?\d+(?:[.,]\d+)?/.exec(value)?.[0].replace(',', '.');
    const [low, high] = [Number(node.min ?? '0'), Number(node.max ?? '100')];
    return number !== undefined && Number(number) >= low && Number(number) <= high ? number : undefined;
  }
  if (node.role === 'spinbutton' || node.inputType === 'number')
    return /-?\d+(?:[.,]\d+)?/.exec(value)?.[0].replace(',', '.');
  return value;
}

/** Nothing is asked for after this part. */
const isLast = (part: IntentPart, { intent }: RulesContext): boolean => {
  const { parts } = readIntent(intent);
  return parts[parts.length - 1]?.text === part.text;
};

/** The button that says no more than that the form is sent: without it nothing becomes of what was entered. */
function plainSubmit(view: PageView, field: Node, context: RulesContext): Node | undefined {
  const { button } = formsOf(view).find((one) => one.fields.some((node) => node.index === field.index)) ?? {};
  return button !== undefined &&
    /^(?:submit|ok|done|apply|absenden|fertig|valider|aceptar|invia|confirmar?)$/iu.test(nameOf(button)) &&
    allowed(context, button.name)
    ? button
    : undefined;
}

/** The button that keeps a change, when the field stands in a form that is filled in already. */
function saveOf(view: PageView, field: Node, context: RulesContext): Node | undefined {
  const form = formsOf(view).find((one) => one.fields.some((node) => node.index === field.index));
  if (form?.kind !== 'change' && !/\b(save|update|apply)\b/i.test(form?.button?.name ?? '')) return undefined;
  return form?.button && allowed(context, form.button.name) ? form.button : undefined;
}

/** A radio button, swatch, tab or option of this name; its group must hold the name that is asked for, if one is. */
function choiceNamed(part: IntentPart, view: PageView, before: CandidateStep[], value: string): Candidate[] {
  const group = namingWords(labelOf(part)).filter((word) => !STRUCTURE_WORDS.has(word));
  const inGroup = (node: Node): boolean => {
    if (group.length === 0) return true;
    const around = groupSaid(view, node);
    return group.every((word) =>
      around.some((text) => stemsOf(text.slice(0, 200)).some((one) => sameMeaning(one, stem(word)))),
    );
  };
  return controlsNamed(
    view.nodes.filter((node) => isControl(node) && node.role !== 'link' && inGroup(node)),
    value,
  )
    .slice(0, 1)
    .map((node) => {
      const title = `Choose ${shorten(nameOf(node), 60)}`;
      return candidate({
        kind: 'toggle',
        title,
        ...asAsked(view),
        steps: [...before, clickOn(view, node, view.targetOf(node), title)],
        score: 92 - 3 * before.length,
        words: [nameOf(node)],
        about: nameOf(node),
      });
    });
}
