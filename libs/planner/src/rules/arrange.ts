import { foldText } from '@showrunner/contracts';
import type { Candidate, CandidateStep, Condition, Target } from '@showrunner/contracts';
import { boardColumns, columnName } from '../boards';
import { candidate, step } from '../candidate';
import { itemsOf } from '../items';
import type { Node, PageView } from '../page-view';
import { focusFirst, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { readable, shorten } from '../words';

/** Things that one puts elsewhere by hand: a card into another column, an entry to another place of its list. */
export function arrangeFeatures(context: RulesContext): Candidate[] {
  return context.views
    .flatMap((view) => {
      const before = stepsTo(context, view);
      if (before === undefined) return [];
      return intoColumn(context, view, before) ?? withinList(context, view, before) ?? [];
    })
    .slice(0, 1);
}

interface Thing {
  node: Node;
  text: string;
  title: string;
}

/** What can be dragged and is named by no other thing of the page. */
function draggables(context: RulesContext, view: PageView): Thing[] {
  const all = view.nodes
    .filter((node) => node.draggable === true && !view.ancestors(node).some((one) => one.draggable === true))
    .map((node) => ({ node, text: view.textOf(node), title: titleOf(view, node) }))
    .filter(({ title }) => title.length >= 2);
  const alone = all.filter(({ title }) => all.filter((other) => other.text.includes(title)).length === 1);
  const handles = handlesOf(view, all);
  return focusFirst(context, handles.length >= 2 ? handles : alone);
}

/** Handles that are all called alike (`Move task`) move the entries in which they stand. */
function handlesOf(view: PageView, all: readonly Thing[]): Thing[] {
  const items = itemsOf(view);
  return all
    .filter(({ title }) => all.filter((other) => other.title === title).length > 1)
    .flatMap(({ node }) => {
      const item = items.find((one) => view.ancestors(node).some(({ index }) => index === one.node.index));
      return item === undefined ? [] : [{ node, text: item.text, title: shorten(item.title, 60) }];
    });
}

const titleOf = (view: PageView, node: Node): string => {
  const inner = view
    .descendants(node)
    .find((one) => ['heading', 'link', 'paragraph', 'strong'].includes(one.role) && view.shows(one.name));
  return shorten(readable(inner?.name ?? view.textOf(node)), 60).replace(/…$/, '');
};

/** The target of a thing that may show more or less once it has been moved. */
const targetOf = (view: PageView, { node, title }: Thing): Target => {
  const target = view.targetOf(node);
  return foldText(node.name) === title ? target : { ...target, name: title, exact: false, nth: undefined };
};

/** A board: headings of one level side by side, each with its things below. */
function intoColumn(context: RulesContext, view: PageView, before: CandidateStep[]): Candidate[] | undefined {
  const things = draggables(context, view);
  const columns = columnsOf(view, things);
  for (const thing of things) {
    const own = headingOver(columns, thing.node);
    const at = own === undefined ? -1 : columns.indexOf(own);
    if (own === undefined) continue;
    // Onwards, as work goes; from the last column back.
    const goal = columns[at + 1] ?? columns[at - 1];
    if (goal === undefined) continue;
    const target = targetOf(view, thing);
    const name = columnName(goal);
    const heading: Target = { role: goal.role, name, exact: false };
    const success: Condition =
      goal.role === 'heading'
        ? { kind: 'under', target, heading }
        : {
            kind: 'elementVisible',
            target: { ...target, nth: undefined, within: { role: goal.role, name } },
          };
    const title = `Move “${shorten(thing.title, 50)}” to ${shorten(name, 40)}`;
    const others = things.filter((one) => headingOver(columns, one.node) === goal).map(({ node }) => node);
    const places = [...others.slice(0, 1), surrounding(view, goal), goal].flatMap((one) => one ?? []);
    const ways = places.map((place) => [
      ...before,
      step({ type: 'drag', target, to: view.targetOf(place) }, `Drag it to ${shorten(name, 40)}`, success),
    ]);
    const [steps, ...variants] = ways;
    if (steps === undefined) continue;
    return [
      candidate({
        kind: 'edit',
        title,
        description: 'Taken by hand, and put where it belongs.',
        startPath: view.path,
        ...{ steps, variants },
        score: 82 - 3 * before.length,
        words: ['drag move drop column board arrange put', thing.title, name],
        needsSignIn: view.page.signedIn,
      }),
    ];
  }
  return undefined;
}

/** Headings of one level, next to each other, of which one at least has things below it. */
function columnsOf(view: PageView, things: readonly Thing[]): Node[] {
  const headings = view.ofRole('heading').filter((node) => columnName(node) !== '');
  for (const level of [2, 3, 4, 1, 5, 6]) {
    const row = headings.filter((node) => node.level === level && !inThing(view, node, things));
    const first = row[0];
    if (first === undefined) continue;
    const besides = row.filter(
      (node) => Math.abs(node.box.y - first.box.y) < 60 && (node === first || node.box.x > first.box.x + 20),
    );
    if (besides.length >= 2 && things.some(({ node }) => headingOver(besides, node) !== undefined))
      return besides;
  }
  return boxesOf(view, things);
}

/** Boxes side by side that say what they are first, and of which none says what another one is called. */
function boxesOf(view: PageView, things: readonly Thing[]): Node[] {
  const boxes = boardColumns(view).filter((node) => node.role !== 'heading' && !inThing(view, node, things));
  const areTold = boxes.every((node) =>
    boxes.every((other) => other === node || !view.textOf(other).includes(columnName(node))),
  );
  return areTold && things.some(({ node }) => headingOver(boxes, node) !== undefined) ? boxes : [];
}

const inThing = (view: PageView, node: Node, things: readonly Thing[]): boolean =>
  view.ancestors(node).some((one) => things.some((thing) => thing.node.index === one.index));

/** The last heading before a thing in the document that is also above it on the page. */
function headingOver(columns: readonly Node[], node: Node): Node | undefined {
  const before = columns.filter((heading) => heading.index < node.index);
  const last = before[before.length - 1];
  return last !== undefined && last.box.y <= node.box.y ? last : undefined;
}

/** The column itself, where it has a role; a list below the heading else. */
function surrounding(view: PageView, heading: Node): Node | undefined {
  const around = view.inside(heading, 'region', 'group', 'listitem', 'entry', 'article', 'list');
  if (
    around !== undefined &&
    view.descendants(around).filter((one) => one.role === 'heading' && one.level === heading.level).length ===
      1
  )
    return around;
  const next = view.nodes[heading.index + 1];
  return next !== undefined && ['list', 'group', 'region'].includes(next.role) ? next : undefined;
}

/** One list from top to bottom: the first entry goes below the third, or the last of fewer. */
function withinList(context: RulesContext, view: PageView, before: CandidateStep[]): Candidate[] | undefined {
  const things = draggables(context, view);
  const first = [...things].sort((a, b) => a.node.index - b.node.index)[0];
  if (first === undefined) return undefined;
  const list = things
    .filter(({ node }) => node.parent === first.node.parent || sameShelf(view, node, first.node))
    .sort((a, b) => a.node.index - b.node.index);
  const second = list[1];
  const goal = list[2] ?? second;
  if (second === undefined || goal === undefined) return undefined;
  const drag = (to: Thing): CandidateStep =>
    step(
      { type: 'drag', target: view.targetOf(first.node), to: view.targetOf(to.node) },
      `Drag “${shorten(first.title, 40)}” below “${shorten(to.title, 40)}”`,
      { kind: 'textOrder', first: second.title, then: first.title },
    );
  return [
    candidate({
      kind: 'edit',
      title: `Put “${shorten(first.title, 50)}” in another place`,
      description: 'The order is yours.',
      startPath: view.path,
      steps: [...before, drag(goal)],
      variants: goal === second ? [] : [[...before, drag(second)]],
      score: 74 - 3 * before.length,
      words: ['drag move drop sort order reorder arrange', first.title],
      needsSignIn: view.page.signedIn,
    }),
  ];
}

/** Handles of entries: each in an item of the same list. */
const sameShelf = (view: PageView, a: Node, b: Node): boolean => {
  const shelf = (node: Node): number | undefined => view.inside(node, 'listitem', 'row', 'entry')?.parent;
  return shelf(a) !== undefined && shelf(a) === shelf(b);
};
