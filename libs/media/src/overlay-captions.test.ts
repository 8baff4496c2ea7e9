import { describe, expect, it } from '@jest/globals';
import type { Box } from '@showrunner/contracts';
import { filmLook } from './film-look';
import { captionEvents, captionLayouts } from './overlay-captions';

const size = { width: 1280, height: 720 };
const topOf = (boxes: Box[]): number => {
  const [box] = captionEvents(
    [{ startMs: 0, endMs: 1000, text: 'Add a card', boxes }],
    { size, page: { y: 0, height: size.height }, below: null },
    filmLook(size),
  );
  return Number(/\\pos\([\d.]+,([\d.]+)\)/.exec(box?.body ?? '')?.[1]);
};
const toast: Box = { x: 560, y: 640, width: 200, height: 48 };
const heading: Box = { x: 500, y: 40, width: 280, height: 40 };

describe('captionEvents', () => {
  it('stands near the lower edge', () => {
    expect(topOf([])).toBeGreaterThan(size.height * 0.8);
    expect(topOf([{ x: 0, y: 640, width: 100, height: 48 }])).toBeGreaterThan(size.height * 0.8);
  });
  it('makes room for what is acted on or appears there', () => {
    expect(topOf([toast])).toBeLessThan(size.height * 0.2);
  });
  it('stays low where the upper edge would cover as much', () => {
    expect(topOf([toast, heading])).toBeGreaterThan(size.height * 0.8);
    expect(topOf([toast, toast, heading])).toBeLessThan(size.height * 0.2);
  });

  it('stands within a window, off its edges', () => {
    const page = { y: 60, height: 600 };
    const yOf = (boxes: Box[]): number[] => {
      const [layout] = captionLayouts(
        [{ startMs: 0, endMs: 1000, text: 'Add a card', boxes }],
        { size, page, below: null },
        filmLook(size),
      );
      return layout === undefined ? [] : [layout.box.y, layout.box.y + layout.box.height];
    };
    expect(yOf([])[1]).toBe(page.y + page.height - 22);
    expect(yOf([{ ...toast, y: 600 }])[0]).toBe(page.y + 22);
  });

  it('draws the title in bold above what is done, its number in the accent colour', () => {
    const heading = { eyebrow: '2 / 6', title: 'Find boats {\\b0}' };
    const events = captionEvents(
      [{ startMs: 0, endMs: 1000, text: 'Write “eider”', heading, boxes: [] }],
      { size, page: { y: 0, height: size.height }, below: null },
      filmLook(size),
    );
    expect(events).toHaveLength(3);
    expect(events[1]?.body).toContain('\\b1');
    expect(events[1]?.body).toMatch(/2 \/ 6 {3}\{/);
    // Text of a page cannot change how it is drawn.
    expect(events[1]?.body).not.toContain('{\\b0}');
    const y = (n: number): number => Number(/\\pos\([\d.]+,([\d.]+)\)/.exec(events[n]?.body ?? '')?.[1]);
    expect(y(2)).toBeGreaterThan(y(1));
  });
});
