import { describe, expect, it } from '@jest/globals';
import type { PageElement, PageSnapshot } from '@showrunner/contracts';
import { pageElement, pageSnapshot } from '@showrunner/contracts/testing';
import { openedBox, revealedBoxes } from './revealed';

const element = (role: string, name: string, y: number, more: Partial<PageElement> = {}): PageElement =>
  pageElement(role, name, { box: { x: 100, y, width: 200, height: 40 }, ...more });
const page = (elements: PageElement[], path = '/'): PageSnapshot => pageSnapshot(elements, { path });
const list = [element('listitem', 'One', 100), element('listitem', 'One', 150)];

describe('revealedBoxes', () => {
  it('finds what is new, also a twin of what was there', () => {
    const toast = element('status', 'Card added', 650);
    expect(revealedBoxes(page(list), page([...list, toast]))).toEqual([toast.box]);
    expect(revealedBoxes(page(list), page([...list, element('listitem', 'One', 200)]))).toEqual([
      { x: 100, y: 200, width: 200, height: 40 },
    ]);
  });
  it('finds what changed where it stands, and nothing in what only moved', () => {
    const [first, second] = list;
    expect(
      revealedBoxes(page(list), page([first!, { ...second!, checked: true }])).map(({ y }) => y),
    ).toEqual([150]);
    expect(revealedBoxes(page(list), page([first!, element('listitem', 'One', 300)]))).toEqual([]);
  });
  it('leaves out what cannot be seen, the frame of the page, and other pages', () => {
    const large = element('main', 'Board', 0, { box: { x: 0, y: 0, width: 1280, height: 700 } });
    const far = element('status', 'Far', 2000, { inViewport: false });
    expect(revealedBoxes(page(list), page([...list, large, far]))).toEqual([]);
    expect(revealedBoxes(page(list), page([element('heading', 'Other', 10)], '/other'))).toEqual([]);
  });
  it('names another page by the first heading in view that is new there', () => {
    const site = element('heading', 'Form & Fern', 10);
    const title = element('heading', 'Arc lamp', 200);
    const far = element('heading', 'Related', 2000, { inViewport: false });
    const before = page([site, ...list]);
    expect(openedBox(before, page([site, far, title], '/lamp'))).toEqual(title.box);
    expect(openedBox(before, page([site, far], '/lamp'))).toBeUndefined();
    expect(openedBox(before, page([site, title]))).toBeUndefined();
  });
  it('is bounded', () => {
    const many = Array.from({ length: 50 }, (_, n) => element('listitem', `new ${n}`, n * 10));
    expect(revealedBoxes(page([]), page(many))).toHaveLength(8);
  });
});
