import { describe, expect, it } from '@jest/globals';
import { proposeFeatures } from '../propose';
import { exploration, loaded, placed } from '../testing/outline';

const head = (name: string): string => `    columnheader "${name}"`;
const line = (title: string, rent: number, beds: number): string =>
  `  row ""\n    rowheader "${title}"\n    cell ""\n      spinbutton "" value=${rent}\n    cell ""\n      spinbutton "" value=${beds}`;
const rooms = exploration([
  loaded({
    ...placed(
      `heading "Rooms" level=1\ntable ""\n  row ""\n${['Room', 'Rent', 'Beds'].map(head).join('\n')}\n${line('Garden room', 70, 2)}\n${line('Attic', 45, 1)}`,
      {},
    ),
  }),
]);

const lastActions = (intent: string): unknown[] =>
  proposeFeatures(rooms, intent).candidates.map(({ feature }) => feature.steps.at(-1)?.action);

describe('a field without a name in a table', () => {
  it('is known by the heading of its column, and by the words of its row', () => {
    const [rent] = lastActions('Set the rent of the Attic to 52');
    const [beds] = lastActions('Change the beds of the Garden room to 3');
    expect(rent).toMatchObject({ type: 'type', text: '52', submit: true, target: { nth: 2 } });
    expect(beds).toMatchObject({ type: 'type', text: '3', submit: true, target: { nth: 1 } });
  });

  it('is not another one where the row or the column is missing', () => {
    expect(lastActions('Set the rent of the Cellar to 52')).toEqual([]);
    expect(lastActions('Set the deposit of the Attic to 52')).toEqual([]);
  });
});
