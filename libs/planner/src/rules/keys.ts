import type { Candidate, CandidateStep } from '@showrunner/contracts';
import { candidate, step } from '../candidate';
import { isTextField } from '../page-view';
import type { Node, PageView } from '../page-view';
import { isLoaded } from '../rules-context';
import type { RulesContext } from '../rules-context';

/** Share of the window from which a drawing or board is what a page is about. */
const LARGE = 0.08;
const ARROWS = /arrow|cursor keys|\bwasd\b|[←→↑↓⬅➡]|\b(swipe|slide|move|steer|join the (numbers|tiles))\b/i;
const STARTS = /\b(?:press|hit|tap|push|use)\s+(?:the\s+)?[“"'<[(]?(space|enter|return|any key)\b/i;
const LETTERS = /\b(?:press|hit|type|enter|guess|choose|pick)\s+(?:a|any|the|one)?\s*(?:letter|key)s?\b/i;
const KEYS: Record<string, { key: string; said: string }> = {
  space: { key: 'Space', said: 'the space bar' },
  'any key': { key: 'Space', said: 'the space bar' },
  enter: { key: 'Enter', said: 'Enter' },
  return: { key: 'Enter', said: 'Enter' },
};

/**
 * What is played or drawn with keys: a board or canvas that stands still while nobody acts, and is another after a key. A page whose picture
 * moves by itself proves nothing that way, and is left.
 */
export function keyFeatures(context: RulesContext): Candidate[] {
  return context.views
    .filter((view) => isLoaded(view.page))
    .flatMap((view) => {
      if (view.nodes.some(isTextField)) return [];
      const says = `${view.snapshot.text} ${context.exploration.readme.slice(0, 3000)}`;
      const board = boardOf(view);
      return [
        ...(board && ARROWS.test(says) ? [byArrows(view, board)] : []),
        ...byStart(view, board, says),
        ...(LETTERS.test(view.snapshot.text) ? [byLetters(view)] : []),
      ];
    })
    .slice(0, 2);
}

function boardOf(view: PageView): Node | undefined {
  const { width, height } = view.snapshot.viewport;
  return view.nodes
    .filter(
      ({ picture, restless, role, box }) =>
        picture !== undefined &&
        picture !== '' &&
        restless !== true &&
        ['application', 'canvas'].includes(role) &&
        box.width * box.height >= width * height * LARGE,
    )
    .sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height)[0];
}

function byArrows(view: PageView, board: Node): Candidate {
  const target = view.targetOf(board);
  const to = (way: 'Left' | 'Right' | 'Up' | 'Down'): CandidateStep =>
    step({ type: 'press', key: `Arrow${way}` }, `Press the ${way.toLowerCase()} arrow key`, {
      kind: 'pictureChanged',
      target,
    });
  return candidate({
    kind: 'use',
    variety: 'keys',
    title: 'Play with the arrow keys',
    description: 'Each key changes the board.',
    startPath: view.path,
    steps: [to('Right'), to('Left'), to('Up')],
    variants: [[to('Left'), to('Right')], [to('Down'), to('Up')], [to('Right')]],
    score: 82,
    words: ['play game move arrow keys keyboard'],
    needsSignIn: view.page.signedIn,
  });
}

function byStart(view: PageView, board: Node | undefined, says: string): Candidate[] {
  const named = KEYS[STARTS.exec(says)?.[1]?.toLowerCase() ?? ''];
  if (named === undefined) return [];
  const title = `Press ${named.said}`;
  const guess = board
    ? ({ kind: 'pictureChanged', target: view.targetOf(board) } as const)
    : ({ kind: 'textChanged' } as const);
  return [
    candidate({
      kind: 'use',
      variety: 'keys',
      title,
      description: 'One key, and it goes on.',
      startPath: view.path,
      steps: [step({ type: 'press', key: named.key }, title, guess)],
      score: 74,
      words: ['start press key keyboard space enter game'],
      needsSignIn: view.page.signedIn,
    }),
  ];
}

/** Letters to guess or to type: whichever it is, the page answers. */
function byLetters(view: PageView): Candidate {
  const letter = (key: string): CandidateStep =>
    step({ type: 'press', key }, `Press the ${key.toUpperCase()} key`, { kind: 'textChanged' });
  return candidate({
    kind: 'use',
    variety: 'keys',
    title: 'Try some letters',
    description: 'The page answers each key.',
    startPath: view.path,
    steps: [letter('e'), letter('a')],
    variants: [[letter('e')]],
    score: 78,
    words: ['guess letter key type keyboard game'],
    needsSignIn: view.page.signedIn,
  });
}
