import { describe, expect, it } from '@jest/globals';
import { followingSteps } from '../following-steps';
import { proposeFeatures } from '../propose';
import { boardPage } from '../testing/board-page';
import { exploration, loaded } from '../testing/outline';

type Steps = ReturnType<typeof proposeFeatures>['candidates'][number]['feature']['steps'];
const dragged = boardPage({
  Todo: 'generic "Fix login" draggable\ngeneric "Write docs" draggable',
  Doing: 'generic "Pay rent" draggable',
  Done: '',
});
const stepsFor = (intent: string, snapshot = dragged): Steps =>
  proposeFeatures(exploration([loaded(snapshot)]), intent).candidates[0]?.feature.steps ?? [];
const reasonFor = (intent: string, snapshot = dragged): string | undefined =>
  proposeFeatures(exploration([loaded(snapshot)]), intent).intentParts?.[0]?.reason;
const named = (steps: Steps): string[] =>
  steps.flatMap(({ action }) => ('target' in action ? [`${action.type} ${action.target?.name ?? ''}`] : []));

describe('a card is moved into a column', () => {
  it.each([
    ['Move Pay rent to Done', 'Pay rent', 'Done'],
    ['Drag “Pay rent” into the Done column', 'Pay rent', 'Done'],
    ['Put Write docs in Doing', 'Write docs', 'Doing'],
    ['Move the card Pay rent from Doing to Todo', 'Pay rent', 'Todo'],
    ['Change the status of Pay rent to Done', 'Pay rent', 'Done'],
    ['Verschiebe „Pay rent“ nach Done', 'Pay rent', 'Done'],
  ])('by dragging: %s', (intent, card, column) => {
    const [step, ...more] = stepsFor(intent);
    expect(more).toEqual([]);
    expect(step).toMatchObject({
      action: { type: 'drag', target: { name: card } },
      asks: { kind: 'column', title: card, heading: column },
    });
  });

  it.each([
    ['Move Buy milk to Done', /No card of the board is called/],
    ['Move Fix login to Todo', /stands in “Todo” already/],
  ])('or not, with a reason: %s', (intent, reason) => {
    expect(stepsFor(intent)).toEqual([]);
    expect(reasonFor(intent)).toMatch(reason);
  });

  it('of two cards that fit none is taken', () => {
    const twice = boardPage({
      Todo: 'generic "Call Ann" draggable\ngeneric "Call Ann Lee" draggable',
      Done: '',
    });
    expect(named(stepsFor('Move Call Ann to Done', twice))).toEqual(['drag Call Ann']);
    const same = boardPage({
      Todo: 'generic "Call Ann Berg" draggable\ngeneric "Call Ann Lund" draggable',
      Done: '',
    });
    expect(reasonFor('Move Call Ann to Done', same)).toMatch(/2 cards fit/);
  });

  it('by the list of columns that the card offers', () => {
    const board = boardPage({
      Todo: 'text "Fix login"\ncombobox "Column of Fix login" options="Todo|Done" value="Todo"',
      Done: '',
    });
    expect(stepsFor('Move Fix login to Done', board)[0]).toMatchObject({
      action: { type: 'select', option: 'Done' },
      asks: { kind: 'column', title: 'Fix login', heading: 'Done' },
    });
  });

  it('by arrows, column by column', () => {
    const card = 'entry "" parts="Fix login"\n  text "Fix login"\n  button "→"';
    const stays = 'entry "" parts="Pay rent"\n  text "Pay rent"\n  button "→"';
    const [step] = stepsFor(
      'Move Fix login to Done',
      boardPage({ Todo: `${card}\n${stays}`, Doing: '', Done: '' }),
    );
    expect(step).toMatchObject({
      action: { type: 'click', target: { name: '→' } },
      asks: { heading: 'Doing' },
    });
    const then = followingSteps(
      step?.continues ?? '',
      boardPage({ Todo: stays, Doing: card, Done: '' }),
      undefined,
    );
    expect(then).toMatchObject([{ asks: { kind: 'column', title: 'Fix login', heading: 'Done' } }]);
    expect(then[0]?.continues).toBeUndefined();
  });

  it('by the menu of the card', () => {
    const card = (more = ''): string =>
      `entry "" parts="Fix login"\n  text "Fix login"\n  button "Actions"${more}`;
    const shut = boardPage({ Todo: `${card()}\nentry "" parts="Pay rent"\n  text "Pay rent"`, Done: '' });
    const [step] = stepsFor('Move Fix login to Done', shut);
    expect(step).toMatchObject({ action: { target: { name: 'Actions' } } });
    const open = boardPage({
      Todo: `${card('\n  generic "Edit"\n  generic "Move to Done"')}\nentry "" parts="Pay rent"\n  text "Pay rent"`,
      Done: '',
    });
    expect(followingSteps(step?.continues ?? '', open, shut)).toMatchObject([
      { action: { target: { name: 'Move to Done' } }, asks: { heading: 'Done' } },
    ]);
  });
});
