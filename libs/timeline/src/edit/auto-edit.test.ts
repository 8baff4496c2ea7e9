import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { clipClock } from '../document/clip-clock';
import { placements } from '../document/placements';
import { FPS } from '../document/primitives';
import { autoEdit } from './auto-edit';
import { MOST_CARDS } from './card-budget';
import type { EditInput } from './input.types';

/** What the film is made of, as its renderer sees it. */
function buildTimeline(given: EditInput) {
  const timeline = autoEdit(given);
  const segments = placements(timeline.items).map(({ item, ...span }) => ({
    ...span,
    kind: item.kind === 'card' ? item.card : item.kind === 'still' ? 'hold' : item.kind,
    sourceMs: item.kind === 'footage' ? item.inMs : item.atMs,
  }));
  const titles = segments.some(({ kind }) => kind === 'title') ? 'cards' : 'captions';
  return { timeline, segments, titles, chapters: timeline.chapters, durationMs: segments.at(-1)?.endMs };
}

const isCard = ({ kind }: { kind: string }): boolean => kind === 'opening' || kind === 'title';

const input = (changes: number[], clips: [number, number][]): EditInput => ({
  runId: 'r', title: 'Film', size: { width: 1280, height: 720 }, actions: [],
  clips: clips.map(([start, end], n) => ({
    clipId: `c${n}`, number: n + 1, feature: `f${n}`, takeId: 't', startMs: start * 1000, endMs: end * 1000,
  })),
  features: clips.map((_, n) => ({ id: `f${n}`, title: `Feature ${n}`, description: '' })),
  takes: [{ takeId: 't', durationMs: 100_000, changes }],
}); // prettier-ignore

describe('buildTimeline', () => {
  test('opening, then a card, footage and a held picture for each clip', () => {
    const busy = Array.from({ length: 100 }, (_, n) => n * 1000);
    const { segments, chapters, titles } = buildTimeline(input(busy, [[0, 40], [50, 90]])); // prettier-ignore
    expect(titles).toBe('cards');
    expect(segments.map(({ kind }) => kind)).toEqual([
      'opening',
      'title',
      'footage',
      'hold',
      'title',
      'footage',
      'hold',
    ]);
    expect(chapters.map(({ title }) => title)).toEqual(['Feature 0', 'Feature 1']);
  });

  test('a short film has no cards, but a moment before each clip in which its title is read', () => {
    const { segments, titles } = buildTimeline(input([], [[0, 1], [5, 6]])); // prettier-ignore
    expect(titles).toBe('captions');
    expect(segments.map(({ kind }) => kind)).toEqual(['hold', 'footage', 'hold', 'hold', 'footage', 'hold']);
    expect(segments[0]?.sourceMs).toBe(segments[1]?.sourceMs);
  });

  test('one that is a little longer has the opening card alone', () => {
    const { segments } = buildTimeline(input(Array.from({ length: 24 }, (_, n) => n * 500), [[0, 6], [5, 11]])); // prettier-ignore
    expect(segments.map(({ kind }) => kind).filter((kind) => kind !== 'footage')).toEqual([
      'opening',
      'hold',
      'hold',
      'hold',
      'hold',
    ]);
  });

  test('cards never take more than 15 % of the time, and a single feature has none of its own', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.3, max: 90, noNaN: true }),
        fc.integer({ min: 1, max: 8 }),
        (length, count) => {
          const busy = Array.from({ length: 400 }, (_, n) => n * 250);
          const clips = Array.from({ length: count }, (): [number, number] => [0, length]);
          const { segments, durationMs = 0 } = buildTimeline(input(busy, clips));
          const cards = segments.filter(isCard);
          const cardsMs = cards.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
          expect(cardsMs).toBeLessThanOrEqual(durationMs * MOST_CARDS + 1000 / FPS);
          if (count === 1) expect(cards.filter(({ kind }) => kind === 'title')).toEqual([]);
        },
      ),
    );
  });

  test('no clip is no film', () => {
    expect(() => buildTimeline(input([], []))).toThrow(
      expect.objectContaining({ code: 'nothing_to_render' }),
    );
  });

  test('a clip without its take is refused', () => {
    expect(() => buildTimeline({ ...input([], [[0, 1]]), takes: [] })).toThrow(expect.objectContaining({ code: 'take_missing' })); // prettier-ignore
  });

  test('segments follow each other without a hole on whole frames, and the clock runs forward', () => {
    const clip = fc
      .tuple(fc.integer({ min: 0, max: 80 }), fc.float({ min: 0.5, max: 15, noNaN: true }))
      .map(([start, length]): [number, number] => [start, start + length]);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 100_000 })),
        fc.array(clip, { minLength: 1, maxLength: 4 }),
        (changes, clips) => {
          const made = buildTimeline(input(changes.sort((a, b) => a - b), clips)); // prettier-ignore
          let end = 0;
          for (const { startMs, endMs } of made.segments) {
            expect(startMs).toBe(end);
            expect(endMs).toBeGreaterThan(startMs);
            expect((endMs * FPS) / 1000).toBeCloseTo(Math.round((endMs * FPS) / 1000), 6);
            end = endMs;
          }
          expect(made.durationMs).toBe(end);
          const clock = clipClock(made.timeline, 'c0');
          let before = 0;
          for (let ms = 0; ms < 100_000; ms += 250) {
            const now = clock?.toFilm(ms) ?? 0;
            expect(now).toBeGreaterThanOrEqual(before);
            before = now;
          }
        },
      ),
    );
  });
});
