import { foldText } from '@showrunner/contracts';
import type { Node, PageView } from '../page-view';

/** How long the words for a group may be that stand before it. */
const NEAR = 30;
/** Nodes between two choices of one group: what wraps or labels them. */
const GAP = 2;

/** Choices that stand one after the other below one thing: two or more of one role. */
export function choiceGroups(view: PageView, isChoice: (node: Node) => boolean): Node[][] {
  const groups: Node[][] = [];
  for (const node of view.nodes.filter(isChoice)) {
    const group = groups.find((one) => isBeside(one[one.length - 1], node));
    if (group === undefined) groups.push([node]);
    else group.push(node);
  }
  return groups.filter((group) => group.length > 1);
}

const isBeside = (last: Node | undefined, next: Node): boolean =>
  last !== undefined &&
  last.role === next.role &&
  last.parent === next.parent &&
  next.index - last.index <= GAP;

/** What says of what a choice is one: names around it, the heading before it, and the words before the first of its group. */
export function groupSaid(view: PageView, node: Node): string[] {
  const headings = view.ofRole('heading').filter((one) => one.index < node.index);
  return [
    ...view.ancestors(node).map((one) => one.name),
    node.name,
    headings[headings.length - 1]?.name ?? '',
    wordsBefore(view, node),
  ];
}

function wordsBefore(view: PageView, node: Node): string {
  const group = choiceGroups(view, (one) => one.role === node.role).find((some) =>
    some.some((one) => one.index === node.index),
  );
  const names = (group ?? [node]).map((one) => foldText(one.name));
  const text = foldText(view.snapshot.text);
  const place = text.indexOf(names.join(' '));
  return place <= 0 ? '' : text.slice(Math.max(0, place - NEAR), place);
}
