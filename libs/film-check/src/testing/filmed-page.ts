import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FilmOutline } from '@showrunner/contracts';
import { actionRecord } from '@showrunner/contracts/testing';
import { filmOutline, openFootage, renderFilm, type Schedule, type TakeFootage } from '@showrunner/media';
import { TakeWriter } from '@showrunner/recorder';
import { autoEdit, type FilmedAction, type Timeline } from '@showrunner/timeline';

export const PAGE = { width: 640, height: 360 };
const TAKE_MS = 4500;
/** A bar, a button with something like letters on it, and a line of something like letters. */
const DRAWN = [
  'drawbox=x=40:y=20:w=560:h=40:color=0xd0d8e8:t=fill',
  'drawbox=x=60:y=150:w=120:h=40:color=0x3060c0:t=fill',
  'drawgrid=x=60:y=150:w=7:h=11:color=0x102040:t=2:enable=1',
  'drawbox=x=0:y=0:w=640:h=140:color=white:t=fill',
  'drawbox=x=0:y=200:w=640:h=160:color=white:t=fill',
  'drawbox=x=190:y=140:w=450:h=60:color=white:t=fill',
  'drawbox=x=0:y=140:w=50:h=60:color=white:t=fill',
  'drawbox=x=40:y=20:w=560:h=40:color=0xd0d8e8:t=fill',
  // What is hidden in the film.
  ...Array.from({ length: 9 }, (_, n) => `drawbox=x=${456 + n * 12}:y=32:w=6:h=14:color=0x203050:t=fill`),
].join(',');
const LINE = `${DRAWN},drawbox=x=260:y=120:w=300:h=50:color=0x208040:t=fill`;

/** What the page shows from each moment on: nothing, a line, then a dark panel that grows until the second feature is verified. */
const STATES: readonly [number, string][] = [
  [0, DRAWN],
  [900, LINE],
  ...Array.from({ length: 21 }, (_, n): [number, string] => [
    2000 + n * 100,
    `${LINE},drawbox=x=260:y=190:w=${20 + n * 14}:h=60:color=0x602020:t=fill`,
  ]),
];

/** The place that is acted on, and one that is hidden. */
export const BUTTON = { x: 60, y: 150, width: 120, height: 40 };
const SECRET = { x: 450, y: 28, width: 120, height: 24 };
/** Near the button for the first click, so that the camera is part of what is checked. */
const ZOOM = { id: 'zoom', startMs: 200, endMs: 2000, easeMs: 300, scale: 1.4, focus: BUTTON };

export interface FilmedPage {
  videoPath: string;
  schedule: Schedule;
  outline: FilmOutline;
  footage: Map<string, TakeFootage>;
  /** Renders another film of the same take. */
  render: (
    timeline: Timeline,
    name: string,
  ) => Promise<Pick<FilmedPage, 'videoPath' | 'schedule' | 'outline'>>;
  close: () => Promise<void>;
}

const CLICK: FilmedAction['action'] = { type: 'click', target: { role: 'button', name: 'Go', exact: true } };
const action = (feature: string, actMs: number, endMs: number, y: number): FilmedAction => ({
  ...actionRecord({ feature, step: 0, caption: `Do ${feature}`, startMs: actMs - 500, actMs, endMs }),
  ...{ takeId: 't', box: BUTTON, result: 'succeeded', action: CLICK },
  revealed: [{ x: 260, y, width: 300, height: 50 }],
});

/** A film of 640x360 of a page that changes twice, edited and rendered by the product itself. */
export async function filmPage(folder: string): Promise<FilmedPage> {
  const takePath = join(folder, 'take.mkv');
  const index = await writeTake(takePath, folder);
  const { footage, close } = await openFootage('t', takePath, { index });
  const actions = [action('one', 800, 1500, 120), action('two', 2600, 4200, 195)];
  const timeline = autoEdit({
    ...{ runId: 'r', title: 'Page', size: PAGE, actions, takes: [footage.pictures()] },
    cards: { titles: 'captions', openingMs: 0 },
    features: ['one', 'two'].map((id) => ({ id, title: `Feature ${id}`, description: '' })),
    clips: [
      { clipId: 'r-c1', number: 1, feature: 'one', takeId: 't', startMs: 0, endMs: 1600 },
      { clipId: 'r-c2', number: 2, feature: 'two', takeId: 't', startMs: 1900, endMs: 4300 },
    ],
  });
  const render: FilmedPage['render'] = async (edited, name) => {
    const videoPath = join(folder, `${name}.mp4`);
    const takes = { takePaths: new Map([['t', takePath]]), takeIndexes: new Map([['t', index]]) };
    const { schedule } = await renderFilm({
      ...{ timeline: edited, ...takes, outputPath: videoPath, ffmpegPath: 'ffmpeg' },
    });
    return { videoPath, schedule, outline: filmOutline(schedule, actions) };
  };
  const shown = { zooms: [ZOOM], blurs: [{ id: 'blur', startMs: 0, endMs: 60_000, box: SECRET }] };
  return {
    ...(await render({ ...timeline, ...shown }, 'good')),
    footage: new Map([['t', footage]]),
    render,
    close,
  };
}

async function writeTake(path: string, folder: string): ReturnType<TakeWriter['finalise']> {
  const writer = await TakeWriter.create(path, { startedAtMs: 0, ...PAGE });
  for (const [n, [atMs, filter]] of STATES.entries()) {
    const jpeg = join(folder, `${n}.jpg`);
    const source = `color=white:s=${PAGE.width}x${PAGE.height},${filter}`;
    const picture = ['-frames:v', '1', '-pix_fmt', 'yuvj420p', '-q:v', '2', jpeg];
    execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', source, ...picture]);
    writer.writeFrame(atMs, readFileSync(jpeg));
  }
  return writer.finalise(TAKE_MS);
}
