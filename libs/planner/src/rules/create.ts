import type { Candidate, CandidateStep } from '@showrunner/contracts';
import { candidate, click, step, submit } from '../candidate';
import { formsOf } from '../forms';
import type { Form } from '../forms';
import { isCompletion, isTextField } from '../page-view';
import type { Node, PageView } from '../page-view';
import { isNew, allowed, loadedOf, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { fieldHint, fieldKind, subjectFor, valueFor } from '../sample-values';
import { readable } from '../words';
import { makesBlank } from './create-blank';
import { fieldSteps } from './field-steps';
import { doneOf, nounOf, titleOf } from './form-words';

/** What stands for the thing that is made, in order of preference. */
const SUBJECT_KINDS = ['subject', 'long', 'person', 'company', 'city', 'firstName', 'username', 'email'];

/** Something new through a form: proven when its text is visible outside of inputs. */
export function createFeatures(context: RulesContext): Candidate[] {
  return context.views.flatMap((view) =>
    formsOf(view)
      .filter((form) => form.kind === 'create' && !(form.button === undefined && makesBlank(view)))
      .flatMap((form) => createThrough(context, view, form) ?? []),
  );
}

function createThrough(context: RulesContext, view: PageView, form: Form): Candidate | undefined {
  const label = `${form.button?.name ?? ''} ${form.heading}`;
  if (
    !allowed(context, `${form.button?.name ?? ''} ${form.container?.name ?? ''}`) ||
    isOutgoing(context, form)
  )
    return undefined;
  const before = stepsTo(context, view);
  const texts = form.fields.filter((field) => isTextField(field) && field.value.trim() === '');
  const subjectField = [...texts].sort((a, b) => subjectRank(a) - subjectRank(b))[0];
  if (before === undefined || subjectField === undefined || !SUBJECT_KINDS.includes(fieldKind(subjectField)))
    return undefined;

  const surroundings = `${label} ${view.page.path} ${view.snapshot.title}`;
  const wanted = context.quoted.find((text) => isNew(context, text));
  const subject = wanted ?? subjectText(context, subjectField, surroundings);
  const noun = nounOf(view, form);
  const steps = [
    ...before,
    ...fieldSteps(view, form, { field: subjectField, text: subject }, noun, context.given),
  ];
  const shown = { kind: 'textVisible', text: subject } as const;
  const title = titleOf(form, noun);
  const done = doneOf(title, subject);
  const last = steps[steps.length - 1];
  let variants: CandidateStep[][] = [];
  if (form.button) {
    const target = view.targetOf(form.button);
    variants = steps.length > 0 && last ? [[...steps.slice(0, -1), ...byEnter(last, done, shown)]] : [];
    // Of several suggestions another one than what was typed may have been taken.
    variants.push(
      ...inOutbox(context, view, steps, click(target, done, { kind: 'elementHidden', target }), shown),
    );
    steps.push(click(target, done, shown, isCompletion(subjectField)));
  } else if (last) {
    steps.splice(-1, 1, ...byEnter(last, done, shown));
  }
  return candidate({
    kind: 'create',
    title,
    description: `A new ${noun} appears at once.`,
    startPath: view.path,
    steps,
    variants,
    score: 90 - 4 * before.length - 2 * Math.max(0, steps.length - 4) + (form.container ? 2 : 0),
    words: [
      'add create new make write post enter',
      form.heading,
      form.button?.name ?? '',
      ...texts.map(fieldHint),
      noun,
    ],
    needsSignIn: view.page.signedIn,
    creates: subject,
  });
}

const OUTBOX =
  /^(?:\d+ )?(sent( (items|mail|messages))?|outbox|gesendet|postausgang|envoyés|enviad[oa]s|inviat[ai]|posta inviata|verzonden|skickat|wysłane|отправленные|送信済み|已发送)(?: \d+)?$/iu;
/** What is sent off stands in a folder of its own, which is opened to see it. */
function inOutbox(
  context: RulesContext,
  view: PageView,
  fills: readonly CandidateStep[],
  send: CandidateStep,
  shown: CandidateStep['success'],
): CandidateStep[][] {
  const base = loadedOf(context, view);
  const folder = base?.nodes.find(
    (node) =>
      ['button', 'link', 'menuitem', 'tab', 'listitem'].includes(node.role) && OUTBOX.test(node.name.trim()),
  );
  if (base === undefined || folder === undefined) return [];
  const name = readable(folder.name);
  return [[...fills, send, click(base.targetOf(folder), `Look into “${name}”`, shown)]];
}

const byEnter = (last: CandidateStep, caption: string, success: CandidateStep['success']): CandidateStep[] =>
  last.action.type === 'type'
    ? [submit(last.action.target, last.action.text, caption, success)]
    : [last, step({ type: 'press', key: 'Enter' }, caption, success)];

/** A form that sends something to other people, unless the intent asks for it. */
function isOutgoing(context: RulesContext, form: Form): boolean {
  const hasEmail = form.fields.some((field) => fieldKind(field) === 'email');
  const sends = /\b(send|subscribe|invite|contact|notify|newsletter|join)\b/i.test(
    `${form.button?.name ?? ''} ${form.heading}`,
  );
  return hasEmail && sends && !/\b(send|subscribe|invite|contact|newsletter|join)/i.test(context.intent);
}

const subjectRank = (field: Node): number => {
  const at = SUBJECT_KINDS.indexOf(fieldKind(field));
  const titled = /\b(title|name|task|subject|what)\b/i.test(fieldHint(field)) ? 0 : 0.5;
  // What is chosen from a list stands for the thing less than what is written.
  return (at === -1 ? 50 : at) + titled + (isCompletion(field) ? 10 : 0);
};

function subjectText(context: RulesContext, field: Node, surroundings: string): string {
  const taken = (text: string): boolean => !isNew(context, text);
  const kind = fieldKind(field);
  if (kind === 'subject' || kind === 'long') return subjectFor(fieldHint(field), surroundings, taken);
  const value = valueFor(field);
  if (!taken(value)) return value;
  return kind === 'email' ? 'maya.lindqvist@example.com' : kind === 'person' ? 'Jonas Weber' : `${value} 2`;
}
