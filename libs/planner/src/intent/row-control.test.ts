import { describe, expect, it } from '@jest/globals';
import { proposeFeatures } from '../propose';
import { exploration, loaded, page } from '../testing/outline';

const entries = exploration([
  loaded(
    page(
      '/',
      `heading "Trips" level=1\nlist ""\n${[
        ['Coast walk', 'sea', 'easy'],
        ['Ridge tour', 'alpine', 'hard'],
      ]
        .map(
          ([title, ...marks]) =>
            `  listitem ""\n    heading "${title ?? ''}" level=3\n${marks.map((mark) => `    text "${mark}"\n    button "Remove mark ${mark}" hiddenName`).join('\n')}`,
        )
        .join('\n')}`,
    ),
  ),
]);
const shop = exploration([
  loaded(
    page(
      '/',
      `heading "Bakery" level=1\nlist ""\n${['Rye loaf', 'Plum cake', 'Bun']
        .map((title) => `  listitem ""\n    heading "${title}" level=3\n    button "Add to cart"`)
        .join('\n')}`,
    ),
  ),
]);
const last = (intent: string, app = entries) =>
  proposeFeatures(app, intent).candidates[0]?.feature.steps.at(-1);

describe('what takes something away from one thing', () => {
  it('of several it is the one whose words are said; the thing itself stays', () => {
    const step = last('Remove the mark hard from Ridge tour');
    expect(step?.action).toMatchObject({ type: 'click', target: { name: 'Remove mark hard' } });
    expect(step).toMatchObject({ asks: { kind: 'row', title: 'Ridge tour', effect: 'changes' } });
  });

  it('of several others it is none', () => {
    expect(last('Remove the mark steep from Ridge tour')).toBeUndefined();
    expect(JSON.stringify(proposeFeatures(entries, 'Delete Ridge tour').candidates)).not.toContain(
      'Remove mark',
    );
  });
});

it('several things for the cart are each put there', () => {
  const { intentParts = [], candidates } = proposeFeatures(shop, 'Put Rye loaf and Plum cake in the cart');
  expect(intentParts.map(({ text }) => text)).toEqual([
    'Put “Rye loaf” in the cart',
    'Put “Plum cake” in the cart',
  ]);
  expect(candidates.length).toBeGreaterThan(1);
});
