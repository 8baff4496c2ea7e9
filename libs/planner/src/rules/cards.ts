import type { CandidateStep } from '@showrunner/contracts';
import { click } from '../candidate';
import { isChrome } from '../chrome';
import { isUsable } from '../page-view';
import type { Node, PageView } from '../page-view';
import { readable, shorten } from '../words';

const NAMES = 60;

/** One of the cards of which a page of a form wants one to be chosen, before the button that goes on; empty where there are none. */
export function cardSteps(view: PageView, onward: Node): CandidateStep[] {
  const cards = view.nodes.filter(
    (node) =>
      view.snapshot.elements[node.index]?.role === 'generic' &&
      node.index < onward.index &&
      isUsable(node) &&
      !isChrome(view, node) &&
      /\p{L}{2}/u.test(node.name),
  );
  const groups = new Map<number, Node[]>();
  for (const card of cards) groups.set(card.parent, [...(groups.get(card.parent) ?? []), card]);
  const [group = []] = [...groups.values()].filter(({ length }) => length >= 2);
  const card = group.find(({ selected }) => selected !== true);
  if (card === undefined || group.some(({ selected }) => selected === true)) return [];
  const target = view.targetOf(card);
  const title = shorten(readable(card.parts?.[0] ?? card.name), NAMES);
  return [
    click(target, `Choose “${title}”`, { kind: 'state', target, state: 'selected', equals: true }, true),
  ];
}
