import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ActionRecord, ClipOfRun, Export, Plan, RunReport } from '@showrunner/contracts';
import { TestPlatform } from './testing/platform';
import type { Film } from './testing/platform';

const example = (name: string): string => path.resolve(import.meta.dirname, '../examples', name);
const json = <T>(film: Film, name: string): T =>
  JSON.parse(readFileSync(path.join(film.out, name), 'utf8')) as T;
const lines = <T>(film: Film, name: string): T[] =>
  readFileSync(path.join(film.out, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

/** The text that a step of this kind of feature wrote, as the plan says it. */
function typedIn(plan: Plan, kind: string): string {
  const feature = plan.features.find((item) => item.kind === kind);
  const step = feature?.steps.find((item) => item.action.type === 'type');
  return step?.action.type === 'type' ? step.action.text : '';
}

function expectWholeFilm(film: Film): void {
  expect(film.said).toContain('Film: ');
  expect(film.code).toBe(0);
  expect(film.report?.state).toBe('done');
  expect(film.report?.features.map(({ title, verified }) => `${title}: ${String(verified)}`)).toEqual(
    json<Plan>(film, 'plan.json').features.map(({ title }) => `${title}: true`),
  );
  const probe = [
    '-v',
    'error',
    '-select_streams',
    'v:0',
    '-show_entries',
    'stream=codec_name,pix_fmt,r_frame_rate,width,height',
    '-of',
    'csv=p=0',
  ];
  const video = path.join(film.out, 'video.mp4');
  expect(execFileSync('ffprobe', [...probe, video], { encoding: 'utf8' }).trim()).toBe(
    'h264,1280,720,yuv420p,30/1',
  );
  expect(readFileSync(path.join(film.out, 'captions.vtt'), 'utf8')).toMatch(/^WEBVTT\n/);
  const actions = lines<ActionRecord>(film, 'actions.jsonl');
  const last = new Map(actions.map((action) => [`${action.feature} ${action.step}`, action]));
  expect([...last.values()].filter(({ verified }) => !verified)).toEqual([]);
  expect(actions.filter(({ startMs, actMs, endMs }) => startMs > actMs || actMs > endMs)).toEqual([]);
  const clips = json<ClipOfRun[]>(film, 'clips.json');
  expect(clips.map(({ feature }) => feature)).toEqual(
    json<Plan>(film, 'plan.json').features.map(({ id }) => id),
  );
  expect(clips.every(({ start, end }) => end > start)).toBe(true);
  const frames = film.report?.frames;
  expect(frames?.captured).toBeGreaterThan(10);
}

describe('films of the example apps', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await TestPlatform.start();
  }, 120_000);
  afterAll(() => platform?.stop(), 60_000);

  it('kanban (Vite and React, npm): the board holds the card that the film shows', async () => {
    const film = await platform.film(example('kanban'), ['--keep']);
    expectWholeFilm(film);
    const title = typedIn(json<Plan>(film, 'plan.json'), 'create');
    expect(title).not.toBe('');
    const cards = await platform.preview(film.report?.sandboxId ?? '', '/api/cards');
    expect(cards).toContain(title);
    expect(film.report?.frames?.lost).toBeLessThan((film.report?.frames?.presented ?? 0) * 0.02 + 1);
  }, 240_000);

  it('guestbook (Flask, requirements.txt): the guestbook holds the entry that the film shows', async () => {
    const film = await platform.film(example('guestbook'), ['--keep']);
    expectWholeFilm(film);
    const plan = json<Plan>(film, 'plan.json');
    expect(plan.features.map(({ kind }) => kind)).toContain('signIn');
    const page = await platform.preview(film.report?.sandboxId ?? '', '/');
    expect(page).toContain(typedIn(plan, 'create'));
  }, 240_000);

  it('catalogue (static): what the search hides is what the catalogue’s data say does not match', async () => {
    const film = await platform.film(example('catalogue'));
    expectWholeFilm(film);
    const search = json<Plan>(film, 'plan.json').features.find(({ kind }) => kind === 'search');
    const query = typedIn(json<Plan>(film, 'plan.json'), 'search').toLowerCase();
    const success = search?.steps.at(-1)?.success;
    expect(success?.kind).toBe('textHidden');
    if (success?.kind === 'textHidden') expect(success.text.toLowerCase()).not.toContain(query);
  }, 240_000);

  it('renders a film again under an id of its own, after the run is over; the film of the run stays', async () => {
    const { data } = await platform.get<{ data: { id: string }[] }>('/runs?limit=1');
    const runId = data[0]?.id ?? '';
    const before = await platform.get<RunReport>(`/runs/${runId}`);
    const out = path.join(platform.home, 'export');
    const { code, stdout } = await platform.showrunner(['export', runId, '--out', out]);
    expect([code, stdout]).toEqual([0, expect.stringContaining('video.mp4')]);
    const { data: exports } = await platform.get<{ data: Export[] }>(`/runs/${runId}/exports`);
    expect(exports.map(({ state }) => state)).toEqual(['done', 'done']);
    const [again, own] = exports;
    expect(new Set([runId, again?.id, own?.id]).size).toBe(3);
    expect([again?.durationMs, again?.bytes]).toEqual([own?.durationMs, own?.bytes]);
    expect(statSync(path.join(out, 'video.mp4')).size).toBe(again?.bytes);
    expect((await platform.get<RunReport>(`/runs/${runId}`)).video).toEqual(before.video);
  }, 120_000);

  it('follows the intent: what it names is filmed, and comes first', async () => {
    const film = await platform.film(example('catalogue'), [
      ...['--intent', 'Show the dark mode, then search'],
      ...['--pace', 'none'],
    ]);
    expect(film.report?.state).toBe('done');
    const titles = json<Plan>(film, 'plan.json').features.map(({ title }) => title.toLowerCase());
    expect(titles[0]).toContain('dark');
    expect(titles[1]).toMatch(/find|search/);
  }, 240_000);

  it('leaves no browser, encoder or sandbox once its films are made and nothing is kept', async () => {
    const runs = await platform.get<{ data: { id: string; state: string }[] }>('/runs');
    expect(runs.data.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done']);
    const down = await platform.showrunner(['down']);
    expect(down.code).toBe(0);
    await platform.nothingLeft();
  }, 120_000);
});
