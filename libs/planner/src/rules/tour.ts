import { findTargets, foldText } from '@showrunner/contracts';
import type { Candidate, CandidateStep } from '@showrunner/contracts';
import { candidate, click, step } from '../candidate';
import { isUsable } from '../page-view';
import type { Node, PageView } from '../page-view';
import { allowed, isLoaded } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { readable, sentence, shorten } from '../words';

const MOST_STOPS = 4;
/** Parts of a window from its top to a heading that one has to scroll to. */
const BELOW = 1;
const TO_TOP = /^(top|back to top|home|skip to)\b/i;

/** Pages to read: their sections one after the other, by the links that lead to them or by scrolling. A film says that this is a tour. */
export function tourFeatures(context: RulesContext): Candidate[] {
  const loaded = context.views.filter((view) => isLoaded(view.page));
  const [first] = loaded;
  return [
    ...loaded.flatMap((view) => toSections(context, view)).slice(0, 3),
    ...(first ? throughPage(first) : []),
  ];
}

const belowFold = (view: PageView): Node[] => {
  const { height } = view.snapshot.viewport;
  return view
    .ofRole('heading')
    .filter(
      (node) =>
        node.box.y >= height * BELOW &&
        node.inViewport !== true &&
        (node.level ?? 2) <= 3 &&
        foldText(node.name).length >= 3 &&
        foldText(node.name).length <= 80 &&
        findTargets(view.snapshot.elements, view.targetOf(node)).length === 1,
    );
};

/** Links to places of the page itself. */
function toSections(context: RulesContext, view: PageView): Candidate[] {
  const headings = belowFold(view);
  const here = view.path.split('#')[0] ?? '';
  return view.ofRole('link').flatMap((link) => {
    const [place, part] = (link.href ?? '').split('#');
    const name = readable(link.name);
    if (place !== here || part === undefined || part === '' || /^!?\//.test(part)) return [];
    if (name.length < 2 || TO_TOP.test(name) || !isUsable(link) || !allowed(context, name)) return [];
    const goal = headings.find((heading) => speaksOf(heading.name, `${name} ${part}`));
    if (goal === undefined) return [];
    const title = `Go to ${shorten(name, 50)}`;
    return [
      candidate({
        kind: 'navigate',
        title,
        description: 'A part of the page, one click away.',
        startPath: view.path,
        steps: [click(view.targetOf(link), title, { kind: 'inViewport', target: view.targetOf(goal) })],
        score: 48,
        words: ['go navigate section jump scroll', name, goal.name],
        needsSignIn: view.page.signedIn,
      }),
    ];
  });
}

const speaksOf = (heading: string, link: string): boolean => {
  const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  const named = words(link);
  return words(heading).some((word) => named.includes(word));
};

/** From the top of a page to its end, by its headings. */
function throughPage(view: PageView): Candidate[] {
  const headings = belowFold(view);
  if (headings.length === 0) return [];
  const every = Math.max(1, Math.ceil(headings.length / MOST_STOPS));
  const stops = headings.filter((_, at) => at % every === 0).slice(0, MOST_STOPS);
  const steps = stops.map((heading): CandidateStep => {
    const target = view.targetOf(heading);
    return step({ type: 'scroll', target }, `Read on: ${shorten(sentence(readable(heading.name)), 80)}`, {
      kind: 'inViewport',
      target,
    });
  });
  return [
    candidate({
      kind: 'navigate',
      variety: 'tour',
      title: 'A tour of the page',
      description: 'From the top to the end, part by part.',
      startPath: view.path,
      steps,
      variants: [steps.slice(0, 1)],
      score: 30,
      words: ['tour read scroll page sections'],
      needsSignIn: view.page.signedIn,
    }),
  ];
}
