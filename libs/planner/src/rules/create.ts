import type { Candidate, CandidateStep } from '@showrunner/contracts';
import { foldText } from '@showrunner/contracts';
import { candidate, click, fill, step, submit } from '../candidate';
import { formsOf } from '../forms';
import type { Form } from '../forms';
import { isTextField } from '../page-view';
import type { Node, PageView } from '../page-view';
import { isNew, allowed, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { fieldHint, fieldKind, subjectFor, valueFor } from '../sample-values';
import { readable, sentence, shorten, singular, withArticle } from '../words';

const MOST_FIELDS = 5;
/** What stands for the thing that is made, in order of preference. */
const SUBJECT_KINDS = ['subject', 'long', 'person', 'company', 'city', 'firstName', 'username', 'email'];

/** Something new through a form: proven when its text is visible outside of inputs. */
export function createFeatures(context: RulesContext): Candidate[] {
  return context.views.flatMap((view) =>
    formsOf(view)
      .filter((form) => form.kind === 'create')
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
  if (form.fields.some((field) => field.required && fieldKind(field) === 'file')) return undefined;
  const before = stepsTo(context, view);
  const texts = form.fields.filter((field) => isTextField(field) && field.value.trim() === '');
  const subjectField = [...texts].sort((a, b) => subjectRank(a) - subjectRank(b))[0];
  if (before === undefined || subjectField === undefined || !SUBJECT_KINDS.includes(fieldKind(subjectField)))
    return undefined;

  const surroundings = `${label} ${view.page.path} ${view.snapshot.title}`;
  const wanted = context.quoted.find((text) => isNew(context, text));
  const subject = wanted ?? subjectText(context, subjectField, surroundings);
  const noun = nounOf(view, form);
  const steps = [...before, ...fieldSteps(view, form, subjectField, subject, noun)];
  const shown = { kind: 'textVisible', text: subject } as const;
  const title = titleOf(form, noun);
  const done = `${title.replace(/^(Add|Create|Post|Write|Leave|Publish|Save|Send|Book|Log|Record) (an?|the) /, '$1 the ')} “${subject}”`;
  const last = steps[steps.length - 1];
  let variants: CandidateStep[][] = [];
  if (form.button) {
    const target = view.targetOf(form.button);
    variants = steps.length > 0 && last ? [[...steps.slice(0, -1), ...byEnter(last, done, shown)]] : [];
    steps.push(click(target, done, shown));
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
  return (at === -1 ? 50 : at) + titled;
};

function subjectText(context: RulesContext, field: Node, surroundings: string): string {
  const taken = (text: string): boolean => !isNew(context, text);
  const kind = fieldKind(field);
  if (kind === 'subject' || kind === 'long') return subjectFor(fieldHint(field), surroundings, taken);
  const value = valueFor(field);
  if (!taken(value)) return value;
  return kind === 'email' ? 'maya.lindqvist@example.com' : kind === 'person' ? 'Jonas Weber' : `${value} 2`;
}

function fieldSteps(
  view: PageView,
  form: Form,
  subjectField: Node,
  subject: string,
  noun: string,
): CandidateStep[] {
  const required = form.fields.filter(
    (field) => field.required === true || field.index === subjectField.index,
  );
  const optional = form.fields.filter((field) => !required.includes(field) && isTextField(field));
  const chosen = [...required, ...optional.slice(0, Math.max(0, MOST_FIELDS - required.length))].sort(
    (a, b) => a.index - b.index,
  );
  const steps: CandidateStep[] = [];
  for (const field of chosen) {
    const target = view.targetOf(field);
    const name = readable(field.name) || readable(field.placeholder ?? '') || noun;
    if (field.index === subjectField.index)
      steps.push(fill(target, subject, `Write “${shorten(subject, 50)}”`));
    else if (isTextField(field)) {
      const text = valueFor(field);
      if (text !== '' && field.value !== text) steps.push(fill(target, text, fieldCaption(name)));
    } else if (field.role === 'combobox' || field.role === 'listbox') {
      const option = field.options?.find(
        (one) =>
          foldText(one) !== '' &&
          one !== field.value &&
          !/^(-|select|choose|pick|please|all\b|none)/i.test(one),
      );
      if (option !== undefined && field.value === '') {
        steps.push(
          step({ type: 'select', target, option }, `Choose ${shorten(option, 40)}`, {
            kind: 'value',
            target,
            equals: option,
          }),
        );
      }
    } else if (['checkbox', 'radio'].includes(field.role) && field.checked !== true) {
      const radioChosen = field.role === 'radio' && steps.some((one) => one.success.kind === 'state');
      if (!radioChosen)
        steps.push(
          click(target, `Choose ${shorten(name, 40)}`, {
            kind: 'state',
            target,
            state: 'checked',
            equals: true,
          }),
        );
    }
  }
  return steps;
}

const fieldCaption = (name: string): string =>
  /\?$/.test(name) ? `Answer “${shorten(name, 60)}”` : `Fill in ${fieldName(name)}`;

const fieldName = (name: string): string =>
  /^(your|the|a|an) /i.test(name)
    ? name.toLowerCase()
    : `the ${name
        .toLowerCase()
        .replace(/[:*]+$/, '')
        .trim()}`;

const NO_NOUN =
  /^(index|main|default|root|welcome|dashboard|explore|feed|it|this|new|submit|save|ok|go|send|now|one|form|app|home|page|here|done|all|my|list)$/i;
/** What a field asks that takes a few words for others to read. */
const SAYS = /\bsay something\b|what(['’]s| is) (on your mind|happening|new|up)|\b(post|status)\b/i;
const VERB =
  /^(add|create|save|post|submit|publish|insert|new|write|leave|sign|book|log|record|send|compose|start)\b\s*/i;

/** What is made: from the button, the form's heading, the page's address or its title. */
function nounOf(view: PageView, form: Form): string {
  const segments = view.path
    .split(/[/?#]/)
    .filter((part) => part !== '' && !/^(new|create|add|edit|\d+)$/i.test(part));
  const asked = /(?:new|add an?|an?) (\p{L}+)/iu.exec(form.fields.map(fieldHint).join(' '))?.[1] ?? '';
  const sources = [
    form.button?.name ?? '',
    form.heading,
    asked,
    segments[segments.length - 1] ?? '',
    view.mainHeading()?.name ?? '',
  ];
  for (const [at, source] of sources.entries()) {
    const rest = readable(source)
      .replace(VERB, '')
      .replace(/^(an?|the|new|your|my|to the|to)\b\s*/i, '')
      .trim();
    const hasVerb = VERB.test(readable(source));
    const words = rest.split(' ').filter((word) => word !== '');
    if (words.length === 0 || words.length > 3 || NO_NOUN.test(rest) || !/^[\p{L} -]+$/u.test(rest)) continue;
    if (at >= 1 && at !== 2 && !hasVerb && words.length > 1) continue;
    return singular(rest.toLowerCase());
  }
  return SAYS.test(form.fields.map(fieldHint).join(' ')) ? 'post' : 'entry';
}

function titleOf(form: Form, noun: string): string {
  const button = readable(form.button?.name ?? '');
  const verb =
    /^(sign|leave|write|publish|post|book|log|record|create|send|schedule|reserve)\b/i.exec(button)?.[1] ??
    'Add';
  if (/^sign$/i.test(verb)) return sentence(button.replace(/^sign (?!the)/i, 'Sign the '));
  return `${sentence(verb.toLowerCase())} ${withArticle(noun)}`;
}
