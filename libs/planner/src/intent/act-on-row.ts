import type { Candidate, CandidateStep } from '@showrunner/contracts';
import { candidate, click, step } from '../candidate';
import { isDestructive } from '../forbidden';
import { isTextField, isUsable } from '../page-view';
import type { Node, PageView } from '../page-view';
import { stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { OPENED_FORM } from '../rules/edit';
import { sentence, shorten, stem, stemsOf, wordsOf } from '../words';
import { CONFIRMATION } from './confirm';
import { clickOn, isControl, nameOf, namingWords } from './controls';
import { sameMeaning } from './lexicon';
import type { IntentPart } from './read-intent';
import { referTo } from './refer';
import { rowsOf, targetInRow } from './rows';
import type { Row } from './rows';

/** Candidates for a part, and why there are none. */
export interface Answers {
  candidates: Candidate[];
  /** The most telling reason; '' when there is nothing to say. */
  reason: string;
}

/** An act on one of many things: the control of that very row that does it. */
export function actOnRow(part: IntentPart, context: RulesContext): Answers {
  let reason = '';
  const candidates = context.views.flatMap((view) => {
    const before = stepsTo(context, view);
    if (before === undefined) return [];
    const rows = rowsOf(view);
    const controlOf = (row: Row): Node | undefined => controlIn(row, part);
    const referred = referTo(aboutOf(part), rows, view, {
      ...(context.focus === undefined ? {} : { focus: context.focus }),
      explained: (word) => explains(part, word),
      prefer: (row) => controlOf(row) !== undefined,
    });
    if ('missing' in referred) {
      reason ||= referred.missing;
      return [];
    }
    const [row] = referred.rows;
    const control = row && controlOf(row);
    if (row === undefined || control === undefined) {
      if (row)
        reason = `“${shorten(row.title, 50)}” offers nothing that is called “${shorten(wantedName(part), 40)}”.`;
      return [];
    }
    return actsOn(view, row, control, part, before);
  });
  return { candidates, reason };
}

/** What is put into a cart is named where others name what is typed. */
const aboutOf = (part: IntentPart): IntentPart =>
  part.act === 'add' && part.value !== undefined && CART_SAID.test(part.text)
    ? { ...part, object: part.value }
    : part;

/** How the control of a part may be called: what follows "as", or the verb. */
const wantedName = (part: IntentPart): string => stateSaid(part) ?? firstWord(part);

const firstWord = (part: IntentPart): string =>
  wordsOf(part.text).find((word) => stem(word) === part.verb) ?? part.verb;

/** `paid` of "mark invoice 7 as paid". */
const stateSaid = (part: IntentPart): string | undefined =>
  /\s(?:as|als|comme|como|come|come)\s+["“„«]?([\p{L} ]+)["”“»]?\s*$/iu.exec(part.text)?.[1];

const COMPLETED = new Set([
  'complet',
  'don',
  'finish',
  'check',
  'tick',
  'erledigt',
  'abgehakt',
  'termin',
  'hecho',
  'completad',
]);

/** Words that say what to do, not to which. */
function explains(part: IntentPart, word: string): boolean {
  const state = stateSaid(part);
  return (
    stem(word) === part.verb || (state !== undefined && wordsOf(state).includes(word)) || CART.test(word)
  );
}

const CART =
  /^(?:cart|basket|bag|warenkorb|panier|carrito|carrello|carrinho|favou?rites|wishlist|watchlist)$/i;

function controlIn(row: Row, part: IntentPart): Node | undefined {
  const usable = row.members.filter(
    // A cell is named by the controls in it, and its middle may be any of them.
    (node) => isControl(node) && node.role !== 'gridcell' && nameOf(node) !== '',
  );
  // A name that holds the row's own words is the row's, whatever verbs these are.
  const own = (node: Node): string[] => {
    const words = stemsOf(nameOf(node));
    if (!nameOf(node).toLowerCase().includes(row.title.toLowerCase())) return words;
    const title = new Set(stemsOf(row.title));
    return words.filter((word) => !title.has(word));
  };
  const called = (wanted: string): Node | undefined =>
    usable.find((node) => own(node).some((word) => sameMeaning(word, wanted))) ??
    usable.find((node) =>
      [...nameOf(node)].some((char) => !/[\p{L}\p{N}\s]/u.test(char) && sameMeaning(char, wanted)),
    );
  const box = row.members.find((node) => ['checkbox', 'switch'].includes(node.role) && isUsable(node));
  const opener =
    usable.find((node) => node.role === 'link' && nameOf(node).toLowerCase() === row.title.toLowerCase()) ??
    usable.find((node) => node.role === 'button' && nameOf(node).toLowerCase() === row.title.toLowerCase());
  const state = stateSaid(part);
  /** All that it is called stands in the sentence: `show the password` of `Show password`. */
  const saying = (): Node | undefined =>
    usable.find((node) => {
      const words = own(node);
      return words.length > 1 && words.every((word) => stemsOf(part.text).includes(word));
    });
  // Drawn of boxes, it is clicked as a whole.
  const whole = row.node.role === 'generic' || row.node.clickable === true ? row.node : undefined;
  switch (part.act) {
    case 'mark': {
      const wanted = state === undefined ? [part.verb] : namingWords(state).map(stem);
      const byName = wanted.map(called).find((node) => node !== undefined);
      return byName ?? (wanted.every((word) => word === '' || COMPLETED.has(word)) ? box : undefined);
    }
    case 'turnOn':
    case 'turnOff':
      return box?.checked === (part.act === 'turnOff') ? box : undefined;
    case 'choose':
      return (
        row.members.find((node) => ['checkbox', 'radio'].includes(node.role) && isUsable(node)) ??
        called('select')
      );
    case 'add':
      return CART_SAID.test(part.text)
        ? (usable.find((node) => /\badd\b/i.test(nameOf(node))) ?? called('cart'))
        : undefined;
    case 'open':
    case 'show':
    case undefined:
      if (part.verb === '' || part.act !== undefined)
        return saying() ?? opener ?? called('open') ?? usable.find((node) => node.role === 'link') ?? whole;
      return (
        called(part.verb) ??
        (COMPLETED.has(part.verb) ? box : BEGINS.has(part.verb) ? (opener ?? whole) : undefined)
      );
    case 'delete':
      return called('delet') ?? usable.find((node) => isDestructive(nameOf(node)));
    case 'edit':
      return called('edit');
    case 'press':
      return usable.find(
        (node) => own(node).length > 0 && own(node).every((word) => stemsOf(part.text).includes(word)),
      );
    case 'move':
      return movingControl(row, usable, part);
    default:
      return undefined;
  }
}

/** What one does with a thing by opening it. */
const BEGINS = new Set(['play', 'listen', 'read', 'watch', 'preview']);
const CART_SAID =
  /\b(?:to|into|in)\s+(?:(?:the|my|your)\s+)?(?:shopping\s+)?(?:cart|basket|bag|favou?rites|wishlist|watchlist)\b|warenkorb|panier|carrito|carrello|carrinho/i;

/** A button that names the goal, or a list that offers it. */
function movingControl(row: Row, usable: readonly Node[], part: IntentPart): Node | undefined {
  const goal = (part.value ?? part.column ?? '')
    .replace(/^(?:the|column|list|section|lane)\s+/iu, '')
    .toLowerCase();
  if (goal === '') return undefined;
  return (
    usable.find(
      (node) => nameOf(node).toLowerCase().includes(goal) && !row.title.toLowerCase().includes(goal),
    ) ?? row.members.find((node) => optionOf(node, goal) !== undefined)
  );
}

const optionOf = (node: Node, goal: string): string | undefined =>
  node.options?.find((option) => option.toLowerCase() === goal) ??
  node.options?.find((option) => option.toLowerCase().includes(goal));

function actsOn(
  view: PageView,
  row: Row,
  control: Node,
  part: IntentPart,
  before: CandidateStep[],
): Candidate[] {
  const target = targetInRow(view, row, control);
  const name = nameOf(control);
  const shown = shorten(row.title, 50);
  const isOwn = name.toLowerCase().includes(row.title.toLowerCase());
  const isBox = ['checkbox', 'switch', 'radio'].includes(control.role);
  const said = sentence(isBox || name.length < 2 ? firstWord(part) || 'Open' : name);
  const isWhole = control.index === row.node.index;
  const title = isWhole
    ? `${sentence(part.act === undefined ? firstWord(part) || 'Open' : 'Open')} “${shown}”`
    : isOwn && !isBox
      ? part.act === 'open' || part.act === 'show' || part.verb === ''
        ? `Open “${shown}”`
        : sentence(shorten(name, 100))
      : `${said}${/\s/.test(said) ? ':' : ''} “${shown}”`;
  const base = {
    kind:
      part.act === 'open' || part.act === 'show' || (part.act === undefined && part.verb === '')
        ? 'open'
        : part.act === 'edit' || part.act === 'delete'
          ? 'edit'
          : 'toggle',
    title,
    description: 'Exactly this one.',
    startPath: view.path,
    score: 95 - 3 * before.length,
    words: [name, row.title],
    needsSignIn: view.page.signedIn ?? false,
    about: row.title,
  } as const;
  if (part.act === 'delete') {
    const gone = { kind: 'textHidden', text: row.title } as const;
    const asks = click(
      target,
      title,
      { kind: 'elementVisible', target: { role: 'dialog', name: '', exact: false } },
      true,
    );
    return [
      candidate({ ...base, steps: [...before, click(target, title, gone)] }),
      candidate({ ...base, steps: [...before, asks], continues: CONFIRMATION }),
    ];
  }
  if (control.options !== undefined && !isTextField(control)) {
    const option = optionOf(control, (part.value ?? part.column ?? '').toLowerCase());
    if (option === undefined) return [];
    const chosen = { kind: 'value', target, equals: option } as const;
    return [
      candidate({
        ...base,
        title: `Move “${shown}” to ${shorten(option, 40)}`,
        steps: [
          ...before,
          step({ type: 'select', target, option }, `Choose ${shorten(option, 40)}`, chosen, true),
        ],
      }),
    ];
  }
  return [
    candidate({
      ...base,
      steps: [...before, clickOn(view, control, target, title)],
      ...(part.act === 'edit'
        ? { continues: part.value === undefined ? OPENED_FORM : `${OPENED_FORM} ${part.value}`.slice(0, 200) }
        : {}),
    }),
  ];
}
