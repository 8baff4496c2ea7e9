import { expect, it } from '@jest/globals';
import { exploration, loaded, page } from '../testing/outline';
import { proposeFeatures } from '../propose';
import { answersOn } from './answers-on';
import { slideSteps } from './slide';

const removed = page(
  '/',
  'heading "Books" level=1\nlist ""\n  listitem "Dune"\n  listitem "Ulysses"\ntext "Book removed"\nbutton "Undo"',
);

it.each(['undo it', 'undo', 'mache es rückgängig'])('%s: what is gone is back', (text) => {
  const { candidates } = answersOn(removed, text, `Delete the book Emma, then ${text}`, 'Emma');
  expect(candidates[0]?.feature.steps).toMatchObject([
    {
      action: { target: { name: 'Undo' } },
      success: { kind: 'textVisible', text: 'Emma' },
      asks: { kind: 'restored', title: 'Emma' },
    },
  ]);
});

it('nothing is undone where nothing offers it', () => {
  const plain = page('/', 'heading "Books" level=1\nlist ""\n  listitem "Dune"');
  expect(answersOn(plain, 'undo it', '', 'Emma')).toMatchObject({
    candidates: [],
    reason: expect.stringMatching(/takes back/),
  });
});

it('a slider that is drawn takes as many keys as it needs, from where that are fewest', () => {
  const target = { role: 'slider', name: 'Volume', exact: true };
  const keys = (value: string, wanted: number): string[] =>
    (slideSteps(target, { value, min: '0', max: '100' }, wanted, 'Set it')[0] ?? []).map(({ action }) =>
      action.type === 'press' ? action.key : '',
    );
  expect(keys('4', 7)).toEqual(['ArrowRight', 'ArrowRight', 'ArrowRight']);
  expect(keys('50', 0)).toEqual(['Home']);
  expect(keys('50', 98)).toEqual(['End', 'ArrowLeft', 'ArrowLeft']);
  expect(keys('50', 70)).toHaveLength(20);
  expect(keys('50', 50)).toEqual([]);
});

it('of several switches in a row the one that is named', () => {
  const row = (name: string, reports: string): string =>
    `  row ""\n    cell "${name}"\n    switch "Billing" checked=false\n    switch "Reports" checked=${reports}`;
  const team = exploration([
    loaded(
      page('/', `heading "Team" level=1\ntable ""\n${row('Ana Lima', 'true')}\n${row('Bo Chen', 'true')}`),
    ),
  ]);
  const [one] = proposeFeatures(team, 'Turn off reports for Bo Chen').candidates;
  expect(one?.feature.steps[0]?.action).toMatchObject({
    target: { role: 'switch', name: 'Reports', within: { name: 'Bo Chen' } },
  });
});

it('an adjective of German ends as its article has it', () => {
  const orders = exploration([
    loaded(
      page(
        '/',
        'heading "Aufträge" level=1\nlist ""\n  listitem ""\n    text "Alter Auftrag"\n    button "Löschen"\n  listitem ""\n    text "Neuer Auftrag"\n    button "Löschen"',
      ),
    ),
  ]);
  const [one] = proposeFeatures(orders, 'Lösche den neuen Auftrag').candidates;
  expect(one?.about).toBe('Neuer Auftrag');
});
