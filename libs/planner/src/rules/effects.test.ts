import { describe, expect, it } from '@jest/globals';
import type { Candidate, PageSnapshot } from '@showrunner/contracts';
import { followingSteps } from '../following-steps';
import { learnEffect } from '../learn';
import { proposeFeatures } from '../propose';
import { exploration, loaded, page } from '../testing/outline';
import { valueAlong } from './adjust';

const all = (...snapshots: PageSnapshot[]): Candidate[] => {
  const { candidates, reserves } = proposeFeatures(exploration(snapshots.map((one) => loaded(one))), '');
  return [...candidates, ...reserves];
};
const titles = (outline: string): string[] => all(page('/', outline)).map(({ feature }) => feature.title);
const stepsOf = (outline: string, title: string): Candidate['feature']['steps'] =>
  all(page('/', outline)).find(({ feature }) => feature.title === title)?.feature.steps ?? [];

describe('a slider', () => {
  const SLIDER = `slider "Roof area 40 m²" inputType=range value=40 min=10 max=100\ntext "Savings 1200 €"`;
  it('is put well away from where it stands, on its own scale', () => {
    expect(valueAlong({ value: '40', min: '10', max: '100' })).toBe('78');
    expect(valueAlong({ value: '95', min: '0', max: '100' })).toBe('30');
    expect(valueAlong({ value: '0', min: '0', max: '1', step: '0.05' })).toBe('0.75');
  });
  it('is shown only with what follows from it, by a name that holds while it moves', () => {
    expect(stepsOf(SLIDER, 'Adjust the roof area')).toMatchObject([
      {
        action: { type: 'type', text: '78', target: { name: 'Roof area', exact: false } },
        needsEffect: true,
      },
    ]);
  });
  it('without a name is nobody’s', () =>
    expect(titles(`slider "" inputType=range value=4 max=9`)).toEqual([]));
});

describe('what follows from a control', () => {
  const before = page('/', `text "Area 40 m²"\ntext "Savings 1200 €"`);
  const own = { name: 'Area', value: '78' };
  it('is a figure elsewhere, not the value of the control', () => {
    const after = page('/', `text "Area 78 m²"\ntext "Savings 2340 €"`);
    expect(learnEffect(before, after, own)).toEqual({ kind: 'textVisible', text: '2340' });
  });
  it('is a drawing that shows something else', () => {
    const drawn = (picture: string): PageSnapshot => page('/', `img "Chart" picture=${picture}`);
    expect(learnEffect(drawn('a1'), drawn('b2'), own)).toMatchObject({
      kind: 'pictureChanged',
      target: { name: 'Chart' },
    });
    expect(learnEffect(drawn('a1'), drawn('a1'), own)).toBeUndefined();
  });
  it('is no NaN', () => {
    const after = page('/', `text "Area 40 m²"\ntext "Savings NaN €"`);
    expect(learnEffect(before, after, own)).toBeUndefined();
  });
});

describe('a table', () => {
  const TABLE = `table ""
  row ""
    columnheader "Name" clickable
    columnheader "Age" clickable
  row ""
    cell "Nora Holm"
    cell "34"
  row ""
    cell "Anna Berg"
    cell "29"
button "Next"`;
  it('is sorted by the first column that brings another order', () => {
    const [sort] = all(page('/', TABLE)).filter(({ variety }) => variety === 'sort');
    expect(sort?.feature.steps[0]).toMatchObject({ ordered: ['Nora Holm', 'Anna Berg'], needsEffect: true });
    expect(sort?.variants).toHaveLength(1);
  });
  it('is turned to its next page', () =>
    expect(stepsOf(TABLE, 'Turn to the next page')[0]?.success).toEqual({
      kind: 'textHidden',
      text: 'Nora Holm',
    }));
  it('is not sorted where its headers are only words', () =>
    expect(titles(TABLE.replaceAll(' clickable', ''))).not.toContain('Sort the table'));
});

describe('files, stars and places', () => {
  it('uploads a file that the field takes', () =>
    expect(stepsOf(`button "Add a picture" inputType=file accept=image/*`, 'Add a picture')[0]).toMatchObject(
      {
        action: { type: 'upload', file: 'harbour.png' },
        success: { text: 'harbour.png' },
      },
    ));
  it('gives four stars of five', () => {
    const stars = [1, 2, 3, 4, 5].map((n) => `  radio "${n} stars" checked=false`).join('\n');
    expect(stepsOf(`radiogroup "Rating"\n${stars}`, 'Give four stars')[0]?.action).toMatchObject({
      target: { name: '4 stars' },
    });
  });
  it('renames by a double click where the page says so', () => {
    const list = `list ""\n  listitem ""\n    text "Buy rope"\n  listitem ""\n    text "Call home"\ntext "Double-click to edit a todo"`;
    expect(stepsOf(list, 'Rename “Buy rope”')[0]?.action.type).toBe('doubleClick');
    const open = page('/', `list ""\n  listitem ""\n    textbox "" inputType=text value="Buy rope"`);
    expect(followingSteps('edit-in-place', open, page('/', list))).toMatchObject([
      { action: { text: 'Buy rope, revised', submit: true } },
    ]);
  });
});

describe('a form in several pages', () => {
  it('goes on page by page until a button ends it', () => {
    const first = `heading "Plan your trip" level=1\nform ""\n  textbox "Your name" required inputType=text\n  button "Next"`;
    expect(stepsOf(first, 'Plan your trip').map((one) => one.continues)).toEqual([undefined, 'next-page']);
    const last = page(
      '/',
      `form ""\n  checkbox "I agree to the terms" required checked=false\n  button "Back"\n  button "Finish"`,
    );
    expect(followingSteps('next-page', last, undefined).map(({ caption }) => caption)).toEqual([
      'Accept the terms',
      'Finish',
    ]);
    expect(followingSteps('next-page', page('/', `heading "Nothing"`), undefined)).toEqual([]);
  });
});

describe('an order', () => {
  const SHOP = `list ""\n  listitem ""\n    heading "Walnut bowl" level=3\n    button "Add to cart"\n  listitem ""\n    heading "Linen towel" level=3\n    button "Add to cart"`;
  it('leads from the shelf over the cart and the form of the buyer to its end', () => {
    expect(stepsOf(SHOP, 'Order “Walnut bowl”')[0]?.continues).toBe('to-order 1');
    const names = (outline: string, pages: number): string[] =>
      followingSteps(`to-order ${pages}`, page('/', outline), undefined).map(({ caption }) => caption);
    expect(names(`link "Cart (1)" href=/cart`, 1)).toEqual(['Open the cart']);
    expect(names(`button "Checkout"`, 2)).toEqual(['Go to the checkout']);
    const form = `form ""\n  textbox "Full name" inputType=text\n  textbox "City" inputType=text\n  textbox "Card number" inputType=text\n  button "Place order"`;
    expect(names(form, 3)).toEqual([
      'Fill in the full name',
      'Fill in the city',
      'Fill in the card number',
      'Place order',
    ]);
  });
  it('gives up where no page leads on, or too many do', () => {
    expect(followingSteps('to-order 1', page('/', `heading "Nothing"`), undefined)).toEqual([]);
    expect(followingSteps('to-order 9', page('/', `button "Checkout"`), undefined)).toEqual([]);
  });
  it('is not begun by a button that buys at once', () =>
    expect(titles(SHOP.replaceAll('Add to cart', 'Buy now'))).not.toContain('Order “Walnut bowl”'));
});

it('a switch without a name is not told of', () => expect(titles(`switch "" checked=false`)).toEqual([]));
