import { describe, expect, it } from '@jest/globals';
import type { PageElement, PageSnapshot, Step } from '@showrunner/contracts';
import { isRepeated } from './repeated';
import { madeTwice, nothingNew } from './new-entries';

const element = (role: string, name: string, more: Partial<PageElement> = {}): PageElement => ({
  ...{ role, name, value: '', inViewport: true, parent: -1, group: 0 },
  box: { x: 0, y: 0, width: 100, height: 20 },
  ...more,
});
const page = (text: string, elements: PageElement[] = []): PageSnapshot => ({
  ...{ path: '/', title: 'App', text, elements, theme: '', fingerprint: text },
  viewport: { width: 1280, height: 720 },
});
const click = (name: string, caption = name) => ({
  action: { type: 'click', target: { role: 'button', name, exact: true } } as Step['action'],
  caption,
});

describe('what a step was to bring and has not', () => {
  it.each([
    ['only a count', 'Load more', 'A B 1 to 2 of 9', 'A B 1 to 4 of 9', false],
    ['the same again', 'Mehr laden', 'Left port Storm', 'Left port Storm Left port Storm', false],
    ['other entries', 'もっと見る', 'Left port', 'Left port Saw a whale', true],
    ['an undo that is only told', 'Undo', 'On board: 5', 'On board: 5 Undone', false],
    ['an undo that takes back', 'Undo', 'On board: 5', 'On board: 4 Undone', true],
    ['a control of another kind', 'Next', 'Page 1', 'Page 2', true],
  ])('%s', (_what, name, before, after, isNew) =>
    expect(nothingNew(click(name), page(before), page(after)) === undefined).toBe(isNew),
  );

  it('is seen of all of a list by its entries, not by their number', () => {
    const row = (name: string): PageElement => element('listitem', name);
    const before = page('3 A unread', [row('A unread')]);
    const step = click('Mark all as read');
    expect(nothingNew(step, before, page('0 A unread', [row('A unread')]))).toContain('only a number');
    expect(nothingNew(step, before, page('0 A read', [row('A read')]))).toBeUndefined();
  });

  it('is no opening where a part was open before', () => {
    const at = (expanded: boolean): PageSnapshot => page('Fees', [element('button', 'Fees', { expanded })]);
    expect(nothingNew(click('Fees', 'Open “Fees”'), at(true), at(false))).toContain('open already');
    expect(nothingNew(click('Fees', 'Open “Fees”'), at(false), at(true))).toBeUndefined();
  });

  it('is a file that the page tells of, not its progress', () => {
    const step = {
      action: { type: 'upload', target: { role: 'button', name: 'File', exact: true }, file: 'notes.txt' },
      caption: 'File',
    } as const;
    expect(nothingNew(step, page('Files'), page('Files 100 %'))).toContain('nothing of the file');
    expect(nothingNew(step, page('Files'), page('Files notes.txt'))).toBeUndefined();
  });
});

describe('an entry that was to be made', () => {
  const list = (...names: string[]): PageSnapshot =>
    page(
      names.join(' '),
      names.map((name) => element('listitem', name)),
    );
  it('stands there once, and not twice', () => {
    expect(madeTwice('Lantern', list('Rope'), list('Rope', 'Lantern', 'Lantern'))).toBe(true);
    expect(madeTwice('Lantern', list('Rope'), list('Rope', 'Lantern'))).toBe(false);
    expect(madeTwice('Lantern', list('Lantern'), list('Lantern', 'Lantern'))).toBe(false);
  });
});

describe('a part of an intent', () => {
  const feature = { id: 'a', title: 'Menu', kind: 'open', description: '', startPath: null } as const;
  const menu = { ...feature, steps: [{ ...click('Menu'), success: { kind: 'textChanged' }, timeoutMs: 1 }] };
  it.each([
    ['find and click on the item with the icon', true],
    ['click Menu', false],
    ['close it', false],
    ['open it again', false],
  ])('%s', (text, isSo) => expect(isRepeated(menu as never, menu as never, text)).toBe(isSo));
});
