import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { pythonTool } from '@showrunner/service/testing';
import { durationOf, fromOtio, placements, TimelineSchema, toOtio } from '@showrunner/timeline';

/** https://opentimelineio.readthedocs.io, from PyPI. */
const VERSION = '0.18.1';
const take = { clipId: 'c1', takeId: 't1' };
const box = { x: 10, y: 20, width: 200, height: 40 };
const film = TimelineSchema.parse({
  ...{
    version: 1,
    runId: 'r',
    title: 'Ein Film “mit” \\N {\\b1} مرحبا 🎬',
    page: { width: 1280, height: 720 },
  },
  takes: [{ takeId: 't1', durationMs: 60_000 }],
  items: [
    { kind: 'card', id: 'o', ...take, card: 'opening', atMs: 100, durationMs: 1801, title: 'Film' },
    { kind: 'footage', id: 'f1', ...take, inMs: 1003.7, outMs: 4321.9 },
    { kind: 'footage', id: 'f2', ...take, inMs: 6000, outMs: 9999, speed: 2.5, transition: 'dissolve' },
    { kind: 'still', id: 's', ...take, atMs: 9999, durationMs: 700 },
  ],
  chapters: [{ clipId: 'c1', feature: 'one', title: 'One' }],
  captions: [{ id: 'cap', startMs: 1900, endMs: 3000, text: 'Add a card' }],
  zooms: [{ id: 'zoom', startMs: 2000, endMs: 4000, focus: box, scale: 1.7 }],
  blurs: [{ id: 'blur', startMs: 1900, endMs: 3500.5, box }],
});

interface Answer {
  understood: {
    version: string;
    durationMs: number;
    clips: {
      name: string;
      media: string;
      startMs: number;
      endMs: number;
      sourceMs: number;
      scalars: number[];
    }[];
    dissolves: [string, string][];
    markers: [kind: string, comment: string, startMs: number][];
  };
  written: string;
  edited: string;
}

let answer: Answer;
beforeAll(async () => {
  const programs = await pythonTool('opentimelineio', VERSION);
  const program = join(import.meta.dirname, '../testing/otio-library.py');
  const input = JSON.stringify(toOtio(film, () => 'take.mkv'));
  const { stdout, stderr } = spawnSync(join(programs, 'python'), [program], {
    ...{ input, encoding: 'utf8', timeout: 60_000 },
  });
  expect(stderr).toBe('');
  answer = JSON.parse(stdout) as Answer;
}, 320_000);

describe('OpenTimelineIO’s own library', () => {
  it('understands a film as we do: where its clips stand, how fast they are, what joins them', () => {
    const { version, durationMs, clips, dissolves, markers } = answer.understood;
    expect(version).toBe(VERSION);
    expect(durationMs).toBeCloseTo(durationOf(film), 3);
    expect(clips.map(({ startMs, endMs }) => [startMs, endMs].map(Math.round))).toEqual(
      placements(film.items).map(({ startMs, endMs }) => [startMs, endMs].map(Math.round)),
    );
    expect(clips.map(({ name, media, scalars }) => [name, media, scalars])).toEqual([
      ['Film', 'GeneratorReference', []],
      ['f1', 'ExternalReference', []],
      ['f2', 'ExternalReference', [2.5]],
      ['s', 'ExternalReference', [0]],
    ]);
    expect(dissolves).toEqual([['Clip', 'Clip']]);
    expect(markers.map(([kind, comment]) => [kind, comment])).toEqual([
      ['chapter', ''],
      ['caption', 'Add a card'],
      ['zoom', ''],
      ['blur', ''],
    ]);
  });

  it('gives the same film back', () => {
    expect(fromOtio(JSON.parse(answer.written), film)).toEqual({ timeline: film, losses: [] });
  });

  it('edits it, and its edits are read: a clip cut in two, its second half at the end; what is no picture of the run is named', () => {
    const { timeline, losses } = fromOtio(JSON.parse(answer.edited), film);
    expect(timeline.items.map(({ id }) => id)).toEqual(['o', 'f1', 'f2', 's', 'otio-1']);
    const [, first, , , second] = timeline.items;
    expect(first).toMatchObject({ inMs: 1003.7, outMs: expect.closeTo(1003.7 + 50 * (1000 / 30), 0) });
    expect(second).toMatchObject({
      kind: 'footage',
      takeId: 't1',
      inMs: expect.closeTo(80 * (1000 / 30), 0),
    });
    expect(losses).toEqual([{ what: 'clip “logo”', reason: 'Its media (logo.mov) is no take of this run.' }]);
    // The pictures that are hidden are so in both halves.
    expect(timeline.blurs.length).toBeGreaterThan(1);
  });
});
