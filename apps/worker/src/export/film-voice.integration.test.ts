import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { durationOfAudio } from '@showrunner/contracts';
import { speechServer, type SpeechServer } from '@showrunner/llm/testing';
import { loudnessOf, voiceTrack } from '@showrunner/media';
import { FileObjectStore } from '@showrunner/storage';
import { durationOf, TimelineSchema } from '@showrunner/timeline';
import { voicedFilm } from './film-voice';

let server: SpeechServer;
let folder: string;
beforeAll(async () => {
  server = await speechServer();
  folder = mkdtempSync(join(tmpdir(), 'voice-'));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const timeline = TimelineSchema.parse({
  ...{ version: 1, runId: 'r', title: 'Film', page: { width: 1280, height: 720 }, chapters: [] },
  takes: [{ takeId: 't', durationMs: 60_000 }],
  items: [{ kind: 'footage', id: 'f', clipId: 'c', takeId: 't', inMs: 0, outMs: 4000 }],
  captions: [
    { id: 'one', startMs: 0, endMs: 1000, text: 'Write down <b>what</b> is to be done' },
    { id: 'two', startMs: 1000, endMs: 4000, text: 'Press Add' },
    { id: 'marks', startMs: 4000, endMs: 4000, text: '→ ✓' },
  ],
  voice: { name: 'openai:coral' },
});
const { signal } = new AbortController();
const making = (name?: string) => ({
  ...{ runId: 'r', signal },
  timeline: name === undefined ? timeline : { ...timeline, voice: { name } },
});
const deps = () => ({
  store: new FileObjectStore(join(folder, 'objects')),
  voices: {
    programs: {},
    openAi: { apiKey: 'key', baseUrl: server.url, model: 'm', timeoutMs: 5000 },
  },
});

test('the pictures wait for the words, which are said once and kept; the sound is at -16 LUFS, the same bytes twice', async () => {
  const film = await voicedFilm(deps(), making());
  const { speech = [] } = film;
  expect(server.requests.map(({ body }) => [body['voice'], body['input']])).toEqual([
    ['coral', 'Write down b what b is to be done'],
    ['coral', 'Press Add'],
  ]);
  const [first, second] = speech;
  if (first === undefined || second === undefined) throw new TypeError('nothing was said');
  expect(second.startMs).toBeGreaterThan(first.startMs + durationOfAudio(first.audio));
  expect(film.timeline.captions[1]?.startMs).toBeCloseTo(second.startMs, 3);
  expect(durationOf(film.timeline)).toBeGreaterThan(4000);

  const again = await voicedFilm(deps(), making());
  expect(server.requests).toHaveLength(2);
  expect(again).toEqual(film);

  const track = { speech, durationMs: durationOf(film.timeline), ffmpegPath: 'ffmpeg' };
  const path = await voiceTrack({ ...track, folder });
  const bytes = readFileSync(path);
  expect(readFileSync(await voiceTrack({ ...track, folder }))).toEqual(bytes);
  const { lufs, truePeak } = await loudnessOf(['-i', path], { program: 'ffmpeg' });
  expect(Math.abs(lufs + 16)).toBeLessThan(0.5);
  expect(truePeak).toBeLessThan(-1);
  const told = execFileSync('ffprobe', [
    '-v',
    'error',
    '-show_entries',
    'format=duration',
    '-of',
    'csv=p=0',
    path,
  ]);
  expect(Number(told) * 1000).toBeCloseTo(track.durationMs, 0);
});

test('nobody speaks: the film stays as it is; nobody can: that is said, with what to do', async () => {
  const silent = { ...timeline, voice: null };
  expect(await voicedFilm(deps(), { ...making(), timeline: silent })).toEqual({ timeline: silent });
  const none = { ...deps(), voices: { programs: {} } };
  for (const name of ['openai', 'auto', 'heart', 'espeak'])
    await expect(voicedFilm(none, making(name))).rejects.toMatchObject({
      code: 'voice_unavailable',
      status: 422,
    });
});
