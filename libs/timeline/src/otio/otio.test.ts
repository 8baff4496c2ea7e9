import { describe, expect, test } from '@jest/globals';
import { ClipIdSchema, InvalidInputError, TakeIdSchema } from '@showrunner/contracts';
import fc from 'fast-check';
import type { Item } from '../document/items';
import { placements } from '../document/placements';
import { TimelineSchema, type Timeline } from '../document/timeline';
import { applyOperation } from '../operations/apply';
import { fromOtio } from './from-otio';
import type { OtioObject } from './otio-schema';
import { toOtio } from './to-otio';

const box = { x: 10.5, y: 20, width: 200, height: 40 };
const of = (clip: string) => ({ clipId: ClipIdSchema.parse(clip), takeId: TakeIdSchema.parse('t1') });

/** Two chapters with cards, footage of three speeds, a held picture, and something of each kind over them. */
const film = (change: Partial<Timeline> = {}): Timeline =>
  TimelineSchema.parse({
    ...{ version: 1, runId: 'r', title: 'فيلم 🎬 \\N {\\b1} <b>', page: { width: 1280, height: 720 } },
    ...{ takes: [{ takeId: 't1', durationMs: 60_000 }], aspect: '9:16', theme: 'aurora' },
    ...{ look: { accent: '#ff0000', padding: 0.1 }, voice: { name: 'espeak', language: 'de' } },
    items: [
      {
        kind: 'card',
        id: 'o',
        ...of('c1'),
        card: 'opening',
        atMs: 100,
        durationMs: 1801,
        title: 'Film',
        spoken: '',
      },
      { kind: 'footage', id: 'f1', ...of('c1'), inMs: 1003.7, outMs: 4321.9 },
      { kind: 'footage', id: 'f2', ...of('c1'), inMs: 6000, outMs: 9999, speed: 2.5, transition: 'dissolve' },
      { kind: 'still', id: 's', ...of('c1'), atMs: 9999, durationMs: 700 },
      { kind: 'footage', id: 'f3', ...of('c2'), inMs: 20_000, outMs: 22_000, speed: 0.5 },
      { kind: 'footage', id: 'f4', ...of('c2'), inMs: 23_000, outMs: 24_000, transition: 'cut' },
      {
        kind: 'card',
        id: 'k',
        ...of('c2'),
        card: 'title',
        atMs: 24_000,
        durationMs: 900,
        title: 'Two',
        transition: 'dissolve',
        progress: { number: 2, of: 2 },
      },
    ],
    chapters: [
      { clipId: 'c1', feature: 'one', title: 'One', description: 'First' },
      { clipId: 'c2', feature: 'two', title: 'Two' },
      { clipId: 'c3', feature: 'three', title: 'Not shown' },
    ],
    captions: [
      { id: 'cap1', startMs: 1811.3, endMs: 3000.1, text: 'שלום, 日本語', avoid: [box] },
      { id: 'cap2', startMs: 3000.1, endMs: 5000, text: '', heading: { title: 'Heading' }, spoken: 'Said' },
    ],
    callouts: [{ id: 'note', startMs: 2000, endMs: 2500, text: 'Here', at: box }],
    zooms: [{ id: 'zoom', startMs: 2000, endMs: 4000, focus: box, scale: 1.7 }],
    blurs: [{ id: 'blur', startMs: 1900, endMs: 3500.5, box }],
    ...change,
  });

/** As somebody else's program reads and writes it. */
const written = (timeline: Timeline): OtioObject =>
  JSON.parse(JSON.stringify(toOtio(timeline))) as OtioObject;
type Parts = { tracks: { children: [{ children: any[] }]; markers: any[] }; metadata: any }; // eslint-disable-line @typescript-eslint/no-explicit-any -- documents are changed here as a person would
const changed = (change: (document: Parts, clips: Parts['tracks']['markers']) => void, timeline = film()) => {
  const document = written(timeline) as unknown as Parts;
  change(document, document.tracks.children[0].children);
  return fromOtio(document, timeline);
};
const time = (value: number, rate = 30) => ({ OTIO_SCHEMA: 'RationalTime.1', rate, value });
const range = (start: number, duration: number, rate = 30) => ({
  ...{ OTIO_SCHEMA: 'TimeRange.1', start_time: time(start, rate), duration: time(duration, rate) },
});
const idsOf = ({ timeline }: { timeline: Timeline }): string[] => timeline.items.map(({ id }) => id);

describe('a film as OpenTimelineIO', () => {
  test('comes back as it was, whatever stands in it', () => {
    expect(fromOtio(written(film()), film())).toEqual({ timeline: film(), losses: [] });
  });

  test('comes back as it was after any edit', () => {
    const speed = fc.constantFrom(0.25, 0.5, 1, 1.3, 4, 16);
    const at = fc.double({ min: 0, max: 60_000, noNaN: true });
    const text = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(fc.array(fc.tuple(at, at, speed), { minLength: 1, maxLength: 8 }), text, (parts, title) => {
        const items = parts.map(([a, b, times], n): Item => ({
          ...{ kind: 'footage', id: `f${n}`, ...of(n % 2 === 0 ? 'c1' : 'c2'), speed: times },
          ...{ inMs: Math.min(a, b), outMs: Math.min(60_000, Math.max(a, b, Math.min(a, b) + 1)) },
          transition: (['auto', 'cut', 'dissolve'] as const)[n % 3] ?? 'auto',
        }));
        const last = placements(items).at(-1)?.endMs ?? 0;
        const caption = { id: 'c', startMs: last / 3, endMs: last, text: title, avoid: [] };
        const one = film({ items, title, captions: [caption], callouts: [], zooms: [], blurs: [] });
        const read = fromOtio(written(one), one);
        expect(read).toEqual({ timeline: one, losses: [] });
      }),
      { numRuns: 30 },
    );
  });

  test('has in, out, speed, dissolves and markers where programs look for them', () => {
    const [{ children: clips }] = (written(film()) as unknown as Parts).tracks.children;
    expect(clips.map(({ OTIO_SCHEMA, name }) => [OTIO_SCHEMA, name])).toEqual([
      ['Clip.2', 'Film'],
      ['Clip.2', 'f1'],
      ['Transition.1', 'dissolve'],
      ['Clip.2', 'f2'],
      ['Clip.2', 's'],
      ['Transition.1', 'dissolve'],
      ['Clip.2', 'f3'],
      ['Clip.2', 'f4'],
      ['Clip.2', 'Two'],
    ]);
    expect(clips[3]).toMatchObject({
      // 3999 ms, 2.5 times as fast, are 48 frames.
      source_range: range(180, 48),
      effects: [{ OTIO_SCHEMA: 'LinearTimeWarp.1', time_scalar: 2.5 }],
      media_references: { DEFAULT_MEDIA: { target_url: 't1.mkv', available_range: range(0, 1800) } },
    });
    expect(clips[4]).toMatchObject({ effects: [{ OTIO_SCHEMA: 'FreezeFrame.1', time_scalar: 0 }] });
    expect(clips[0].media_references.DEFAULT_MEDIA).toMatchObject({
      ...{ OTIO_SCHEMA: 'GeneratorReference.1', generator_kind: 'showrunner.card' },
      parameters: { title: 'Film', card: 'opening' },
    });
  });

  test('that was edited elsewhere is read as it was edited there', () => {
    const { timeline, losses } = changed((document, clips) => {
      clips[1].source_range = range(60, 30);
      clips[0].media_references.DEFAULT_MEDIA.parameters.title = 'Another';
      clips.splice(2, 1); // the dissolve
      clips[2].effects[0].time_scalar = 4;
      const caption = document.tracks.markers.find(({ metadata }) => metadata.showrunner.id === 'cap1');
      Object.assign(caption, { comment: 'New words', marked_range: range(60, 15) });
    });
    expect(losses).toEqual([]);
    const [card, first, second] = timeline.items;
    expect(card).toMatchObject({ title: 'Another', spoken: '', durationMs: 1801 });
    expect(first).toMatchObject({ id: 'f1', inMs: 2000, outMs: 3000 });
    expect(second).toMatchObject({
      id: 'f2',
      inMs: 6000,
      outMs: 6000 + 1600 * 4,
      speed: 4,
      transition: 'cut',
    });
    expect(timeline.captions[0]).toMatchObject({
      id: 'cap1',
      text: 'New words',
      startMs: 2000,
      endMs: 2500,
      avoid: [box],
    });
  });

  test('with a clip cut in two has both, under names of their own', () => {
    const read = changed((_, clips) => {
      const second = structuredClone(clips[1]);
      clips[1].source_range = range(30, 50);
      second.source_range = range(80, 50);
      clips.splice(2, 0, second);
    });
    expect(idsOf(read)).toEqual(['o', 'f1', 'otio-1', 'f2', 's', 'f3', 'f4', 'k']);
  });
});

describe('what is hidden', () => {
  const hidden = ({ timeline }: { timeline: Timeline }) =>
    timeline.blurs.map(({ startMs, endMs }) => [Math.round(startMs), Math.round(endMs)]);

  test('stays hidden where its marker is gone, and where its pictures stand elsewhere', () => {
    const noMarker = (document: Parts): void => {
      document.tracks.markers = document.tracks.markers.filter(
        ({ metadata }) => metadata.showrunner.kind !== 'blur',
      );
    };
    expect(hidden(changed(noMarker))).toEqual([[1900, 3501]]);
    // Its footage, 1800 to 5133 ms of the film, is the last thing that is shown; 8233 ms of others come before it.
    const moved = changed((document, clips) => {
      noMarker(document);
      clips.push(...clips.splice(1, 1));
    });
    const last = placements(moved.timeline.items).at(-1);
    expect(last?.item.id).toBe('f1');
    expect(hidden(moved)).toEqual([[100, 1701].map((ms) => Math.round((last?.startMs ?? 0) + ms))]);
    // The marker stays where it was while the pictures go elsewhere: both are hidden.
    const left = changed((_, clips) => clips.push(...clips.splice(1, 1)));
    expect(hidden(left)).toEqual([[1900, 3501], ...hidden(moved)]);
    // A new clip of the same pictures.
    const again = changed((document, clips) => {
      noMarker(document);
      clips.push({ ...structuredClone(clips[1]), metadata: {}, source_range: range(0, 90) });
    });
    expect(hidden(again)[0]).toEqual([1900, 3501]);
    expect(hidden(again)).toHaveLength(2);
  });

  test('is taken away by name', () => {
    const without = applyOperation(film(), { op: 'remove', id: 'blur' }).timeline;
    expect(fromOtio(written(without), without).timeline.blurs).toEqual([]);
  });
});

describe('a document of somebody else', () => {
  const clip = (name: string, change: object = {}) => ({
    ...{ OTIO_SCHEMA: 'Clip.1', name, source_range: range(24, 48, 24), effects: [], markers: [] },
    media_reference: { OTIO_SCHEMA: 'ExternalReference.1', target_url: 'file:///a%20b/t1.mkv' },
    ...change,
  });
  const warp = (time_scalar: number) => ({ OTIO_SCHEMA: 'LinearTimeWarp.1', time_scalar });
  const document = (children: unknown[], more: unknown[] = [], markers: unknown[] = []) => ({
    ...{ OTIO_SCHEMA: 'Timeline.1', name: 'Cut' },
    tracks: {
      ...{ OTIO_SCHEMA: 'Stack.1', markers },
      children: [{ OTIO_SCHEMA: 'Track.1', kind: 'Video', children }, ...more],
    },
  });

  test('shows what it has of the run, and names everything else', () => {
    const read = fromOtio(
      document(
        [
          { OTIO_SCHEMA: 'Transition.1', name: 'in', transition_type: 'SMPTE_Dissolve' },
          clip('a', { markers: [marker('On the clip', range(24, 12, 24))] }),
          {
            OTIO_SCHEMA: 'Transition.1',
            name: 'w',
            transition_type: 'Wipe',
            in_offset: time(0),
            out_offset: time(7),
          },
          clip('b', { effects: [warp(3), { OTIO_SCHEMA: 'Effect.1', effect_name: 'Blur' }] }),
          { OTIO_SCHEMA: 'Gap.1', name: '', source_range: range(0, 24, 24) },
          clip('fast', { effects: [warp(64)] }),
          clip('back', { effects: [warp(-1)] }),
          clip('other', {
            media_reference: { OTIO_SCHEMA: 'ExternalReference.1', target_url: 'x/other.mov' },
          }),
          clip('none', { media_reference: { OTIO_SCHEMA: 'MissingReference.1' } }),
          clip('bars', {
            media_reference: { OTIO_SCHEMA: 'GeneratorReference.1', generator_kind: 'SMPTEBars' },
          }),
          clip('off', { enabled: false }),
          clip('late', { source_range: range(2400, 24, 24) }),
          clip('long', { source_range: range(1416, 96, 24) }),
          clip('no range', { source_range: null }),
          { OTIO_SCHEMA: 'Stack.1', name: 'compound', children: [] },
          { OTIO_SCHEMA: 'Clip.2', name: 'odd', source_range: 7 },
        ],
        [
          { OTIO_SCHEMA: 'Track.1', kind: 'Audio', name: 'music', children: [] },
          { OTIO_SCHEMA: 'Track.1', kind: 'Video', name: 'titles', children: [clip('t')] },
        ],
        [marker('Read me', range(30, 30)), marker('A moment', range(40, 1)), { OTIO_SCHEMA: 'Marker.2' }],
      ),
      film(),
    );
    expect(read.timeline.title).toBe('Cut');
    const footage = { kind: 'footage', ...of('c1'), transition: 'auto', speed: 1 };
    expect(read.timeline.items).toEqual([
      { ...footage, id: 'otio-1', inMs: 1000, outMs: 3000 },
      { ...footage, id: 'otio-2', transition: 'dissolve', inMs: 1000, outMs: 7000, speed: 3 },
      { ...footage, id: 'otio-3', inMs: 1000, outMs: 33_000, speed: 16 },
      { ...footage, id: 'otio-4', inMs: 1000, outMs: 3000 },
      { ...footage, ...of('c2'), id: 'otio-5', transition: 'cut', inMs: 59_000, outMs: 60_000 },
    ]);
    expect(read.timeline.captions.map(({ text, startMs }) => [text, Math.round(startMs)])).toEqual([
      ['On the clip', 0],
      ['Read me', 1000],
    ]);
    expect(read.timeline.chapters).toEqual(film().chapters);
    expect(read.losses.map(({ what }) => what)).toEqual([
      ...[
        'track “music”',
        'track “titles”',
        'transition “in”',
        'transition “w”',
        'clip “b”',
        'gap',
        'clip “fast”',
        'clip “back”',
      ],
      ...[
        'clip “other”',
        'clip “none”',
        'clip “bars”',
        'clip “off”',
        'clip “late”',
        'clip “long”',
        'clip “no range”',
      ],
      ...['Stack “compound”', 'clip “odd”', 'marker', 'marker “A moment”'],
    ]);
  });

  const marker = (name: string, marked_range: object) => ({ OTIO_SCHEMA: 'Marker.2', name, marked_range });

  test.each([
    [null, 'no timeline'],
    [{ OTIO_SCHEMA: 'Clip.2' }, 'no timeline'],
    [{ OTIO_SCHEMA: 'Timeline.1' }, 'no tracks'],
    [document([]), 'no picture|a picture of this run'],
    [document([clip('x', { media_reference: null })]), 'clip “x”: Its media'],
  ])('with nothing that can be shown is refused: %j', (given, message) => {
    expect(() => fromOtio(given, film())).toThrow(new RegExp(message));
    expect(() => fromOtio(given, film())).toThrow(expect.objectContaining({ code: 'bad_otio' }));
  });

  test('is refused or read, whatever is wrong in it', () => {
    const wrong = fc.constantFrom<unknown>(
      null,
      -1,
      1e308,
      Number.NaN,
      '',
      '__proto__',
      [],
      {},
      [[]],
      { OTIO_SCHEMA: 'Clip.2' },
      { OTIO_SCHEMA: 'Stack.1' },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), wrong), { minLength: 1, maxLength: 6 }), (faults) => {
        const broken = written(film());
        for (const [n, value] of faults) {
          const places = placesIn(broken);
          const [owner, key] = places[n % places.length] ?? [{}, ''];
          // A copy: what was put somewhere before is changed in turn, and must not become a part of itself.
          (owner as Record<string, unknown>)[key] = structuredClone(value);
        }
        try {
          TimelineSchema.parse(fromOtio(broken, film()).timeline);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidInputError);
        }
      }),
      { numRuns: 50 },
    );
  });
});

/** Everything in a document that can be another thing. */
function placesIn(value: unknown): [owner: object, key: string][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [value, key] as [object, string],
    ...placesIn(inner),
  ]);
}
