import type { Candidate, CandidateStep } from '@showrunner/contracts';
import { candidate, click } from '../candidate';
import { isUsable } from '../page-view';
import type { Node, PageView } from '../page-view';
import { isPage, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';

const CELLS = ['generic', 'button', 'gridcell', 'cell'];
const FEWEST = 9;

/** A board that is played by clicks on its cells, which have no names: the board is another one after each. */
export function cellFeatures(context: RulesContext): Candidate[] {
  return context.views
    .filter((view) => isPage(context, view))
    .flatMap((view) => {
      const before = stepsTo(context, view);
      const first = view
        .ofRole('application')
        .map((board) => moveOn(view, board))
        .find((steps) => steps !== undefined);
      if (before === undefined || first === undefined) return [];
      const [both, one] = [first, first.slice(0, 1)].map((steps) => [...before, ...steps]);
      return [
        candidate({
          kind: 'use',
          variety: 'cells',
          title: 'Make a move on the board',
          description: 'Each click changes the board.',
          startPath: view.path,
          steps: both ?? [],
          variants: one === undefined ? [] : [one],
          score: 72 - 3 * before.length,
          words: ['play move click cell board field game tile square'],
          needsSignIn: view.page.signedIn,
        }),
      ];
    })
    .slice(0, 1);
}

function moveOn(view: PageView, board: Node): CandidateStep[] | undefined {
  const { picture, restless } = board;
  if (picture === undefined || picture === '' || restless === true) return undefined;
  const cells = view
    .descendants(board)
    .filter((node) => CELLS.includes(node.role) && isUsable(node) && !/\p{L}{2}/u.test(node.name));
  if (cells.length < FEWEST) return undefined;
  const target = view.targetOf(board);
  // Neither at the edge nor next to each other.
  return [Math.floor(cells.length / 2), Math.floor(cells.length / 4)].flatMap((at, nth) => {
    const cell = cells[at];
    const caption = nth === 0 ? 'Click a cell of the board' : 'Click another cell';
    return cell === undefined
      ? []
      : [click(view.targetOf(cell), caption, { kind: 'pictureChanged', target })];
  });
}
