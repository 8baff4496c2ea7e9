import type { Asked, Candidate, CandidateStep, PageSnapshot, Target } from '@showrunner/contracts';
import { cardsOf } from '../board-cards';
import type { Card } from '../board-cards';
import { boardColumns, columnCalled, columnName } from '../boards';
import { candidate, click, step } from '../candidate';
import { isUsable, PageView } from '../page-view';
import type { Node } from '../page-view';
import { choicesOn } from '../rules/choices';
import { stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { shorten } from '../words';
import { asAsked } from './as-asked';
import type { Answers } from './act-on-row';
import { cardMeant } from './card-meant';
import { isControl, nameOf } from './controls';
import { noteOf } from './note';
import type { IntentPart } from './read-intent';
import { OPENS_MENU } from './row-menu';

/** A card is on its way to a column: the next click on it. */
export const MOVE_CARD = 'move-card';

/** Written into the note of a step, so its names are short. */
interface Way {
  /** Title of the card. */
  t: string;
  /** Name of the column. */
  g: string;
  /** What the card offers was opened. */
  o?: true;
}

const RIGHT =
  /^(?:[→►▶>›»➡⇒⟶]+\uFE0F?$|(?:move )?(?:right|forward|next)\b|advance\b|promote\b|(?:nach )?rechts\b|weiter\b|(?:vers la )?droite\b|(?:a la )?derecha\b|avanzar\b|avancer\b)/iu;
const LEFT =
  /^(?:[←◄◀<‹«⬅⇐⟵]+\uFE0F?$|(?:move )?(?:left|back|backward|previous)\b|(?:nach )?links\b|zurück\b|(?:vers la )?gauche\b|(?:a la )?izquierda\b)/iu;
const MOVES = /^(?:move|verschieben|déplacer|mover|sposta)\b/iu;

/** The part as one that brings a card into a column: `put X in Done` and `set the status of X to Done` do that, too, where a board is. */
function asMove(part: IntentPart, view: PageView): { part: IntentPart; goal: Node } | undefined {
  const { act, value, object, column } = part;
  const said = act === 'move' ? (value ?? column) : act === 'set' || act === 'edit' ? value : undefined;
  const goal = said === undefined ? undefined : columnCalled(view, said);
  if (goal !== undefined) return { part, goal };
  // "Put Pay rent into Done": what is entered is the card, and the field the column.
  const into = act === 'set' && value !== undefined ? columnCalled(view, object) : undefined;
  return into === undefined || value === undefined
    ? undefined
    : { part: { ...part, object: value, value: object, names: [] }, goal: into };
}

/** Whether a part brings a card of a board into one of its columns. */
export const movesCard = (part: IntentPart, context: RulesContext): boolean =>
  context.views.some((view) => {
    const asked = asMove(part, view);
    return (
      asked !== undefined && (part.act === 'move' || 'card' in cardMeant(asked.part, view, context.focus))
    );
  });

/** "Move Pay rent to Done": dragged, or by what the card offers for it; proven by the column in which it then stands. */
export function moveCard(part: IntentPart, context: RulesContext): Answers {
  let reason = '';
  const candidates = context.views.flatMap((view): Candidate[] => {
    const before = stepsTo(context, view);
    const asked = asMove(part, view);
    if (before === undefined || asked === undefined) return [];
    const meant = cardMeant(asked.part, view, context.focus);
    if ('missing' in meant) {
      reason ||= meant.missing;
      return [];
    }
    const { card } = meant;
    const goal = columnName(asked.goal);
    if (card.column.index === asked.goal.index) {
      reason ||= `“${shorten(card.title, 50)}” stands in “${shorten(goal, 40)}” already.`;
      return [];
    }
    const clicked = clicksToward(view, undefined, { t: card.title, g: goal });
    const ways = [...dragsTo(view, card, asked.goal), ...(clicked === undefined ? [] : [clicked])];
    reason ||= `“${shorten(card.title, 50)}” cannot be dragged, and offers nothing that would move it to “${shorten(goal, 40)}”.`;
    return ways.map((way, at) =>
      candidate({
        kind: 'edit',
        title: `Move “${shorten(card.title, 50)}” to ${shorten(goal, 40)}`,
        ...asAsked(view),
        steps: [...before, way],
        score: 95 - at - 3 * before.length,
        words: [card.title, goal],
        about: card.title,
      }),
    );
  });
  return { candidates, reason: candidates.length > 0 ? '' : reason };
}

const inColumn = (card: Card, goal: string): Asked => ({ kind: 'column', title: card.title, heading: goal });

/** Onto what stands in the column, onto its box, onto its heading. */
function dragsTo(view: PageView, card: Card, goal: Node): CandidateStep[] {
  const thing = [card.node, ...card.members].find((node) => node?.draggable === true) ?? card.node;
  // Pages that draw no controls on a card mean it to be dragged, whether or not their mark-up says so.
  if (thing === undefined || (thing.draggable !== true && card.members.some(isControl))) return [];
  const name = columnName(goal);
  const target = view.targetOf(thing);
  const success = {
    kind: 'under',
    target: { role: target.role, name: target.name, exact: true },
    heading: { role: goal.role, name, exact: false },
  } as const;
  const [other] = cardsOf(view).filter(({ column, node }) => column.index === goal.index && node);
  const box = view
    .ancestors(goal)
    .find((one) => boardColumns(view).filter((column) => isIn(view, column, one)).length === 1);
  const places = [box, other?.node, goal].flatMap((node) => node ?? []);
  const ends = places.filter((node, at) => places.indexOf(node) === at);
  return ends.map((to) => ({
    ...step(
      { type: 'drag', target, to: placeOf(view, to) },
      `Drag it to ${shorten(name, 40)}`,
      success,
      true,
    ),
    asks: inColumn(card, name),
  }));
}

const isIn = (view: PageView, node: Node, box: Node): boolean =>
  view.ancestors(node).some(({ index }) => index === box.index);

/** A column without a heading carries another name here than on the page. */
const placeOf = (view: PageView, { index }: Node): Target => {
  const node = view.nodes[index];
  return view.targetOf(node ?? (view.nodes[0] as Node));
};

/** The next click that brings the card nearer to its column; undefined when it offers none. */
function clicksToward(view: PageView, before: PageSnapshot | undefined, way: Way): CandidateStep | undefined {
  const columns = boardColumns(view);
  const card = cardsOf(view).find(({ title }) => title === way.t);
  const goal = columnCalled(view, way.g);
  if (card === undefined || goal === undefined) return undefined;
  const at = columns.findIndex(({ index }) => index === card.column.index);
  const end = columns.findIndex(({ index }) => index === goal.index);
  const asks = inColumn(card, columnName(goal));
  const fresh = way.o === undefined || before === undefined ? [] : choicesOn(view, before);
  const usable = [...card.members, ...fresh].filter(isUsable);
  const caption = `Move it to ${shorten(columnName(goal), 40)}`;
  const lists = [...usable, ...view.nodes.filter((node) => way.o && isFreshList(node, before))];
  const list = lists.find((node) => optionFor(node, way.g) !== undefined);
  const option = list && optionFor(list, way.g);
  if (list !== undefined && option !== undefined) {
    const target = view.targetOf(list);
    return { ...step({ type: 'select', target, option }, caption, gone(target), true), asks };
  }
  const named = usable.filter((node) => isPressed(node) && saysGoal(node, card, way.g));
  const [only] = named.sort((a, b) => nameOf(a).length - nameOf(b).length);
  if (only !== undefined) return { ...pressed(view, only, caption), asks };
  const arrow = usable.find((node) => isPressed(node) && (end > at ? RIGHT : LEFT).test(nameOf(node)));
  if (arrow !== undefined) {
    const next = columns[at + Math.sign(end - at)] ?? goal;
    const note = next === goal ? undefined : noteOf(MOVE_CARD, { t: way.t, g: way.g });
    return {
      ...pressed(view, arrow, `Move it to ${shorten(columnName(next), 40)}`),
      asks: inColumn(card, columnName(next)),
      ...(note !== undefined && { continues: note }),
    };
  }
  const opener = usable.find(
    (node) =>
      isPressed(node) &&
      (way.o
        ? MOVES.test(nameOf(node))
        : node.popup === 'menu' || OPENS_MENU.test(nameOf(node)) || MOVES.test(nameOf(node))),
  );
  const note = noteOf(MOVE_CARD, { t: way.t, g: way.g, o: true });
  return opener === undefined || note === undefined
    ? undefined
    : { ...pressed(view, opener, `Open the actions of “${shorten(card.title, 50)}”`), continues: note };
}

const gone = (target: Target): CandidateStep['success'] => ({ kind: 'elementHidden', target });

const pressed = (view: PageView, node: Node, caption: string): CandidateStep =>
  click(view.targetOf(node), caption, gone(view.targetOf(node)), true);

const isPressed = (node: Node): boolean =>
  isControl(node) || node.role === 'generic' || node.clickable === true;

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const optionFor = (node: Node, goal: string): string | undefined =>
  node.options?.find((option) => plain(option) === plain(goal) && option !== node.value);

/** What says the column's name, and not as a part of the card's own. */
const saysGoal = (node: Node, card: Card, goal: string): boolean => {
  const said = ` ${plain(nameOf(node).replace(card.title, ' '))} `;
  return node.options === undefined && said.includes(` ${plain(goal)} `);
};

const isFreshList = (node: Node, before: PageSnapshot | undefined): boolean =>
  node.options !== undefined &&
  isUsable(node) &&
  before?.elements.some(({ role, name }) => role === node.role && name === node.name) !== true;

/** The next click, on the page that the last one has led to. */
export function stepsOfMove(
  page: PageSnapshot,
  before: PageSnapshot | undefined,
  note: string,
): CandidateStep[] {
  const view = PageView.of(page);
  const next = clicksToward(view, before, JSON.parse(note) as Way);
  return next === undefined ? [] : [next];
}
