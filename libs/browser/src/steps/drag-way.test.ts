import { describe, expect, it } from '@jest/globals';
import { DragWay } from './drag-way';

const moved = (x: number, y: number, buttons: number): [string, Record<string, unknown>] => [
  'Input.dispatchMouseEvent',
  { type: 'mouseMoved', x, y, buttons, button: buttons === 1 ? 'left' : 'none' },
];
const pressed: [string, Record<string, unknown>] = [
  'Input.dispatchMouseEvent',
  { type: 'mousePressed', x: 10, y: 10, button: 'left' },
];

describe('the way of a drag', () => {
  it('is filled in between where the button goes down and where it comes up', () => {
    const way = new DragWay();
    way.begin('normal', true);
    expect(way.before(...moved(10, 10, 0))).toEqual([]);
    expect(way.before(...pressed)).toEqual([]);
    const points = way.before(...moved(310, 110, 1));
    expect(points).toHaveLength(24);
    const xs = points.map(({ params }) => Number(params['x']));
    expect(xs).toEqual([...xs].sort((a, b) => a - b));
    expect(xs[0]).toBeGreaterThanOrEqual(10);
    expect(xs[23]).toBeLessThan(310);
    expect(points.every(({ params }) => params['buttons'] === 1 && params['type'] === 'mouseMoved')).toBe(
      true,
    );
  });
  it('is empty for an action that is no drag', () => {
    const way = new DragWay();
    way.begin('normal', false);
    way.before(...pressed);
    expect(way.before(...moved(310, 110, 1))).toEqual([]);
    expect(way.before('Input.insertText', { text: 'a' })).toEqual([]);
  });
});
