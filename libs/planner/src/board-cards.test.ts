import { describe, expect, it } from '@jest/globals';
import { cardsOf } from './board-cards';
import { columnName } from './boards';
import { PageView } from './page-view';
import { boardPage } from './testing/board-page';
import { page } from './testing/outline';

const cardsIn = (snapshot: ReturnType<typeof page>): string[] =>
  cardsOf(new PageView({ path: '/', snapshot, revealedBy: [] })).map(
    ({ title, column }) => `${columnName(column)}: ${title}`,
  );

describe('cards of a board', () => {
  it.each([
    ['boxes that can be dragged', 'generic "Fix login" draggable\ngeneric "Pay rent" draggable'],
    ['entries', 'entry ""\n  text "Fix login"\n  button "→"\nentry ""\n  text "Pay rent"\n  button "→"'],
    [
      'entries of a list',
      'list ""\n  listitem ""\n    heading "Fix login" level=3\n  listitem ""\n    heading "Pay rent" level=3',
    ],
    [
      'what controls are of',
      'text "Fix login"\ncombobox "Column of Fix login"\ntext "Pay rent"\ncombobox "Column of Pay rent"',
    ],
  ])('%s', (_, cards) => {
    const seen = cardsIn(boardPage({ Todo: cards, Done: '' }));
    expect(seen.map((one) => one.replace(/ →$/, ''))).toEqual(['Todo: Fix login', 'Todo: Pay rent']);
  });

  it('the only card of a column, which has no box of its own', () => {
    const made = page(
      '/',
      'entry "" parts="Doing|Pay rent"\n  heading "Doing" level=2\n  text "Pay rent"\n  button "→"\nentry "" parts="Done"\n  heading "Done" level=2',
    );
    made.elements.forEach((element, at) => {
      element.box = { x: at < 3 ? 0 : 300, y: 50, width: 250, height: 200 };
    });
    expect(cardsIn(made)).toEqual(['Doing: Pay rent']);
  });

  it('columns without headings are named by their first words', () => {
    const made = page(
      '/',
      'entry "" parts="Todo|Fix login|Pay rent"\n  entry "Fix login"\n  entry "Pay rent"\nentry "" parts="Done|Call Ann"\n  entry "Call Ann"',
    );
    made.elements.forEach((element, at) => {
      const isColumn = element.parts !== undefined;
      element.box = {
        x: at < 3 ? 0 : 300,
        y: isColumn ? 50 : 100 + 10 * at,
        width: 250,
        height: isColumn ? 300 : 10,
      };
    });
    expect(cardsIn(made)).toEqual(['Todo: Fix login', 'Todo: Pay rent', 'Done: Call Ann']);
  });

  it('a page without columns has none', () => {
    expect(cardsIn(page('/', 'heading "Notes" level=1\nlistitem "Fix login"'))).toEqual([]);
  });
});
