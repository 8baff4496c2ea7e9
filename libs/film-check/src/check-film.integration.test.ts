import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FILM_CHECKS } from '@showrunner/contracts';
import { voiceTrack, withSound } from '@showrunner/media';
import type { Timeline } from '@showrunner/timeline';
import { checkFilm } from './check-film';
import { filmPage, PAGE, type FilmedPage } from './testing/filmed-page';

let folder: string;
let page: FilmedPage;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'film-check-'));
  page = await filmPage(folder);
}, 120_000);
afterAll(async () => {
  await page.close();
  rmSync(folder, { recursive: true, force: true });
});

const TAGS = [
  '-colorspace',
  'bt709',
  '-color_primaries',
  'bt709',
  '-color_trc',
  'bt709',
  '-color_range',
  'tv',
];
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '12', '-pix_fmt', 'yuv420p', ...TAGS];

type Film = Pick<FilmedPage, 'videoPath' | 'schedule' | 'outline'> & {
  spoken?: { startMs: number; endMs: number }[];
};

/** Where the page would show a secret: it is a bar. */
const COVERED = { x: 420, y: 90, width: 140, height: 24 };

/** What is not passed, and what is wrong. */
async function findings({ spoken, ...film }: Partial<Film>): Promise<string[]> {
  const { schedule, footage, videoPath, outline } = { ...page, ...film };
  const expected = { format: 'mp4' as const, size: schedule.size, fps: 30, ...(spoken && { spoken }) };
  const covered = new Map([['t', [{ fromMs: 0, toMs: 4500, box: COVERED }]]]);
  const input = { videoPath, schedule, outline, expected, footage, covered };
  const checks = await checkFilm({ ...input, ffmpegPath: 'ffmpeg', ffprobePath: 'ffprobe' });
  expect(checks.map(({ name }) => name)).toEqual([...FILM_CHECKS]);
  return checks.flatMap(({ name, result, detail }) =>
    result === 'passed' || (name === 'sound' && result === 'skipped') ? [] : [`${name} ${result} ${detail}`],
  );
}

/** The good film, encoded again with something wrong in it. */
function wrongFilm(name: string, args: readonly string[]): string {
  const path = join(folder, `${name}.mp4`);
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', page.videoPath, ...args, path]);
  return path;
}
const filtered = (filter: string): string[] => ['-vf', filter, ...H264];
const stepOf = (feature: string) => {
  const step = page.outline.steps.find((candidate) => candidate.feature === feature);
  if (step === undefined) throw new TypeError(`no step of ${feature}`);
  return step;
};
const seconds = (ms: number): string => (ms / 1000).toFixed(3);
const during = (fromMs: number, toMs: number): string =>
  `enable='between(t,${seconds(fromMs)},${seconds(toMs)})'`;
/** Names of the checks that failed. */
const failing = async (film: Partial<Film>): Promise<string[]> =>
  (await findings(film)).flatMap((told) => /^\S+(?= failed)/u.exec(told)?.[0] ?? []);
const wrongly = (name: string, filter: string): Promise<string[]> =>
  failing({ videoPath: wrongFilm(name, filtered(filter)) });

test('a film as the product renders it passes every check', async () => {
  expect(await findings({})).toEqual([]);
});

test('streams: a sound that nobody made', async () => {
  const sound = ['-f', 'lavfi', '-i', 'anullsrc', '-shortest', '-c:v', 'copy', '-c:a', 'aac'];
  expect(await failing({ videoPath: wrongFilm('sound', sound) })).toEqual(['streams']);
});

describe('sound', () => {
  const spoken = [
    { startMs: 300, endMs: 1300 },
    { startMs: 2000, endMs: 3000 },
  ];
  /** The good film with something like speech in it, and what is wrong with that. */
  async function speaking(name: string, wrong: readonly string[] = []): Promise<string> {
    const audio = { sampleRate: 24_000, samples: Buffer.alloc(48_000) };
    for (let n = 0; n < 24_000; n += 1)
      audio.samples.writeInt16LE(Math.round(5000 * Math.sin(n / 13) * Math.sin(n / 900)), n * 2);
    const { durationMs } = page.outline;
    const making = { durationMs, folder, ffmpegPath: 'ffmpeg' };
    const soundPath = await voiceTrack({
      ...making,
      speech: spoken.map(({ startMs }) => ({ startMs, audio })),
    });
    const outputPath = join(folder, `${name}.mp4`);
    await withSound({ ...making, videoPath: page.videoPath, soundPath, outputPath });
    if (wrong.length === 0) return outputPath;
    const path = join(folder, `${name}-wrong.mp4`);
    execFileSync('ffmpeg', [
      '-v',
      'error',
      '-y',
      '-i',
      outputPath,
      '-c:v',
      'copy',
      ...wrong,
      '-c:a',
      'aac',
      path,
    ]);
    return path;
  }

  test('a film that speaks, at its loudness, passes; it is the same bytes twice', async () => {
    const [first, second] = [await speaking('said'), await speaking('again')];
    expect(await findings({ videoPath: first, spoken })).toEqual([]);
    expect(readFileSync(first)).toEqual(readFileSync(second));
  });
  test('no sound at all, where there should be one', async () => {
    expect(await failing({ spoken })).toEqual(['streams', 'sound']);
  });
  test.each([
    ['silent', 'volume=0'],
    ['too quiet', 'volume=-12dB'],
    ['too loud', 'volume=8dB'],
    ['a line is missing', "volume=0:enable='between(t,1.9,3.1)'"],
  ])('%s', async (_, filter) => {
    const videoPath = await speaking(`sound${filter.length}${filter.at(-3) ?? ''}`.replace(/\W/gu, ''), [
      '-af',
      filter,
    ]);
    expect(await failing({ videoPath, spoken })).toEqual(['sound']);
  });
});

test('size: a picture of another height', async () => {
  expect(await wrongly('small', 'scale=480:270')).toEqual(['size']);
});

test('colours: chroma that players refuse', async () => {
  const chroma = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '12', '-pix_fmt', 'yuv444p', ...TAGS];
  expect(await failing({ videoPath: wrongFilm('chroma', chroma) })).toEqual(['colours']);
});

test('colours: nothing says that it is bt709', async () => {
  const untagged = [
    '-c',
    'copy',
    '-bsf:v',
    'h264_metadata=colour_primaries=2:transfer_characteristics=2:matrix_coefficients=2',
  ];
  expect(await failing({ videoPath: wrongFilm('untagged', untagged) })).toEqual(['colours']);
});

test('duration: the end is missing', async () => {
  const short = wrongFilm('short', ['-t', seconds(page.outline.durationMs - 200), ...H264]);
  expect(await failing({ videoPath: short })).toEqual(['duration']);
});

test('rate: pictures come unevenly', async () => {
  const uneven = ['-vf', "setpts='PTS+if(eq(N\\,40)\\,0.5/TB/30\\,0)'", ...H264, '-fps_mode', 'vfr'];
  const videoPath = wrongFilm('uneven', [...uneven, '-video_track_timescale', '30000']);
  expect(await failing({ videoPath })).toEqual(['rate']);
});

test('black: a stretch in which the page was not', async () => {
  const { startMs } = stepOf('two');
  const black = `drawbox=color=black:t=fill:${during(startMs + 100, startMs + 250)}`;
  expect(await wrongly('black', black)).toEqual(['black']);
});

test('frozen: the picture stands while the page moves', async () => {
  const { actMs } = stepOf('two');
  const from = Math.round(((actMs + 200) * 30) / 1000);
  // One picture is shown again and again, with the caption and the pointer that it had.
  const frozen = `split[a][b];[b]trim=start_frame=${from}:end_frame=${from + 1},loop=loop=-1:size=1,setpts=N/30/TB[s];[a][s]overlay=enable='between(n,${from},${from + 30})':shortest=1`;
  const videoPath = wrongFilm('frozen', ['-filter_complex', frozen, ...H264]);
  expect(await failing({ videoPath })).toEqual(['frozen']);
});

test('captions: what is to be read is not in the picture', async () => {
  const { height } = PAGE;
  const { startMs, endMs } = stepOf('one');
  const erased = `drawbox=y=${height * 0.75}:h=${height * 0.25}:color=white:t=fill:${during(startMs, endMs)}`;
  expect(await wrongly('uncaptioned', erased)).toEqual(['captions']);
});

test('captions: it comes late, or early, or lasts beyond the film', async () => {
  const moved = async (byMs: number): Promise<string[]> => {
    const { timeline } = page.schedule;
    const captions = timeline.captions.map((caption) => ({
      ...caption,
      startMs: caption.startMs + byMs,
      endMs: caption.endMs + byMs,
    }));
    const { videoPath } = await page.render({ ...timeline, captions }, `captions${byMs}`);
    return failing({ videoPath });
  };
  expect(await moved(100)).toEqual(['captions']);
  expect(await moved(-100)).toEqual(['captions']);
  const [first, ...more] = page.outline.captions;
  const captions = [{ text: '', startMs: 0, ...first, endMs: 1e6 }, ...more];
  expect(await failing({ outline: { ...page.outline, captions } })).toEqual(['captions']);
});

test('zooms: the camera is elsewhere than the timeline says, and what is done is out of view', async () => {
  const { timeline } = page.schedule;
  const { videoPath } = await page.render({ ...timeline, zooms: [] }, 'unzoomed');
  expect(await failing({ videoPath })).toEqual(['zooms']);
  const away = timeline.zooms.map((zoom) => ({
    ...zoom,
    scale: 2.5,
    focus: { x: 560, y: 300, width: 40, height: 20 },
  }));
  expect(await failing(await page.render({ ...timeline, zooms: away }, 'away'))).toEqual(['zooms']);
});

test('readable: the page is smeared', async () => {
  const { actMs } = stepOf('two');
  const smeared = `split[a][b];[b]crop=140:60:50:140,boxblur=8[s];[a][s]overlay=50:140:${during(actMs - 200, actMs + 20)}`;
  expect(await wrongly('smeared', smeared)).toEqual(['readable']);
});

test('pointer: it clicks beside what is acted on', async () => {
  const { timeline } = page.schedule;
  const actions = timeline.actions.map((action) => ({
    ...action,
    box: { x: 90, y: 150, width: 120, height: 40 },
  }));
  const { videoPath } = await page.render(
    { ...timeline, actions, pointer: { ...timeline.pointer, clicks: false } },
    'beside',
  );
  const schedule = {
    ...page.schedule,
    timeline: { ...timeline, pointer: { ...timeline.pointer, clicks: false } },
  };
  expect(await failing({ videoPath, schedule })).toEqual(['pointer']);
});

describe('in a window, whose shape is not quite the page’s', () => {
  const windowed = (): Timeline => ({ ...page.schedule.timeline, theme: 'midnight' });
  const silent = { style: 'arrow', size: 1, clicks: false } as const;

  test('a good film passes', async () => {
    expect(await findings(await page.render(windowed(), 'window'))).toEqual([]);
  });
  test('pointer: it clicks beside what is acted on', async () => {
    const good = { ...windowed(), pointer: silent };
    const actions = good.actions.map((action) => ({
      ...action,
      box: { x: 90, y: 150, width: 120, height: 40 },
    }));
    const { videoPath } = await page.render({ ...good, actions }, 'window-beside');
    const { schedule } = await page.render(good, 'window-unmarked');
    expect(await failing({ videoPath, schedule })).toEqual(['pointer']);
  });
  test('clicks: nothing marks them', async () => {
    const { schedule } = await page.render(windowed(), 'window-marked');
    const { videoPath } = await page.render({ ...windowed(), pointer: silent }, 'window-clicks');
    expect(await failing({ videoPath, schedule })).toEqual(['clicks']);
  });
});

test('pointer: there is none', async () => {
  const { timeline } = page.schedule;
  const { videoPath } = await page.render(
    { ...timeline, pointer: { ...timeline.pointer, style: 'none' } },
    'unpointed',
  );
  expect(await failing({ videoPath })).toEqual(['pointer']);
});

test('clicks: nothing marks them', async () => {
  const { timeline } = page.schedule;
  const { videoPath } = await page.render(
    { ...timeline, pointer: { ...timeline.pointer, clicks: false } },
    'unmarked',
  );
  expect(await failing({ videoPath })).toEqual(['clicks']);
});

test('states: the end of a feature shows the page as it was before', async () => {
  const { endMs } = stepOf('one');
  const unchanged = `drawbox=x=260:y=120:w=300:h=50:color=white:t=fill:${during(endMs - 300, endMs)}`;
  expect(await wrongly('unchanged', unchanged)).toEqual(['states']);
});

test('white: it is grey', async () => {
  expect(await wrongly('grey', 'lutyuv=y=val*0.97')).toEqual(['white']);
});

test('covered: what is to be hidden can be read', async () => {
  const { timeline } = page.schedule;
  const { videoPath } = await page.render({ ...timeline, blurs: [] }, 'uncovered');
  expect(await failing({ videoPath })).toEqual(['covered']);
});

test('secrets: what a page covers can be read in the film', async () => {
  const letters = Array.from(
    { length: 12 },
    (_, n) => `drawbox=x=${424 + n * 11}:y=94:w=5:h=15:color=0x203050:t=fill`,
  ).join(',');
  expect(await wrongly('secrets', letters)).toEqual(['secrets']);
});

test('secrets: bars, pointers and what is smeared tell nothing', async () => {
  const bar =
    'drawbox=x=430:y=92:w=90:h=20:color=0x8b93a1:t=fill,drawbox=x=540:y=92:w=3:h=20:color=black:t=fill';
  expect(await wrongly('bar', bar)).toEqual([]);
});

test('what is no film is an error, not a film without faults', async () => {
  const videoPath = join(folder, 'broken.mp4');
  writeFileSync(videoPath, 'not a film');
  await expect(findings({ videoPath })).rejects.toMatchObject({ code: 'ffmpeg_failed' });
});
