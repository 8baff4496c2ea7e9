import type { Asked, Candidate, CandidateStep, Target } from '@showrunner/contracts';
import { columnCalled, columnName } from '../boards';
import { candidate, click, step } from '../candidate';
import { isDestructive } from '../forbidden';
import { isTextField, isUsable } from '../page-view';
import type { Node, PageView } from '../page-view';
import { ONLY_CART, TO_ORDER } from '../rules/checkout';
import { OPENED_FORM } from '../rules/edit';
import { sentence, shorten, stem, stemsOf, wordsOf } from '../words';
import { asAsked } from './as-asked';
import { CONFIRMATION } from './confirm';
import { clickOn, isControl, nameOf, namingWords } from './controls';
import { FUNCTION_WORDS, STRUCTURE_WORDS } from './lexicon';
import { isCommonNoun, isCompletion, sameMeaning } from './meanings';
import type { IntentPart } from './read-intent';
import { targetInRow } from './rows';
import type { Row } from './rows';

/** How the control of a part may be called: what follows "as", or the verb. */
export const wantedName = (part: IntentPart): string => stateSaid(part) ?? firstWord(part);

const firstWord = (part: IntentPart): string =>
  wordsOf(part.text).find((word) => stem(word) === part.verb) ?? part.verb;

/** `paid` of "mark invoice 7 as paid". */
export const stateSaid = (part: IntentPart): string | undefined =>
  /\s(?:as|als|comme|como|come|come)\s+["“„«]?([\p{L} ]+)["”“»]?\s*$/iu.exec(part.text)?.[1];

export const CART =
  /^(?:cart|basket|bag|warenkorb|panier|carrito|carrello|carrinho|favou?rites|wishlist|watchlist)$/i;

export function controlIn(row: Row, part: IntentPart): Node | undefined {
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
      return byName ?? (state === undefined || wanted.every(isCompletion) ? box : undefined);
    }
    case 'turnOn':
    case 'turnOff': {
      const switches = row.members.filter(
        (node) => ['checkbox', 'switch'].includes(node.role) && isUsable(node),
      );
      // Of several the one that is named.
      const meant =
        switches.length < 2
          ? box
          : switches.find((node) => own(node).some((word) => stemsOf(part.object).includes(word)));
      return meant?.checked === (part.act === 'turnOff') ? meant : undefined;
    }
    case 'choose':
      return (
        row.members.find((node) => ['checkbox', 'radio'].includes(node.role) && isUsable(node)) ??
        called('select')
      );
    case 'add':
      return CART_SAID.test(part.text)
        ? (usable.find((node) => /\badd\b/i.test(nameOf(node))) ??
            (IN_SHOP.test(part.text) ? ['cart'] : MARKS).map(called).find((node) => node !== undefined))
        : undefined;
    case 'open':
    case 'show':
    case undefined:
      if (part.verb === '' || part.act !== undefined)
        return saying() ?? opener ?? called('open') ?? usable.find((node) => node.role === 'link') ?? whole;
      return (
        called(part.verb) ??
        (isCompletion(part.verb)
          ? box
          : BEGINS.has(part.verb)
            ? (opener ?? whole)
            : part.verb === VOTES
              ? (row.members.find((node) => node.role === 'radio' && isUsable(node)) ?? whole)
              : undefined)
      );
    case 'delete':
      return removing(usable, own, part);
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

/** What goes of a row that itself stays: `red` of `Remove tag red`, where that is said, too. */
const partTaken = (name: string, row: Row, part: IntentPart): string[] => {
  const title = stemsOf(row.title);
  const told = partsOf(stemsOf(name)).filter((word) => !STRUCTURE_WORDS.has(word) && !isCommonNoun(word));
  const said = stemsOf(part.text);
  return told.some((word) => title.includes(word)) ? [] : told.filter((word) => said.includes(word));
};

/** ` as done` of "mark it as done". */
const asSaid = ({ text }: IntentPart): string => /\sas [\p{L} ]{2,20}(?=[.!]?$)/iu.exec(text)?.[0] ?? '';

/** What stays where it is and looks otherwise afterwards, or goes: that something is said of it is not enough. */
const FIRM = [
  'pin',
  'unpin',
  'archive',
  'mute',
  'unmute',
  'hide',
  'star',
  'like',
  'approve',
  'reject',
  'increase',
  'decrease',
  'vote',
];

/** What has to become of the thing that is meant. */
export function askedOf(part: IntentPart, row: Pick<Row, 'title'>, view: PageView): Asked {
  const { title } = row;
  const goal = part.act === 'move' ? columnCalled(view, part.value ?? part.column ?? '') : undefined;
  if (goal !== undefined) return { kind: 'column', title, heading: columnName(goal) };
  const effect = ((): Extract<Asked, { kind: 'row' }>['effect'] => {
    switch (part.act) {
      case 'delete':
        return 'goes';
      case 'mark':
      case 'turnOn':
      case 'turnOff':
      case 'choose':
      case 'move':
        return 'changes';
      case 'open':
      case 'show':
        return 'opens';
      case undefined:
        return part.verb === ''
          ? 'opens'
          : FIRM.some((verb) => sameMeaning(verb, part.verb))
            ? 'changes'
            : 'about';
      default:
        return 'about';
    }
  })();
  return { kind: 'row', title, effect };
}

/** What may bring up a question for a new text. */
const ASKS_NAME =
  /rename|edit|change|name|umbenennen|bearbeiten|renommer|modifier|renombrar|editar|rinomina|modifica|renomear|تسمية|تعديل|名|編集/iu;

/** What one does with a thing by opening it. */
const BEGINS = new Set(['play', 'listen', 'read', 'watch', 'preview']);
/** Of an answer to be voted for that has no button of its own the whole is pressed. */
const VOTES = stem('vote');

/** What takes something away: of several that say of what, as `Remove tag red` does, the one whose words are said, or none. */
function removing(
  usable: readonly Node[],
  own: (node: Node) => string[],
  part: IntentPart,
): Node | undefined {
  const said = stemsOf(part.text);
  const isCalled = (node: Node): boolean => own(node).some((word) => sameMeaning(word, 'delet'));
  const ends = usable.filter((node) => isCalled(node) || isDestructive(nameOf(node)));
  const named = ends.filter((node) => partsOf(own(node)).length > 0);
  const meant = named.filter((node) => partsOf(own(node)).every((word) => said.includes(word)));
  if (meant.length === 1) return meant[0];
  const plain = ends.filter((node) => named.length < 2 || !named.includes(node));
  return plain.find(isCalled) ?? plain[0];
}

/** What a control that takes something away says of what. */
const partsOf = (words: readonly string[]): string[] =>
  words.filter((word) => !sameMeaning(word, 'delet') && !FUNCTION_WORDS.has(word));

export const CART_SAID =
  /\b(?:to|into|in)\s+(?:(?:the|my|your)\s+)?(?:shopping\s+)?(?:cart|basket|bag|favou?rites|wishlist|watchlist)\b|warenkorb|panier|carrito|carrello|carrinho/i;

/** What puts something among the favourites, stemmed. */
const MARKS = [
  'favourite',
  'favorite',
  'wishlist',
  'watchlist',
  'heart',
  'like',
  'star',
  'bookmark',
  'save',
].map(stem);

/** A cart, where favourites are lists of what is only marked. */
const IN_SHOP = /\b(?:cart|basket|bag|warenkorb|einkaufswagen|panier|carrito|carrello|carrinho)\b/iu;

/** What is put into a cart is seen in there, once it is opened. */
function throughCart(view: PageView, row: Row, target: Target, before: CandidateStep[]): Candidate {
  const title = `Put “${shorten(row.title, 50)}” into the cart`;
  const add = click(target, title, { kind: 'textChanged' }, true);
  return candidate({
    kind: 'create',
    title,
    ...asAsked(view),
    steps: [...before, { ...add, continues: `${TO_ORDER} ${ONLY_CART}` }],
    score: 96 - 3 * before.length,
    words: ['cart', row.title],
    about: row.title,
  });
}

/** A button that names the goal, or a list that offers it. */
function movingControl(row: Row, usable: readonly Node[], part: IntentPart): Node | undefined {
  const goal = (part.value ?? part.column ?? '')
    .replace(/^(?:the|column|list|section|lane)\s+/iu, '')
    .toLowerCase();
  if (goal === '') return undefined;
  const fitting = [
    ...usable.filter(
      (node) => nameOf(node).toLowerCase().includes(goal) && !row.title.toLowerCase().includes(goal),
    ),
    ...row.members.filter((node) => optionOf(node, goal) !== undefined),
  ];
  // What holds several that would do it is no single thing, but a list of them.
  const [only, ...others] = fitting;
  return others.every(({ role }) => role !== only?.role) ? only : undefined;
}

const optionOf = (node: Node, goal: string): string | undefined =>
  node.options?.find((option) => option.toLowerCase() === goal) ??
  node.options?.find((option) => option.toLowerCase().includes(goal));

export function actsOn(
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
      : `${said}${/\s/.test(said) ? ':' : ''} “${shown}”${isBox && part.act === 'mark' ? asSaid(part) : ''}`;
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
  const asks = askedOf(part, row, view);
  const takes = part.act === 'delete' ? partTaken(name, row, part) : [];
  if (takes.length > 0) {
    const changed = { kind: 'row', title: row.title, effect: 'changes' } as const;
    const taken = click(target, title, { kind: 'elementHidden', target });
    return [candidate({ ...base, steps: [...before, { ...taken, asks: changed }] })];
  }
  if (part.act === 'delete') {
    const gone = { kind: 'textHidden', text: row.title } as const;
    const questioned = click(
      target,
      title,
      { kind: 'elementVisible', target: { role: 'dialog', name: '', exact: false } },
      true,
    );
    return [
      candidate({ ...base, steps: [...before, { ...click(target, title, gone), asks }] }),
      candidate({ ...base, steps: [...before, questioned], continues: CONFIRMATION }),
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
          {
            ...step({ type: 'select', target, option }, `Choose ${shorten(option, 40)}`, chosen, true),
            asks,
          },
        ],
      }),
    ];
  }
  const { value } = part;
  const renamed =
    value === undefined ? undefined : ({ kind: 'renamed', text: value, instead: row.title } as const);
  return [
    ...(part.act === 'add' && IN_SHOP.test(part.text) ? [throughCart(view, row, target, before)] : []),
    candidate({
      ...base,
      steps: [
        ...before,
        { ...clickOn(view, control, target, title), ...(part.act === 'edit' ? {} : { asks }) },
      ],
      ...(part.act === 'edit'
        ? { continues: part.value === undefined ? OPENED_FORM : `${OPENED_FORM} ${part.value}`.slice(0, 200) }
        : {}),
    }),
    // The browser's own dialog may ask for the new name.
    ...(part.act === 'edit' && value !== undefined && renamed !== undefined && ASKS_NAME.test(name)
      ? [
          candidate({
            ...base,
            title: `Rename “${shown}” to “${shorten(value, 40)}”`,
            score: base.score - 1,
            steps: [
              ...before,
              {
                ...click(target, title, { kind: 'textVisible', text: value }),
                dialog: { accept: true, text: value },
                asks: renamed,
              },
            ],
          }),
        ]
      : []),
  ];
}
