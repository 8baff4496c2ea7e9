import type { Asked, Candidate, CandidateStep } from '@showrunner/contracts';
import { columnCalled, columnName } from '../boards';
import { ENTRY_ROLES } from '../items';
import { isTextField } from '../page-view';
import type { Node, PageView } from '../page-view';
import type { RulesContext } from '../rules-context';
import { createFeatures } from '../rules/create';
import { fieldHint } from '../sample-values';
import { stem, stemsOf, wordsOf } from '../words';
import type { Answers } from './act-on-row';
import { givenAt, placeFor } from './book';
import { FUNCTION_WORDS, STRUCTURE_WORDS } from './lexicon';
import { isCommonNoun, sameMeaning } from './meanings';
import { asksMade, saysChoice, withDrawnChoices, withoutPairs } from './made-with';
import { choicesOf, intoOption, untilFields } from './name-ends';
import { asksMoment, momentIn, withoutMoment } from './moments';
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
  const fields = fieldsOf(context);
  const bare = untilFields(part.value ?? '', fields, choicesOf(context));
  const isNoun = part.bareValue === true && plain.some((one) => nounsMeet(wordsOf(bare), one, context));
  const value = isNoun ? undefined : part.value;
  const nouns = nounsOf(part, isNoun);
  const fitting = (made: readonly Candidate[]): Candidate[] =>
    [...made]
      .filter((one) => nouns.length === 0 || nounsMeet(nouns, one, context))
      .sort((a, b) => b.score - a.score);
  if (value === undefined) {
    const given = givenFields(part.text.replace(part.value ?? '\u0000', ' '));
    const made = fitting(createFeatures({ ...context, quoted: [], given }));
    // Names and numbers that no field takes ask for another thing than what would be made.
    const telling = [...part.names, ...(part.text.match(/\d+/gu) ?? [])].join(' ');
    const candidates = made.filter((one) => unheard(telling, one, context) === undefined);
    const [first] = made;
    const passed = first && candidates.length === 0 ? unheard(telling, first, context) : undefined;
    return {
      candidates,
      reason:
        candidates.length > 0
          ? ''
          : passed === undefined
            ? noSuchForm(nouns)
            : `Nothing was found that takes “${passed}”, as the intent has it.`,
    };
  }
  const moment = fields.some((field) => placeFor(field) !== undefined) ? momentIn(part.text) : undefined;
  const named = part.quoted.includes(value) ? value : untilFields(value, fields, choicesOf(context));
  const subject =
    (moment === undefined || part.quoted.includes(named) ? named : withoutMoment(named)) || named;
  const plainly = givenFields(part.text.replace(subject, ' '));
  const given = (field: Node): string | undefined =>
    (moment && givenAt(part, moment, textOf(context, field))(field)) ?? plainly(field);
  const made = fitting(createFeatures({ ...context, quoted: [subject], given })).filter(
    (one) => one.creates === subject,
  );
  const said = tailOf(part, subject);
  const tail = moment === undefined ? said : withoutMoment(said);
  const viewOf = (one: Candidate): PageView | undefined =>
    context.views.find((page) => page.path === one.feature.startPath);
  const candidates = made.map((one) => {
    const view = viewOf(one);
    return view === undefined ? one : withDrawnChoices(one, said, view);
  });
  const heard = candidates.filter((one) => unheard(heardOf(tail, one), one, context) === undefined);
  const [first] = candidates;
  if (first !== undefined && heard.length === 0)
    return {
      candidates: [],
      reason: `Nothing was found that takes “${unheard(heardOf(tail, first), first, context) ?? ''}”, as the intent has it.`,
    };
  if (heard.length > 0)
    return {
      candidates: heard.map((one) => {
        const view = viewOf(one);
        const placed = inColumn(one, subject, tail, context);
        const timed = moment === undefined ? placed : lastAsks(placed, asksMoment(moment, false));
        return view === undefined ? timed : asksMade(timed, subject, view);
      }),
      reason: '',
    };
  if (fitting(createFeatures({ ...context, quoted: [subject], given })).length > 0)
    return {
      candidates,
      reason: `“${subject}” is on the page already: adding it once more would prove nothing.`,
    };
  return { candidates, reason: noSuchForm(nouns) };
}

/** What is left to be heard once the pairs of label and value that have been chosen are taken out. */
const heardOf = (tail: string, one: Candidate): string =>
  withoutPairs(tail, JSON.stringify(one.feature.steps));

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
  const done = JSON.stringify(one.feature.steps.map(({ action, continues }) => [action, continues]));
  const around =
    view?.nodes.filter(
      (node) => ['heading', 'list', 'region'].includes(node.role) && !isOfEntry(view, node),
    ) ?? [];
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

/** What an entry is called is no place where something new goes, but another thing; columns of a board hold entries of their own. */
const isOfEntry = (view: PageView, node: Node): boolean =>
  view.ancestors(node).some(({ role }) => ENTRY_ROLES.includes(role)) &&
  !view
    .ofRole(...ENTRY_ROLES)
    .some((one) => view.ancestors(one).some(({ role }) => ENTRY_ROLES.includes(role)));

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
  return lastAsks(one, { kind: 'column', title, heading: columnName(heading) });
}

/** With what the words ask of the last step, where they ask nothing of it yet. */
function lastAsks(one: Candidate, asks: Asked): Candidate {
  const last = (steps: readonly CandidateStep[]): CandidateStep[] =>
    steps.map((step, at) => (at === steps.length - 1 ? { asks, ...step } : step));
  return {
    ...one,
    feature: { ...one.feature, steps: last(one.feature.steps) },
    variants: one.variants.map(last),
  };
}

const textOf = (context: RulesContext, field: Node): string =>
  context.views.find((view) => view.nodes.includes(field))?.snapshot.text ?? '';

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

/** Fields of lists of tasks that have no noun: "What needs doing?". */
const ASKS_WHAT_TO_DO =
  /\b(?:needs? (?:to be )?(?:done|doing)|to be done|(?:have|want) to do|get done|zu tun|à faire|que hacer|da fare|fazer)\b/iu;

/** Whether one of the nouns is what a form makes, or stands over it: in its button, heading, fields, address or page. */
function nounsMeet(nouns: readonly string[], one: Candidate, context: RulesContext): boolean {
  const view = context.views.find((page) => page.path === one.feature.startPath);
  const heading = view?.mainHeading()?.name ?? '';
  const words = one.words.join(' ');
  const known = stemsOf(
    [
      words,
      ASKS_WHAT_TO_DO.test(words) ? 'task' : '',
      heading,
      one.feature.startPath ?? '',
      context.exploration.appTitle,
    ].join(' '),
  );
  return nouns.some((noun) => known.some((word) => sameMeaning(word, stem(noun))));
}

const fieldsOf = (context: RulesContext): Node[] =>
  context.views.flatMap((view) => view.nodes.filter(isTextField).concat(view.ofRole('combobox', 'listbox')));

/** What the sentence says for other fields: `with email x`, `price 12`, `priority: high`. */
function givenFields(text: string): (field: Node) => string | undefined {
  return (field) => {
    const words = wordsOf(fieldHint(field)).filter((word) => word.length >= 3 && !FUNCTION_WORDS.has(word));
    for (const word of words) {
      const said = new RegExp(
        String.raw`(?<![\p{L}])${word}\s*(?:is|of|to|as|=|:|ist|auf)?\s+(.+)$`,
        'iu',
      ).exec(text)?.[1];
      // A number with its gaps, one word, or several that begin with a capital.
      const found =
        /^"([^"]+)"|^“([^”]+)”|^(\+?\d[\d ()/-]*\d)(?![^\s,;.])|^([^\s,;]+(?:\s+\p{Lu}[^\s,;]*)*)/u.exec(
          said ?? '',
        );
      const value = (found?.[1] ?? found?.[2] ?? found?.[3] ?? found?.[4])?.replace(/[.,;:]+$/u, '');
      const isOffered = field.options?.some((one) => one.toLowerCase() === value?.toLowerCase()) ?? true;
      if (value !== undefined && isOffered && !FUNCTION_WORDS.has(value.toLowerCase())) return value;
    }
    const option = intoOption(text, field.options ?? [])?.option;
    if (option !== undefined) return option;
    // "A high priority ticket": the only choice of a list that is said at all.
    const [choice, ...choices] = (field.options ?? []).filter((one) => saysChoice(text, one));
    if (choice !== undefined && choices.length === 0) return choice;
    if (['radio', 'checkbox', 'switch'].includes(field.role))
      return saysChoice(text, field.name) ? field.name : undefined;
    const isNumber = field.role === 'spinbutton' || field.inputType === 'number';
    const number = isNumber ? /(?<![\p{L}\d.])\d+(?:[.,]\d+)?(?![\p{L}\d])/u.exec(text)?.[0] : undefined;
    return number?.replace(',', '.');
  };
}
