import type { Timeline } from '@showrunner/timeline';

/** A moment of a film whose looks are kept. */
export interface GoldenMoment {
  name: string;
  atMs: number;
  timeline: Timeline;
}

const base = { clipId: 'r-c1', takeId: 't', transition: 'auto' as const };
const BUTTON = { x: 820, y: 420, width: 160, height: 48 };
const CAPTIONS: [script: string, text: string][] = [
  ['latin', 'Add “Größe 100 %” to {the} <list> \\N & go on'],
  ['arabic', 'أضف بطاقة جديدة إلى القائمة.'],
  ['hebrew', 'הוסף כרטיס חדש לרשימה.'],
  ['hindi', 'सूची में एक नया कार्ड जोड़ें'],
  ['japanese', '新しいカードをリストに追加する'],
  ['emoji', 'Saved ✔ and shared 😀 with all ★'],
];

/** What films look like: cards, captions in six scripts, pointer and click, zoom, note, hidden place, an open list, each theme and format. */
export function goldenMoments(still: Timeline): GoldenMoment[] {
  const film = (change: Partial<Timeline>): Timeline => ({ ...still, ...change });
  const caption = (text: string, change: Partial<Timeline['captions'][number]> = {}) => ({
    captions: [{ id: 'c', startMs: 0, endMs: 4000, text, avoid: [], ...change }],
  });
  const card = { kind: 'card' as const, id: 'k', ...base, atMs: 0, durationMs: 3000 };
  const acted = (type: string, change: object = {}) => ({
    actions: [
      {
        clipId: base.clipId,
        takeId: 't',
        step: 0,
        type,
        startMs: 600,
        actMs: 2000,
        endMs: 2600,
        box: BUTTON,
        ...change,
      },
    ],
    pointer: { style: 'arrow' as const, size: 1, clicks: true },
  });
  const zoom = { id: 'z', startMs: 0, endMs: 4000, focus: BUTTON, scale: 2, easeMs: 0 };
  const heading = { eyebrow: '1 / 3', title: 'Cards' };
  const moment = (name: string, change: Partial<Timeline>, atMs = 1500): GoldenMoment => ({
    ...{ name, atMs, timeline: film(change) },
  });
  return [
    moment('card-opening', {
      items: [{ ...card, card: 'opening', title: 'A film of a board', body: 'In three parts' }],
    }),
    moment('card-title', {
      ...{ theme: 'aurora', aspect: '1:1' },
      items: [{ ...card, card: 'title', title: 'Sort the list', body: '', progress: { number: 2, of: 3 } }],
    }),
    ...CAPTIONS.map(([script, text]) => moment(`caption-${script}`, caption(text))),
    moment('caption-heading-upright', {
      ...caption('Add a card', { heading }),
      theme: 'graphite',
      aspect: '9:16',
    }),
    moment('pointer-click', acted('click'), 2150),
    moment('zoom', { zooms: [zoom], ...caption('Seen near') }),
    moment('note-and-hidden', {
      ...{ theme: 'aurora', aspect: '4:5' },
      callouts: [{ id: 'n', startMs: 0, endMs: 4000, text: 'Here it is', at: BUTTON }],
      blurs: [{ id: 'b', startMs: 0, endMs: 4000, box: { x: 90, y: 120, width: 420, height: 120 } }],
    }),
    moment(
      'list-open',
      acted('select', { list: { options: ['Viewer', 'Editor', 'Owner'], from: 0, to: 1 } }),
      1900,
    ),
    moment('theme-midnight', { theme: 'midnight', ...caption('By night') }),
    moment('theme-daylight-brand', {
      theme: 'daylight',
      look: { logoText: 'Board', font: 'DejaVu Serif' },
      ...caption('By day'),
    }),
  ];
}

/** What the filmed page shows, as filters of ffmpeg: rows of words, a button, a drawing. */
export const GOLDEN_PAGE = [
  ...Array.from({ length: 6 }, (_, n) => `drawbox=90:${120 + n * 70}:${420 - n * 30}:28:0x30435f:fill`),
  'drawbox=620:110:560:230:0xd8e6f8:fill',
  'drawbox=820:420:160:48:0x2b6fe0:fill',
  'drawbox=60:60:1160:4:0xc0c8d4:fill',
].join(',');
