import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evaluateCondition, findTargetIndex, findTargets, stepHolds, withNewFirst } from './conditions';
import type { Condition, Target } from './plan';
import { pageElement as element, pageSnapshot as snapshot } from './testing';

const target = (role: string, name: string, more: Partial<Target> = {}): Target => ({
  role,
  name,
  exact: true,
  ...more,
});

const LIST = snapshot([
  element('listitem', 'First card Delete'),
  element('button', 'Delete', { parent: 0 }),
  element('listitem', 'Second card Delete'),
  element('button', 'Delete', { parent: 2 }),
]);

describe('findTargets', () => {
  it('takes the first of equals, or the nth', () => {
    expect(findTargetIndex(LIST, target('button', 'Delete'))).toBe(1);
    expect(findTargetIndex(LIST, target('button', 'Delete', { nth: 1 }))).toBe(3);
    expect(findTargetIndex(LIST, target('button', 'Delete', { nth: 2 }))).toBe(-1);
  });
  it('narrows to a named ancestor', () => {
    expect(
      findTargetIndex(
        LIST,
        target('button', 'Delete', { within: { role: 'listitem', name: 'Second card' } }),
      ),
    ).toBe(3);
    expect(
      findTargetIndex(LIST, target('button', 'Delete', { within: { role: 'listitem', name: 'Third card' } })),
    ).toBe(-1);
  });
  it('compares names exactly unless told otherwise', () => {
    expect(findTargetIndex(LIST, target('listitem', 'first card'))).toBe(-1);
    expect(findTargetIndex(LIST, target('listitem', 'first card', { exact: false }))).toBe(0);
  });

  const elements = fc
    .array(
      fc.record({
        role: fc.constantFrom('button', 'link', 'listitem'),
        name: fc.constantFrom('a', 'b', 'a b', ''),
        parent: fc.nat(20),
      }),
      { maxLength: 20 },
    )
    .map((list) =>
      list.map((one, index) =>
        element(one.role, one.name, { parent: index === 0 ? -1 : (one.parent % (index + 1)) - 1 }),
      ),
    );
  const targets = fc.record({
    role: fc.constantFrom('button', 'link'),
    name: fc.constantFrom('a', 'b', ''),
    exact: fc.boolean(),
    nth: fc.option(fc.nat(4), { nil: undefined }),
  });

  it('only ever finds an element of the role, and the nth of them all', () => {
    fc.assert(
      fc.property(elements, targets, (list, wanted) => {
        const page = snapshot(list);
        const all = findTargets(list, { ...wanted, nth: undefined });
        expect(all.every((one) => one.role === wanted.role)).toBe(true);
        expect(list[findTargetIndex(page, wanted)]).toBe(all[wanted.nth ?? 0]);
        expect(findTargets(list, { ...wanted, nth: undefined, exact: false })).toEqual(
          expect.arrayContaining(all),
        );
      }),
    );
  });
});

describe('evaluateCondition', () => {
  const page = snapshot(
    [
      element('textbox', 'Title', { value: 'Plan' }),
      element('textbox', 'Secret', { value: '••••', inputType: 'password' }),
      element('checkbox', 'Done', { checked: true }),
      element('heading', 'Far', { inViewport: false }),
      element('listitem', 'One'),
    ],
    { path: '/board?x=1#top', text: 'Hello  world of cards, 11 left', theme: 'class=dark' },
  );
  const cases: [Condition, boolean][] = [
    [{ kind: 'textVisible', text: 'world of' }, true],
    [{ kind: 'textVisible', text: 'World of' }, false],
    [{ kind: 'textHidden', text: 'gone' }, true],
    [{ kind: 'textHidden', text: 'Hello world' }, false],
    [{ kind: 'elementVisible', target: target('textbox', 'Title') }, true],
    [{ kind: 'elementHidden', target: target('textbox', 'Title') }, false],
    [{ kind: 'url', path: '/board?x=1#top' }, true],
    [{ kind: 'url', path: '/board' }, false],
    [{ kind: 'url', pattern: '^/board' }, true],
    [{ kind: 'url' }, false],
    [{ kind: 'count', role: 'listitem', equals: 1 }, true],
    [{ kind: 'count', role: 'listitem', name: 'Two', equals: 0 }, true],
    [{ kind: 'count', role: 'listitem' }, false],
    [{ kind: 'value', target: target('textbox', 'Title'), equals: 'Plan' }, true],
    [{ kind: 'value', target: target('textbox', 'Secret'), equals: 'abcd' }, true],
    [{ kind: 'value', target: target('textbox', 'None'), equals: '' }, false],
    [{ kind: 'state', target: target('checkbox', 'Done'), state: 'checked', equals: true }, true],
    [{ kind: 'state', target: target('checkbox', 'Done'), state: 'expanded', equals: false }, false],
    [{ kind: 'state', target: target('checkbox', 'Done'), state: 'selected', equals: false }, true],
    [{ kind: 'textVisible', text: '1 left' }, false],
    [{ kind: 'inViewport', target: target('heading', 'Far') }, false],
    [{ kind: 'inViewport', target: target('listitem', 'One') }, true],
  ];
  it.each(cases)('%j is %s', (condition, expected) => {
    expect(evaluateCondition(condition, page)).toBe(expected);
  });

  it('takes a page that lost everything for no proof', () => {
    const blank = snapshot([]);
    expect(evaluateCondition({ kind: 'textHidden', text: 'gone' }, blank)).toBe(false);
    expect(evaluateCondition({ kind: 'elementHidden', target: target('button', 'Save') }, blank)).toBe(false);
  });

  it('compares counts and themes with the page before, and holds for none without it', () => {
    const more: Condition = { kind: 'count', role: 'listitem', change: 'more' };
    const before = snapshot([]);
    expect(evaluateCondition(more, page, before)).toBe(true);
    expect(evaluateCondition(more, page)).toBe(false);
    expect(evaluateCondition({ ...more, change: 'fewer' }, page, before)).toBe(false);
    expect(evaluateCondition({ kind: 'themeChanged' }, page, before)).toBe(true);
    expect(evaluateCondition({ kind: 'themeChanged' }, page)).toBe(false);
  });

  it('never sees a change between a page and itself', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('button', 'listitem')), fc.string(), (roles, theme) => {
        const same = snapshot(
          roles.map((role) => element(role, 'x')),
          { theme },
        );
        for (const change of ['more', 'fewer'] as const)
          expect(evaluateCondition({ kind: 'count', role: 'listitem', change }, same, same)).toBe(false);
        expect(evaluateCondition({ kind: 'themeChanged' }, same, same)).toBe(false);
      }),
    );
  });

  it('knows the column of a card by the last heading before it', () => {
    const heading = (name: string): Target => target('heading', name);
    const board = snapshot([
      element('heading', 'Waiting', { level: 2 }),
      element('generic', 'Mend the sails'),
      element('heading', 'Done', { level: 2 }),
      element('heading', 'This week', { level: 3 }),
      element('generic', 'Paint the hull'),
    ]);
    const under = (card: string, column: string): boolean =>
      evaluateCondition({ kind: 'under', target: target('generic', card), heading: heading(column) }, board);
    expect(under('Mend the sails', 'Waiting')).toBe(true);
    expect(under('Mend the sails', 'Done')).toBe(false);
    expect(under('Paint the hull', 'Done')).toBe(true);
    expect(under('Paint the hull', 'Waiting')).toBe(false);
    expect(under('Paint the hull', 'Lost')).toBe(false);
    expect(under('Nothing', 'Done')).toBe(false);
  });

  it('knows the order of two texts only when both are there', () => {
    const order = (first: string, then: string, text: string): boolean =>
      evaluateCondition({ kind: 'textOrder', first, then }, snapshot([], { text }));
    expect(order('Anna', 'Zed', 'Name\nAnna\nZed')).toBe(true);
    expect(order('Zed', 'Anna', 'Name\nAnna\nZed')).toBe(false);
    expect(order('Anna', 'Zed', 'Anna')).toBe(false);
  });

  it('names a pattern that is no regular expression', () => {
    expect(() => evaluateCondition({ kind: 'url', pattern: '(' }, page)).toThrow(
      expect.objectContaining({ code: 'bad_pattern' }),
    );
  });
});

describe('roles of plans by hand that stand for several', () => {
  const page = snapshot([
    element('listitem', 'Buy milk Delete'),
    element('generic', 'Buy milk', { parent: 0 }),
    element('button', 'Delete', { parent: 0 }),
    element('heading', 'New thing'),
    element('searchbox', '', { placeholder: 'New thing' }),
    element('spinbutton', 'Number'),
  ]);
  it('a field is whatever a label or a placeholder belongs to', () => {
    expect(findTargetIndex(page, target('field', 'New thing'))).toBe(4);
    expect(findTargetIndex(page, target('field', 'num', { exact: false }))).toBe(5);
    expect(findTargets(page.elements, target('field', 'Buy milk'))).toEqual([]);
  });
  it('any is the innermost of that name', () => {
    expect(findTargetIndex(page, target('any', 'buy milk', { exact: false }))).toBe(1);
    expect(findTargetIndex(page, target('any', 'Delete'))).toBe(2);
  });
});

describe('what a step is to bring about', () => {
  const empty = snapshot([element('textbox', 'New', { value: 'Tea' })], { text: 'Nothing' });
  const full = snapshot([element('textbox', 'New'), element('listitem', 'Tea')], { text: 'Tea' });
  const seen: Condition = { kind: 'textVisible', text: 'Tea' };
  const cleared: Condition = { kind: 'value', target: target('textbox', 'New'), equals: '' };
  it('holds when all of it does', () => {
    expect(stepHolds({ success: seen, also: [cleared] }, full)).toBe(true);
    expect(stepHolds({ success: cleared, also: [seen] }, empty)).toBe(false);
    const half = { ...full, elements: empty.elements };
    expect(stepHolds({ success: seen, also: [cleared] }, half)).toBe(false);
  });
  it('is proven by what is new', () => {
    const here: Condition = { kind: 'url', path: '/' };
    expect(withNewFirst({ success: here, also: [seen] }, empty)).toEqual({ success: seen, also: [here] });
    expect(withNewFirst({ success: seen, also: [here] }, empty)).toEqual({ success: seen, also: [here] });
    expect(withNewFirst({ success: here }, empty)).toEqual({ success: here });
  });
  it('done is that something was done, and never true of the page before', () => {
    expect(evaluateCondition({ kind: 'done' }, empty, empty)).toBe(false);
    expect(evaluateCondition({ kind: 'done' }, full, empty)).toBe(true);
    expect(evaluateCondition({ kind: 'done' }, full)).toBe(false);
  });
});
