import { describe, expect, it } from '@jest/globals';
import { chaptersOf, readCues } from './chapters';

const VTT = `WEBVTT

NOTE made by hand

1
00:00:00.000 --> 00:00:02.000
Kanban

00:02.000 --> 00:04.500 line:80%
Add the card &quot;x&quot; &amp; <b>more</b>

01:00:01.250 --> 01:00:02.000
Search
for it
`;

describe('readCues', () => {
  it('reads times with and without hours, identifiers, settings, entities and several lines', () => {
    expect(readCues(VTT)).toEqual([
      { startS: 0, text: 'Kanban' },
      { startS: 2, text: 'Add the card &quot;x&quot; & more' },
      { startS: 3601.25, text: 'Search for it' },
    ]);
    expect(readCues(VTT.replaceAll('\n', '\r\n'))).toHaveLength(3);
    expect(readCues('nonsense --> here')).toEqual([]);
  });
});

describe('chaptersOf', () => {
  const feature = (id: string, title: string, ...captions: string[]) =>
    ({ id, title, steps: captions.map((caption) => ({ caption })) }) as never;
  const cues = ['Film', 'Add a card', 'Type its name', 'Search', 'Type a word', 'Add a card'].map(
    (text, at) => ({
      ...{ startS: at * 10, text },
    }),
  );

  it('begin where the title or a caption of their feature is first read, in their order', () => {
    const features = [
      feature('add', 'Add a card', 'Type its name'),
      feature('search', 'Find what is there', 'search', 'Type a word'),
      feature('again', 'Something else', 'Add a card'),
      feature('never', 'Never shown', 'Not read'),
    ];
    expect(chaptersOf(features, cues)).toEqual([
      { feature: 'add', title: 'Add a card', startS: 10 },
      { feature: 'search', title: 'Find what is there', startS: 30 },
      { feature: 'again', title: 'Something else', startS: 50 },
    ]);
  });
});
