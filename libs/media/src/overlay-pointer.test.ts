import { expect, test } from '@jest/globals';
import { filmLook } from './film-look';
import { pointerEvents, type PointerLook } from './overlay-pointer';
import type { PointerTrack } from './pointer-track';

const FPS = 30;
const place = { x: 100, y: 50 };
const track: PointerTrack = {
  ...{ startMs: 0, endMs: 1200, start: place, moves: [], holds: [] },
  clicks: [{ atMs: 1000, at: place }],
};
const drawn = (toFilm: PointerLook['toFilm']): PointerLook => ({
  ...{ look: filmLook({ width: 1280, height: 720 }), fps: FPS, clip: '', toFilm },
  style: { style: 'none', size: 1, clicks: true },
});

test('the mark of a click ends with its clip: the next one may show another page', () => {
  const events = pointerEvents(
    [track],
    drawn((at) => at),
  );
  expect(events).toHaveLength(2);
  expect(events.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
    [1000, 1200],
    [1000, 1200],
  ]);
});

test('the mark stays where the click was while the camera moves', () => {
  const moving = (at: { x: number; y: number }, ms: number) => ({
    x: at.x - (ms - 1000) ** 2 / 100,
    y: at.y,
  });
  const events = pointerEvents([track], drawn(moving));
  expect(events.length).toBeGreaterThan(8);
  for (const { startMs, endMs, body } of events) {
    const x = Number(/\\pos\(([-\d.]+),/u.exec(body)?.[1]);
    expect(x).toBeCloseTo(moving(place, (startMs + endMs) / 2).x, 0);
    expect(endMs - startMs).toBeCloseTo(1000 / FPS, 5);
  }
});
