import type { Asked, Candidate, CandidateStep, Feature } from '@showrunner/contracts';
import { candidate, step } from '../candidate';
import { itemsOf } from '../items';
import { isTextField } from '../page-view';
import type { Node, PageView } from '../page-view';
import { allowed, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { readable, sentence, shorten } from '../words';
import { asAsked } from './as-asked';
import type { Answers } from './act-on-row';
import { clickOn, isControl, nameOf, namingWords, optionLists } from './controls';
import { STRUCTURE_WORDS } from './lexicon';
import { saysWord } from './meanings';
import { meantOn } from './meant';
import { strangerTo } from './stranger';
import { readPhrase } from './phrase';
import type { IntentPart } from './read-intent';
import { closedOn, stepsToward } from './seek';

/** A click on the control that is named, wherever it stands. `phrase`: its words; those of the whole part by default. */
export function pressNamed(part: IntentPart, context: RulesContext, phrase = part.object): Answers {
  let reason = `Nothing that can be clicked is called “${shorten(phrase.replace(/^the /i, ''), 60)}”, as the intent has it.`;
  const candidates = context.views.flatMap((view) => {
    const before = stepsTo(context, view);
    if (before === undefined) return [];
    const named = meantOn(
      view,
      phrase,
      (node) => suits(part, node) && strangerTo(part, context, view, node) === undefined,
    );
    if (named === undefined) {
      const open = isOpening(part)
        ? meantOn(view, phrase, (node) => isControl(node) && node.expanded === true)
        : undefined;
      if (open !== undefined) reason = `“${shorten(nameOf(open), 60)}” is open already.`;
      const other = meantOn(view, phrase, (node) => suits(part, node));
      const stranger = other && strangerTo(part, context, view, other);
      if (other && stranger !== undefined)
        reason = `“${shorten(nameOf(other), 60)}” is not said to be about “${shorten(stranger, 40)}”.`;
      return [];
    }
    // Of many equal ones none is meant by a verb alone.
    if (part.act === undefined && view.targetOf(named).nth !== undefined) return [];
    if (!allowed(context, named.name)) {
      reason = `“${shorten(nameOf(named), 60)}” ends, pays, sends or deletes something, and the intent does not say so.`;
      return [];
    }
    return [pressing(part, view, named, before)];
  });
  return { candidates, reason: candidates.length > 0 ? '' : reason };
}

/** What a part may mean by its act: who wants something on does not want it off. */
function suits(part: IntentPart, node: Node): boolean {
  if (!isControl(node)) return false;
  if (part.act === 'turnOn' || part.act === 'turnOff') {
    const isOn = node.checked ?? node.pressed;
    return isOn === undefined ? node.role === 'button' : isOn === (part.act === 'turnOff');
  }
  // What is open would be closed.
  if (isOpening(part) && node.expanded === true) return false;
  return !(part.act === 'filter' && node.role === 'gridcell');
}

const isOpening = ({ act, text }: IntentPart): boolean =>
  act === 'open' && /^(?:open|expand|unfold|öffne|ouvr|abr[eai]|apri)/iu.test(text);

function pressing(part: IntentPart, view: PageView, node: Node, before: CandidateStep[]): Candidate {
  const name = shorten(nameOf(node), 60) || `click the ${isTextField(node) ? 'field' : node.role}`;
  const isPage = node.role === 'link' || node.role === 'tab';
  const isPlain = view.snapshot.elements[node.index]?.role === 'generic';
  const title = isPlain && part.act === 'open' ? `${opening(part)} “${name}”` : titleFor(part, name, isPage);
  const opens: Asked = { kind: 'row', title: nameOf(node), effect: 'opens' };
  const clicked = {
    ...clickOn(view, node, view.targetOf(node), title),
    ...(isPlain && part.act === 'open' && { asks: opens }),
  };
  return candidate({
    kind: kindFor(part, isPage),
    title,
    ...asAsked(view),
    steps: [...before, { ...clicked, ...listed(part, view, name) }],
    // A heading of a column turns the order round when it is clicked once more.
    variants:
      part.act === 'sort'
        ? [twice(view, node, title, { ...clicked, ...listed(part, view, name) }, before)]
        : [],
    score: 90 - 3 * before.length,
    words: [name],
    about: name,
  });
}

/** The first of two clicks may bring any order. */
function twice(
  view: PageView,
  node: Node,
  title: string,
  { asks, ...sorted }: CandidateStep,
  before: readonly CandidateStep[],
): CandidateStep[] {
  const target = view.targetOf(node);
  const steady = { ...target, name: readable(node.name), exact: false };
  const first = { ...sorted, action: { type: 'click', target: steady } as const };
  return [
    ...before,
    first,
    {
      ...step({ type: 'click', target: steady }, title, { kind: 'textChanged' }, true),
      ...(asks && { asks }),
    },
  ];
}

/** What has to become of the list: a part of it goes, or it stands in another order. */
export function listed(part: IntentPart, view: PageView, name: string): Partial<CandidateStep> {
  const items = itemsOf(view);
  const titles = items.map((item) => item.title);
  if (part.act === 'filter') {
    const words = namingWords(name);
    const holds = ({ text }: { text: string }): boolean =>
      words.length > 0 && words.every((word) => saysWord(text, word));
    const leavesOut = items.some(holds) ? items.filter((item) => !holds(item)).map((item) => item.title) : [];
    return { shown: titles, ...(leavesOut.length > 0 && { leavesOut }) };
  }
  const asks: Asked = { kind: 'order', by: orderedBy(part), ...fallingOf(part.text) };
  return part.act === 'sort' && titles.length > 1 ? { ordered: titles, needsEffect: true, asks } : {};
}

const DOWN =
  /\b(?:descending|desc|highest|largest|biggest|most|newest|latest|most recent|high to low|z\s*(?:-|–|to)\s*a|reverse)\b|absteigend|neueste|höchste|décroissant|descendente|decrescente|تنازلي|降順|降序/iu;
const UP =
  /\b(?:ascending|asc|lowest|smallest|cheapest|least|oldest|earliest|low to high|a\s*(?:-|–|to)\s*z|alphabetical(?:ly)?)\b|aufsteigend|älteste|croissant|ascendente|crescente|تصاعدي|昇順|升序/iu;

/** Which way round, where that is said. */
const fallingOf = (text: string): { falling?: boolean } =>
  DOWN.test(text) ? { falling: true } : UP.test(text) ? { falling: false } : {};

/** Whether what is called so goes the way round that a part says, where both say one. */
export function ordersAs(part: IntentPart, name: string): boolean {
  const said = fallingOf(part.text).falling;
  const own = fallingOf(name).falling;
  return said === undefined || own === undefined || said === own;
}

/** What an order is by: the words of the sentence that are none of its direction. */
const orderedBy = (part: IntentPart): string[] =>
  namingWords(orderPhrase(part.object)).filter((word) => !STRUCTURE_WORDS.has(word) || word === 'name');

const orderPhrase = (object: string): string =>
  object
    .replace(/^(?:.*\s)?(?:by|nach|par|por|per|op|حسب)\s+|^(?:for|to|on|only|just)\s+/iu, '')
    .replace(
      /,?\s*(?:in\s+|(?:starting\s+)?with\s+)?(?:the\s+)?(?:\p{L}+\s+(?:first|order)|(?:from\s+)?(?:high|low|newest|oldest|cheapest)\s+to\s+\p{L}+)\s*$/iu,
      '',
    )
    .replace(/\b(?:ascending|descending|asc|desc|aufsteigend|absteigend|ascendente|descendente)\b/giu, ' ')
    .replace(/[,\s]+$/u, '');

const opening = (part: IntentPart): string => (/^switch\b/i.test(part.text) ? 'Switch to' : 'Open');

/** A choice may say itself that others are left out. */
export const showOnly = (name: string): string =>
  /^(?:show\s+)?(?:only|just|nur|seulement|solo|sólo)\s/iu.test(name)
    ? sentence(name.replace(/^show\s+/iu, ''))
    : `Show only ${name.replace(/^show\s+/iu, '')}`;

function titleFor(part: IntentPart, name: string, isPage: boolean): string {
  switch (part.act) {
    case 'turnOn':
      return `Turn on ${name}`;
    case 'turnOff':
      return `Turn off ${name}`;
    case 'filter':
      return showOnly(name);
    case 'sort':
      return `Sort by ${name.toLowerCase().replace(/^sort by\s+/, '')}`;
    default:
      return isPage ? `Go to ${name}` : sentence(name);
  }
}

function kindFor(part: IntentPart, isPage: boolean): Feature['kind'] {
  if (part.act === 'filter' || part.act === 'sort') return 'filter';
  if (part.act === 'turnOn' || part.act === 'turnOff') return 'toggle';
  return isPage ? 'navigate' : 'open';
}

/** The control that is named, where it hides behind closed sections, tabs or branches of the page as it is loaded. */
export function pressHidden(part: IntentPart, context: RulesContext): Answers {
  const candidates = context.views
    .filter((view) => view.page.revealedBy.length === 0)
    .flatMap((view): Candidate[] => {
      const steps = stepsToward(view, { p: part.object });
      if (steps.length === 0 || steps[0]?.continues === undefined) return [];
      const name = shorten(readPhrase(part.object).name, 60);
      return [
        candidate({
          kind: 'open',
          title: `Find “${name}”`,
          ...asAsked(view),
          steps,
          score: 80,
          words: [name],
          about: name,
        }),
      ];
    });
  return { candidates, reason: '' };
}

/** "Expand the section": the one that is closed, where there is one. */
export function openClosed(part: IntentPart, context: RulesContext): Answers {
  if (!CLOSED_THING.test(part.object)) return { candidates: [], reason: '' };
  const candidates = context.views.flatMap((view): Candidate[] => {
    const before = stepsTo(context, view);
    const closed = closedOn(view).filter((node) => node.expanded === false);
    // What stands in what is closed belongs to it.
    const [only, ...others] = closed.filter(
      (node) => !view.descendants(node).some((one) => isControl(one) && nameOf(one) === nameOf(node)),
    );
    return before === undefined || only === undefined || others.length > 0
      ? []
      : [pressing(part, view, only, before)];
  });
  return { candidates, reason: '' };
}
const CLOSED_THING =
  /^(?:the|a|this)?\s*(?:collapsed|collapsible|hidden|closed)?\s*(?:section|panel|accordion|details|menu|group|box)s?(?:\s+(?:below|above))?\s*$/iu;

/** The words of what is narrowed or ordered by. */
export const wordsOfOrder = (part: IntentPart): string[] =>
  namingWords(orderPhrase(part.object)).filter(
    (word) => !STRUCTURE_WORDS.has(word) || (part.act === 'sort' && word === 'name'),
  );

/** Narrowing or ordering by what is named: a control of that name, or an option of a list. */
export function narrowBy(part: IntentPart, context: RulesContext): Answers {
  const phrase = orderPhrase(part.object);
  const wanted = wordsOfOrder(part);
  if (wanted.length === 0) return { candidates: [], reason: '' };
  const named = pressNamed(part, context, phrase);
  const chosen = context.views.flatMap((view) => {
    const before = stepsTo(context, view);
    if (before === undefined) return [];
    return optionLists(view).flatMap((node): Candidate[] => {
      const suits = (one: string): boolean => part.act !== 'sort' || ordersAs(part, one);
      const option = node.options?.find(
        (one) =>
          one !== node.value &&
          suits(one) &&
          wanted.some((word) => saysWord(one, word)) &&
          // `the sales department`: the list is one of departments.
          wanted.every((word) => saysWord(one, word) || listSays(view, node, word)),
      );
      if (option === undefined) return [];
      const target = view.targetOf(node);
      const title = part.act === 'sort' ? `Sort by ${shorten(option, 40)}` : showOnly(shorten(option, 40));
      const chose = step({ type: 'select', target, option }, title, {
        kind: 'value',
        target,
        equals: option,
      });
      return [
        candidate({
          kind: 'filter',
          title,
          ...asAsked(view),
          steps: [...before, { ...chose, ...listed(part, view, option) }],
          score: 91 - 3 * before.length,
          words: [option, node.name],
          about: option,
        }),
      ];
    });
  });
  const candidates = [...chosen, ...named.candidates];
  return {
    candidates,
    reason:
      candidates.length > 0
        ? ''
        : `Nothing was found that would ${part.act === 'sort' ? 'sort' : 'narrow'} by “${shorten(phrase, 60)}”.`,
  };
}

/** Whether a list to choose from is called so, says so in an option that leaves all, or stands beside a column or heading of this name. */
const listSays = (view: PageView, node: Node, word: string): boolean =>
  [
    node.name,
    ...(node.options ?? []).filter((option) => /^(all|any|every)\b/i.test(option)),
    ...view.ofRole('columnheader', 'heading').map(({ name }) => name),
  ].some((text) => saysWord(text, word));
