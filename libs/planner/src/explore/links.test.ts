import { describe, expect, it } from '@jest/globals';
import { shapeOf, VisitQueue } from './links';

describe('pages to visit', () => {
  it('are told apart by what their query says of the page, and not by its numbers', () => {
    expect(shapeOf('/?view=events&day=3')).not.toBe(shapeOf('/?view=categories&day=3'));
    expect(shapeOf('/?view=events&day=3')).toBe(shapeOf('/?view=events&day=4'));
    expect(shapeOf('/?page=2')).toBe(shapeOf('/?page=3'));
  });
  it('are all pages of an app with one address, and only some of many alike', () => {
    const queue = new VisitQueue();
    queue.add(['year', 'month', 'events'].map((view) => `/?view=${view}`));
    queue.add([1, 2, 3, 4].map((id) => `/?id=${id}`));
    expect(queue.size).toBe(5);
  });
});
