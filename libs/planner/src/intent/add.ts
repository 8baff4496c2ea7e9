import type { Candidate } from '@showrunner/contracts';
import { columnCalled, columnName } from '../boards';
import { isTextField } from '../page-view';
import type { Node } from '../page-view';
import type { RulesContext } from '../rules-context';
import { createFeatures } from '../rules/create';
import { fieldHint } from '../sample-values';
import { stem, stemsOf, wordsOf } from '../words';
import type { Answers } from './act-on-row';
import { FUNCTION_WORDS, STRUCTURE_WORDS } from './lexicon';
import { isCommonNoun, sameMeaning } from './meanings';
import { byPrompt } from './prompts';
import type { IntentPart } from './read-intent';

const ANY_THING = new Set([
  'entry',
  'item',
  'record',
  'thing',
  'one',
  'element',
  'something',
  'another',
  'row',
  'eintrag',
  'elemento',
  'élément',
]);

/** Something new, of the kind and with the texts that the user names. */
export function addThing(part: IntentPart, context: RulesContext): Answers {
  const plain = createFeatures({ ...context, quoted: [] });
  if (plain.length === 0 && part.value !== undefined) {
    const candidates = byPrompt(part, part.value, context);
    if (candidates.length > 0) return { candidates, reason: '' };
  }
  if (plain.length === 0) return { candidates: [], reason: 'No form that makes something new was found.' };
  const isNoun =
    part.bareValue === true && plain.some((one) => nounsMeet(wordsOf(part.value ?? ''), one, context));
  const value = isNoun ? undefined : part.value;
  const nouns = nounsOf(part, isNoun);
  const fitting = (made: readonly Candidate[]): Candidate[] =>
    [...made]
      .filter((one) => nouns.length === 0 || nounsMeet(nouns, one, context))
      .sort((a, b) => b.score - a.score);
  if (value === undefined) {
    const given = givenFields(part, undefined);
    const candidates = fitting(createFeatures({ ...context, quoted: [], given }));
    return { candidates, reason: candidates.length > 0 ? '' : noSuchForm(nouns) };
  }
  const fields = plain.length > 0 ? fieldsOf(context) : [];
  const subject = untilFields(value, fields);
  const given = givenFields(part, subject === value ? undefined : value.slice(subject.length));
  const made = fitting(createFeatures({ ...context, quoted: [subject], given }));
  const candidates = made.filter((one) => one.creates === subject);
  const tail = tailOf(part, subject);
  const heard = candidates.filter((one) => unheard(tail, one, context) === undefined);
  const [first] = candidates;
  if (first !== undefined && heard.length === 0)
    return {
      candidates: [],
      reason: `Nothing was found that takes “${unheard(tail, first, context) ?? ''}”, as the intent has it.`,
    };
  if (heard.length > 0)
    return { candidates: heard.map((one) => inColumn(one, subject, tail, context)), reason: '' };
  if (made.length > 0)
    return {
      candidates,
      reason: `“${subject}” is on the page already: adding it once more would prove nothing.`,
    };
  return { candidates, reason: noSuchForm(nouns) };
}

/** What the sentence says after the name of what is made. */
const tailOf = ({ text }: IntentPart, subject: string): string => {
  const at = text.lastIndexOf(subject);
  return at === -1 ? '' : text.slice(at + subject.length).replace(/^["”“„«»』」’'\s]+/u, '');
};

const PARTICLES = new Set(
  'hinzu an toe auf ein zu alla allo al alle nella à au aux ao list lista liste'.split(' '),
);

/** A word after the name that neither the form nor its page has: it asks for something that would be passed over. */
function unheard(tail: string, one: Candidate, context: RulesContext): string | undefined {
  const view = context.views.find((page) => page.path === one.feature.startPath);
  const done = JSON.stringify(one.feature.steps.map(({ action }) => action));
  const around = view?.nodes.filter(({ role }) => ['heading', 'list', 'region'].includes(role)) ?? [];
  const texts = [
    ...one.words,
    done,
    view?.snapshot.title ?? '',
    one.feature.startPath ?? '',
    context.exploration.appTitle,
  ];
  const known = [...texts, ...around.map(({ name }) => name)].flatMap(stemsOf);
  return wordsOf(tail).find(
    (word) =>
      !FUNCTION_WORDS.has(word) &&
      !STRUCTURE_WORDS.has(word) &&
      !PARTICLES.has(word) &&
      !isCommonNoun(word) &&
      // Without spaces particles and verbs are one run with each other.
      !/[\p{Script=Hiragana}\p{Script=Han}]/u.test(word) &&
      !known.some((other) => sameMeaning(other, stem(word))),
  );
}

/** What goes into a column of a board has to stand there. */
function inColumn(one: Candidate, title: string, tail: string, context: RulesContext): Candidate {
  const view = context.views.find((page) => page.path === one.feature.startPath);
  const said =
    /(?:^|\s)(?:to|in|into|under|on|zu|nach|unter|dans|à|en|a|em|para|nella?|al)\s+(.+?)[.!]*$/iu.exec(
      tail,
    )?.[1];
  const heading =
    view && said
      ? columnCalled(
          view,
          said.replace(/^(?:the|die|den|das|der|la|le|el|il|a|o)\s+/iu, '').replace(/["“”„«»]/gu, ''),
        )
      : undefined;
  if (heading === undefined) return one;
  const asks = { kind: 'column', title, heading: columnName(heading) } as const;
  const last = <T extends { success: unknown }>(steps: readonly T[]): T[] =>
    steps.map((step, at) => (at === steps.length - 1 ? { ...step, asks } : step));
  return {
    ...one,
    feature: { ...one.feature, steps: last(one.feature.steps) },
    variants: one.variants.map(last),
  };
}

const noSuchForm = (nouns: readonly string[]): string =>
  nouns.length === 0
    ? 'No form that makes something new was found.'
    : `No form was found that makes “${nouns.join(' ')}”; nothing else was added instead.`;

/** Nouns for what is made, as the sentence has them. */
function nounsOf(part: IntentPart, isNoun: boolean): string[] {
  const text = isNoun ? (part.value ?? '') : part.value !== undefined ? part.object : part.text;
  const head = text.split(/\s(?:to|with|and|in|into|on|for|hinzu|zu|of|by|as)\s/iu)[0] ?? '';
  return wordsOf(head)
    .filter(
      (word) =>
        !FUNCTION_WORDS.has(word) && stem(word) !== part.verb && !SHOWING.has(word) && !FILLS.has(word),
    )
    .filter((word) => !STRUCTURE_WORDS.has(word) || word === 'card')
    .filter((word) => !ANY_THING.has(word) && !/^\d+$/.test(word));
}
const SHOWING = new Set([
  'show',
  'demo',
  'demonstrate',
  'present',
  'see',
  'visitor',
  'how',
  'added',
  'adding',
  'created',
  'creating',
]);
const FILLS = new Set([
  'new',
  'neue',
  'neuen',
  'nouveau',
  'nouvelle',
  'nuevo',
  'nueva',
  'nuovo',
  'nuova',
  'hinzu',
  'an',
  'called',
  'named',
]);

/** Whether one of the nouns is what a form makes, or stands over it: in its button, heading, fields, address or page. */
function nounsMeet(nouns: readonly string[], one: Candidate, context: RulesContext): boolean {
  const view = context.views.find((page) => page.path === one.feature.startPath);
  const heading = view?.mainHeading()?.name ?? '';
  const known = stemsOf(
    [...one.words, heading, one.feature.startPath ?? '', context.exploration.appTitle].join(' '),
  );
  return nouns.some((noun) => known.some((word) => sameMeaning(word, stem(noun))));
}

const fieldsOf = (context: RulesContext): Node[] =>
  context.views.flatMap((view) => view.nodes.filter(isTextField).concat(view.ofRole('combobox', 'listbox')));

/** `Ana Maria` of "Ana Maria with email ana@x.org": a name ends where a field's name begins. */
function untilFields(value: string, fields: readonly Node[]): string {
  const options = fields.flatMap((field) => field.options ?? []);
  const hints = new Set(
    fields.flatMap((field) => stemsOf(fieldHint(field))).filter((word) => word.length >= 3),
  );
  const joints = [
    ...value.matchAll(
      /\s+(?:with|and|in|for|due|at|mit|und|avec|et|con|y|e|com)\s+(?:the\s+|an?\s+)?(\p{L}+)/giu,
    ),
  ];
  const at = joints.find((joint) =>
    [...hints].some((hint) => sameMeaning(hint, stem((joint[1] ?? '').toLowerCase()))),
  )?.index;
  const end = at ?? intoOption(value, options)?.at ?? value.length;
  return value.slice(0, end).trim() || value;
}

/** What the sentence says for other fields: `with email x`, `price 12`, `priority: high`. */
function givenFields(part: IntentPart, rest: string | undefined): (field: Node) => string | undefined {
  const text = rest ?? part.text.replace(part.value ?? '\u0000', ' ');
  return (field) => {
    const words = wordsOf(fieldHint(field)).filter((word) => word.length >= 3 && !FUNCTION_WORDS.has(word));
    for (const word of words) {
      const said = new RegExp(
        String.raw`(?<![\p{L}])${word}\s*(?:is|of|to|as|=|:|ist|auf)?\s+(.+)$`,
        'iu',
      ).exec(text)?.[1];
      // One word, or several that begin with a capital.
      const found = /^"([^"]+)"|^“([^”]+)”|^([^\s,;]+(?:\s+\p{Lu}[^\s,;]*)*)/u.exec(said ?? '');
      const value = (found?.[1] ?? found?.[2] ?? found?.[3])?.replace(/[.,;:]+$/u, '');
      if (value !== undefined && !FUNCTION_WORDS.has(value.toLowerCase())) return value;
    }
    const option = intoOption(text, field.options ?? [])?.option;
    if (option !== undefined) return option;
    const isNumber = field.role === 'spinbutton' || field.inputType === 'number';
    const number = isNumber ? /(?<![\p{L}\d.])\d+(?:[.,]\d+)?(?![\p{L}\d])/u.exec(text)?.[0] : undefined;
    return number?.replace(',', '.');
  };
}

/** Where a text says at its end that something goes to one of these choices: `Ship it to Doing`, `… into the list Later`. */
function intoOption(text: string, options: readonly string[]): { at: number; option: string } | undefined {
  const joints = text.matchAll(/\s+(?:to|in|into|under|on|zu|nach|unter|dans|à|en|a|em|para)\s+(?=(.+)$)/giu);
  for (const { index, 1: tail = '' } of joints) {
    const said = tail
      .replace(/^(?:the|my|die|den|das|la|le|el|il|a|o)\s+/iu, '')
      .replace(
        /^(?:column|list|lane|section|group|category)\s+|\s+(?:column|list|lane|section|group|category)$/giu,
        '',
      )
      .replace(/^["“]|["”.]+$/gu, '')
      .trim()
      .toLowerCase();
    const option = options.find((one) => one.trim().toLowerCase() === said);
    if (option !== undefined) return { at: index, option };
  }
  return undefined;
}
