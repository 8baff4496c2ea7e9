import { describe, expect, it } from '@jest/globals';
import type { CandidateStep, PageSnapshot, Step } from '@showrunner/contracts';
import { click } from '../candidate';
import { page } from '../testing/outline';
import {
  anotherChosen,
  enteredElsewhere,
  misfiltered,
  onlyPressed,
  stateBesideNumber,
  underAnother,
  waitsFor,
} from './contradictions';

const pressing = (name: string, more: Partial<CandidateStep> = {}): CandidateStep => ({
  ...click({ role: 'button', name, exact: true }, name, { kind: 'textChanged' }),
  ...more,
});

describe('a filter', () => {
  const dishes = (...titles: string[]): PageSnapshot =>
    page(
      '/',
      `group ""\n  button "Meat"\n  button "Veggie"\nlist ""\n${titles.map((one) => `  listitem ""\n    heading "${one}"`).join('\n')}`,
    );
  const all = ['Leek tart Veggie', 'Veggie stew', 'Lamb roast Meat', 'Plain bread'];
  it.each([
    ['leaves out what is of another kind', ['Leek tart Veggie', 'Veggie stew'], undefined],
    ['keeps what says nothing of it', ['Leek tart Veggie', 'Veggie stew', 'Plain bread'], undefined],
    ['keeps one of another kind', ['Leek tart Veggie', 'Veggie stew', 'Lamb roast Meat'], 'Lamb roast'],
    ['hides one of the kind', ['Leek tart Veggie'], 'Veggie stew'],
  ])('that %s', (_, left, named) => {
    const against = misfiltered(
      pressing('Veggie', { leavesOut: ['Lamb roast Meat'] }),
      dishes(...all),
      dishes(...left),
    );
    if (named === undefined) expect(against).toBeUndefined();
    else expect(against).toContain(named);
  });
});

describe('a box that says that only one kind is to be seen', () => {
  const dishes = (...titles: string[]): PageSnapshot =>
    page(
      '/',
      `checkbox "Veggie only"\nlist ""\n${titles.map((one) => `  listitem ""\n    heading "${one.split(' ')[0] ?? ''}"\n    text "${one.split(' ')[1] ?? ''}"`).join('\n')}`,
    );
  const all = ['Stew Veggie', 'Ham Meat', 'Tart Veggie', 'Lamb Meat', 'Soup Veggie'];
  it.each([
    ['leaves those', [0, 2, 4], undefined],
    ['leaves another', [0, 1, 2, 4], 'Ham'],
    ['hides one of them', [0, 4], 'Tart'],
  ])('%s', (_, left, named) => {
    const target = { role: 'checkbox', name: 'Veggie only', exact: true };
    const step = click(target, 'Veggie only', { kind: 'state', target, state: 'checked', equals: true });
    const after = dishes(...left.flatMap((at) => all[at] ?? []));
    const against = misfiltered(step, dishes(...all), after);
    if (named === undefined) expect(against).toBeUndefined();
    else expect(against).toContain(named);
  });
});

describe('a button with a number that counts by itself', () => {
  it('is proven by its state alone', () => {
    const like = (n: number, pressed: boolean): PageSnapshot =>
      page('/', `button "Like ${n}" pressed=${pressed}`);
    expect(stateBesideNumber(pressing('Like 12'), like(12, false), like(14, true))).toMatchObject({
      kind: 'state',
      target: { name: 'Like', exact: false },
    });
    expect(stateBesideNumber(pressing('Like 12'), like(12, false), like(14, false))).toBeUndefined();
    expect(stateBesideNumber(pressing('Like'), like(12, false), like(14, true))).toBeUndefined();
  });
});

describe('a choice', () => {
  const seats = (...on: number[]): PageSnapshot =>
    page(
      '/',
      `group ""\n${[1, 2, 3].map((n) => `  button "Seat ${n}" pressed=${on.includes(n)}`).join('\n')}`,
    );
  it.each([
    ['itself', [2], undefined],
    ['the one beside it', [3], '“Seat 3” is chosen instead'],
    ['all up to it', [1, 2], undefined],
    ['nothing', [], undefined],
  ])('that marks %s', (_, on, against) => {
    expect(anotherChosen(pressing('Seat 2'), seats(), seats(...on))).toBe(against);
  });
});

describe('a control of the view', () => {
  const boats = (pressed: boolean, width: number): PageSnapshot => {
    const seen = page('/', `group ""\n  button "Grid view" pressed=${pressed}\nlist ""\n  listitem "Tern"`);
    return { ...seen, elements: seen.elements.map((one) => ({ ...one, box: { ...one.box, width } })) };
  };
  it('has to lay out the page otherwise', () => {
    const step = pressing('Grid view');
    expect(onlyPressed(step, boats(false, 100), boats(true, 100))).toContain('laid out as before');
    expect(onlyPressed(step, boats(false, 100), boats(true, 50))).toBeUndefined();
    expect(onlyPressed(pressing('Save'), boats(false, 100), boats(true, 100))).toBeUndefined();
  });
});

describe('an entry that is put away', () => {
  const mail = (under: string): PageSnapshot =>
    page(
      '/',
      ['Inbox', 'Archive', 'Trash']
        .map((one) => `heading "${one}"${one === under ? '\nlistitem "Tide warning"' : ''}`)
        .join('\n'),
    );
  it.each([
    ['Archive', undefined],
    ['Trash', '“Tide warning” stands under “Trash”, not under “Archive”'],
    ['Inbox', undefined],
  ])('stands under %s', (under, against) => {
    const step = pressing('Archive Tide warning', {
      asks: { kind: 'row', title: 'Tide warning', effect: 'changes' },
    });
    expect(underAnother(step, mail('Inbox'), mail(under))).toBe(against);
  });
});

describe('a value that was set', () => {
  const stage = { role: 'combobox', name: 'Stage', exact: true };
  const chosen: Pick<Step, 'action' | 'success'> = {
    action: { type: 'select', target: stage, option: 'Won' },
    success: { kind: 'value', target: stage, equals: 'Won' },
  };
  it.each([
    ['a dialog with a button to save', 'dialog "Deal"\n  combobox "Stage"\n  button "Save"', 'Save'],
    ['a dialog that saves by itself', 'dialog "Deal"\n  combobox "Stage"\n  button "Close"', undefined],
    ['a page', 'form ""\n  combobox "Stage"\n  button "Save"', undefined],
  ])('in %s', (_, outline, waiting) => expect(waitsFor(chosen, page('/', outline))).toBe(waiting));

  const salt = { role: 'spinbutton', name: 'Salt', exact: true };
  const typed: Pick<Step, 'action' | 'success'> = {
    action: { type: 'type', target: salt, text: '4', submit: false },
    success: { kind: 'value', target: salt, equals: '4' },
  };
  const order = (of: string, tea: string): PageSnapshot =>
    page('/', `spinbutton "Salt" value="${of}"\nspinbutton "Tea" value="${tea}"`);
  it.each([
    ['stays', order('4', '1'), undefined],
    ['is formatted', order('4.00', '1'), undefined],
    ['goes to another field', order('1', '4'), '“Tea” has taken it instead'],
    ['is put back', order('1', '1'), 'the field shows “1” as soon as it is left'],
  ])('%s once the field is left', (_, after, against) => {
    expect(enteredElsewhere(typed, order('1', '1'), after)).toBe(against);
  });
});
