import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ApiClient } from '@showrunner/api-client';
import { exportRun } from './export.command';
import { verify } from './verify.command';
import { film } from './film.command';
import { getRun } from './get.command';
import { Interrupts } from './interrupts';
import { replay } from './replay.command';
import { deleteRuns } from './run.commands';
import { FakePlatform } from './testing/fake-platform';

const options = { env: [], size: '1280x720', pace: 'normal' };

describe('film, replay and export', () => {
  let platform: FakePlatform;
  let folder: string;
  let out: string;
  let interrupts: Interrupts;
  const printed: string[] = [];
  const connected = jest.fn(
    async () =>
      new ApiClient({
        baseUrl: `http://127.0.0.1:${platform.port}/api`,
        apiKey: 'sk_test',
        patienceMs: 3_000,
      }),
  );
  const spies: { mockRestore(): void }[] = [];

  beforeEach(async () => {
    platform = new FakePlatform();
    await platform.start();
    folder = mkdtempSync(path.join(tmpdir(), 'showrunner-test-cli-'));
    out = path.join(folder, 'results');
    writeFileSync(path.join(folder, 'index.html'), '<h1>x</h1>');
    interrupts = new Interrupts(() => undefined);
    connected.mockClear();
    printed.length = 0;
    const print = (text: unknown): boolean => printed.push(String(text)) > 0;
    spies.push(jest.spyOn(process.stdout, 'write').mockImplementation(print));
    spies.push(jest.spyOn(process.stderr, 'write').mockImplementation(print));
  });
  afterEach(async () => {
    for (const spy of spies.splice(0)) spy.mockRestore();
    await platform.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('renders again what is stored and leaves the film, beside what else lies there', async () => {
    mkdirSync(out);
    writeFileSync(path.join(out, 'plan.json'), 'of the run');
    platform.exports = [
      { id: 'e1', state: 'queued', progress: 0 },
      { id: 'e1', state: 'rendering', progress: 0.5 },
      { id: 'e1', state: 'done', progress: 1 },
    ];
    platform.artefacts = { 'video.mp4': 'film' };
    expect(await exportRun(await connected(), 'run1', { out })).toBe(0);
    expect(readFileSync(path.join(out, 'video.mp4'), 'utf8')).toBe('film');
    expect(readFileSync(path.join(out, 'plan.json'), 'utf8')).toBe('of the run');
    expect(printed.join('')).toContain('rendering 50 %');
  });

  it('leaves every file that an export names, and tells what was lowered', async () => {
    const files = ['video.gif', 'captions.srt', '../outside.txt'].map((name) => ({ name }));
    platform.exports = [{ id: 'e1', state: 'done', progress: 1, files, notes: ['Lowered to 5 frames.'] }];
    platform.artefacts = { 'video.gif': 'gif', 'captions.srt': '1', 'outside.txt': 'x' };
    expect(await exportRun(await connected(), 'run1', { out, format: 'gif', maxBytes: '90000' })).toBe(0);
    expect(readdirSync(out).sort()).toEqual(['captions.srt', 'outside.txt', 'video.gif']);
    expect(printed.join('')).toContain('Lowered to 5 frames.');
    await expect(exportRun(await connected(), 'run1', { out, fps: '25' })).rejects.toMatchObject({
      code: 'bad_output',
    });
  });

  it('verify tells each check of a film, of an export or of a run, and answers by them', async () => {
    const check = { name: 'pointer', result: 'passed', detail: 'Seen in 7 pictures.' };
    platform.exports = [{ id: 'e1', runId: 'run1', state: 'done', checks: [check], failure: null }];
    expect(await verify(await connected(), 'e1', false)).toBe(0);
    expect(printed.join('')).toContain('✓ pointer   Seen in 7 pictures.');
    platform.exports = [
      { ...platform.exports[0], checks: [check, { ...check, name: 'states', result: 'failed' }] },
    ];
    expect(await verify(await connected(), 'e1', true)).toBe(1);
    const failure = { code: 'film_untrue', message: 'It is black.', stage: 'exporting' };
    platform.exports = [{ id: 'e1', runId: 'run1', state: 'failed', checks: null, failure }];
    expect(await verify(await connected(), 'e1', false)).toBe(1);
    expect(printed.join('')).toContain('It is black.');
    platform.exports = [{ id: 'e1', runId: 'run1', state: 'queued', checks: null, failure: null }];
    await expect(verify(await connected(), 'e1', false)).rejects.toMatchObject({ code: 'not_verified' });
    await expect(verify(await connected(), 'nothing', false)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('says why an export failed, and that a run is unknown', async () => {
    const failure = {
      code: 'take_gone',
      message: 'The recording is gone.',
      remedy: 'Film again.',
      stage: 'exporting',
    };
    platform.exports = [{ id: 'e1', state: 'failed', progress: 0, failure }];
    await expect(exportRun(await connected(), 'run1', { out })).rejects.toMatchObject({ code: 'take_gone' });
    platform.exports = [{ id: 'e1', state: 'cancelled', progress: 0, failure: null }];
    await expect(exportRun(await connected(), 'run1', { out })).rejects.toMatchObject({ code: 'cancelled' });
    await expect(exportRun(await connected(), 'nothing', { out })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('follows across a broken connection without repeating a line, and leaves the results', async () => {
    platform.connections = [
      { upTo: 2, end: 'break' },
      { upTo: 4, end: 'stay' },
    ];
    platform.report = { state: 'filming' };
    platform.onEvents = () => {
      if (platform.connections.length === 0) platform.report.state = 'done';
    };
    platform.artefacts = { 'video.mp4': 'film', 'plan.json': '{}', history: '{"events":[]}' };
    expect(await film(connected, folder, { ...options, out }, interrupts)).toBe(0);
    expect(platform.lastEventIds).toEqual(['0', '2']);
    const lines = printed.join('');
    for (const id of [1, 2, 3]) expect(lines.split(`event ${id}`)).toHaveLength(2);
    expect(lines).toContain('✓ Add');
    expect(readFileSync(path.join(out, 'video.mp4'), 'utf8')).toBe('film');
    expect(readFileSync(path.join(out, 'history.json'), 'utf8')).toContain('events');
    expect(JSON.parse(readFileSync(path.join(out, 'run.json'), 'utf8'))).toMatchObject({
      id: 'run1',
      state: 'done',
    });
    expect(existsSync(path.join(out, 'captions.vtt'))).toBe(false);
  });

  it('outlives a gateway that is started again', async () => {
    platform.connections = [
      { upTo: 1, end: 'stay' },
      { upTo: 4, end: 'stay' },
    ];
    platform.report = { state: 'filming' };
    platform.artefacts = { 'video.mp4': 'film' };
    let connections = 0;
    platform.onEvents = () => {
      connections += 1;
      if (connections === 2) platform.report.state = 'done';
      if (connections === 1) setTimeout(() => void platform.stop().then(() => platform.start()), 50);
    };
    expect(await film(connected, folder, { ...options, out }, interrupts)).toBe(0);
    expect(platform.lastEventIds).toEqual(['0', '1']);
  });

  it('ends when the report says so although no event comes', async () => {
    platform.artefacts = { 'video.mp4': 'film' };
    expect(await film(connected, folder, { ...options, out }, interrupts)).toBe(0);
  });

  it('answers 1 without a film, and leaves the last good one where it is', async () => {
    platform.connections = [{ upTo: 4, end: 'stay' }];
    platform.artefacts = { 'video.mp4': 'older' };
    expect(await film(connected, folder, { ...options, out }, interrupts)).toBe(0);
    platform.artefacts = {};
    platform.connections = [{ upTo: 4, end: 'stay' }];
    platform.report = {
      state: 'failed',
      features: [],
      failure: {
        code: 'nothing_to_run',
        message: 'There is nothing to run.',
        remedy: 'Name the folder.',
        stage: 'detect',
      },
    };
    expect(await film(connected, folder, { ...options, out }, interrupts)).toBe(1);
    expect(readFileSync(path.join(out, 'video.mp4'), 'utf8')).toBe('older');
    expect(JSON.parse(readFileSync(path.join(out, 'run.json'), 'utf8'))).toMatchObject({ state: 'done' });
    const left = path.join(out, 'run-run1');
    expect(JSON.parse(readFileSync(path.join(left, 'run.json'), 'utf8'))).toMatchObject({ state: 'failed' });
    expect(existsSync(path.join(left, 'video.mp4'))).toBe(false);
    expect(printed.join('')).toContain(`The film of before stays in ${out}`);
    expect(printed.join('')).toContain(
      'Failed: There is nothing to run.\nTry: Name the folder.\n'.split('\n')[0] ?? '',
    );
  });

  it('fault 10: leaves nothing of an older film beside a new one, and the older one until then', async () => {
    platform.artefacts = { 'video.mp4': 'older', 'captions.vtt': 'older' };
    expect(await film(connected, folder, { ...options, out }, interrupts)).toBe(0);
    platform.artefacts = { 'video.mp4': 'newer' };
    platform.onEvents = () => expect(readFileSync(path.join(out, 'captions.vtt'), 'utf8')).toBe('older');
    expect(await film(connected, folder, { ...options, out }, interrupts)).toBe(0);
    expect(readdirSync(out).sort()).toEqual(['run.json', 'video.mp4']);
    expect(readFileSync(path.join(out, 'video.mp4'), 'utf8')).toBe('newer');
  });

  it('fault 10: is refused for a folder that cannot be made, within a second and with a sentence', async () => {
    for (const place of [
      '',
      ' ',
      '/proc/x',
      '/proc/1/x/y',
      '/dev/null/x',
      path.join(folder, 'index.html', 'x'),
    ]) {
      const startedAt = performance.now();
      const refused = film(connected, folder, { ...options, out: place }, interrupts);
      await expect(refused).rejects.toMatchObject({ code: 'out_unusable', remedy: expect.any(String) });
      expect(performance.now() - startedAt).toBeLessThan(1_000);
    }
    expect(platform.requests).toEqual([]);
  });

  it('fault 10: leaves files of others alone, and writes over them only with --force', async () => {
    mkdirSync(out);
    writeFileSync(path.join(out, 'thesis.txt'), 'mine');
    platform.artefacts = { 'video.mp4': 'film' };
    expect(await film(connected, folder, { ...options, out }, interrupts)).toBe(0);
    expect(printed.join('')).toContain('1 other files');
    expect(readFileSync(path.join(out, 'thesis.txt'), 'utf8')).toBe('mine');
    const other = path.join(folder, 'other');
    mkdirSync(other);
    writeFileSync(path.join(other, 'plan.json'), 'of somebody');
    const ask = (force: boolean) => film(connected, folder, { ...options, out: other, force }, interrupts);
    await expect(ask(false)).rejects.toMatchObject({ code: 'out_taken' });
    expect(readFileSync(path.join(other, 'plan.json'), 'utf8')).toBe('of somebody');
    expect(await ask(true)).toBe(0);
  });

  it('fault 10: two films do not write to one folder; a lock of a killed one is none', async () => {
    mkdirSync(out);
    const lock = path.join(out, '.showrunner-writes');
    writeFileSync(lock, String(process.ppid));
    platform.artefacts = { 'video.mp4': 'film' };
    const ask = () => film(connected, folder, { ...options, out }, interrupts);
    await expect(ask()).rejects.toMatchObject({ code: 'out_in_use', remedy: expect.any(String) });
    // Above any pid_max of Linux.
    writeFileSync(lock, '4194305');
    expect(await ask()).toBe(0);
    expect(existsSync(lock)).toBe(false);
  });

  it('get fetches what a run made that ended while nobody waited, and waits for one that goes on', async () => {
    platform.artefacts = { 'video.mp4': 'film', history: '{"events":[]}' };
    expect(await getRun(await connected(), 'run1', { out })).toBe(0);
    expect(readFileSync(path.join(out, 'video.mp4'), 'utf8')).toBe('film');
    platform.report = { state: 'failed', features: [] };
    expect(await getRun(await connected(), 'run1', { out: path.join(folder, 'failed') })).toBe(1);
    platform.report = { state: 'filming' };
    platform.onEvents = () => (platform.report = {});
    expect(await getRun(await connected(), 'run1', { out })).toBe(0);
    await expect(getRun(await connected(), 'none', { out })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('fault 5: waits for a platform that is taken down in the middle, says so, and fetches the film', async () => {
    let isStopped = false;
    const api = async (): Promise<ApiClient> =>
      new ApiClient({
        baseUrl: `http://127.0.0.1:${platform.port}/api`,
        apiKey: 'sk_test',
        patienceMs: 3_000,
        isStopped: () => isStopped,
      });
    platform.artefacts = { 'video.mp4': 'film' };
    platform.report = { state: 'filming' };
    let downs = 0;
    platform.onEvents = () => {
      if (downs++ > 0) return;
      isStopped = true;
      const down = async (): Promise<void> => {
        await platform.stop();
        await delay(1_500);
        platform.report = {};
        await platform.start();
        isStopped = false;
      };
      void down();
    };
    expect(await film(api, folder, { ...options, out }, interrupts)).toBe(0);
    expect(printed.join('')).toContain('The platform is away; the run goes on when it is up again');
    expect(printed.join('')).toContain('The platform is back.');
    expect(readFileSync(path.join(out, 'video.mp4'), 'utf8')).toBe('film');
  });

  it('fault 5: Ctrl-C ends the wait for a platform that is away, and says how to get the film', async () => {
    platform.report = { state: 'filming' };
    platform.onEvents = () => {
      void platform.stop().then(() => interrupts.press(performance.now()));
    };
    await expect(film(connected, folder, { ...options, out }, interrupts)).rejects.toMatchObject({
      remedy: expect.stringContaining('showrunner get run1'),
    });
  });

  it('cancels its run on Ctrl-C and answers 130', async () => {
    platform.report = { state: 'filming' };
    platform.onEvents = () => interrupts.press(performance.now());
    expect(await film(connected, folder, { ...options, out }, interrupts)).toBe(130);
    expect(platform.requests).toContain('POST /runs/run1/cancel');
    expect(platform.requests).not.toContain('POST /runs/run1/kill');
  });

  it('starts nothing after Ctrl-C, and nothing for wrong input', async () => {
    interrupts.press(0);
    expect(await film(connected, folder, { ...options, out }, interrupts)).toBe(130);
    const fresh = new Interrupts(() => undefined);
    const wrong: [string | undefined, object, string][] = [
      [path.join(folder, 'missing'), {}, 'source_missing'],
      ['-x', {}, 'unsafe_source'],
      ['ext::sh -c id', {}, 'unsupported_scheme'],
      [folder, { size: '7x7' }, 'bad_size'],
      [folder, { env: ['A'] }, 'bad_env'],
      [folder, { pace: 'hectic' }, 'unknown_pace'],
      [folder, { planId: 'plan-1' }, 'plan_has_source'],
      [undefined, { planId: 'plan-1', subdir: 'a' }, 'plan_has_source'],
      [undefined, {}, 'no_source'],
      ['.', { template: 'flask' }, 'source_ambiguous'],
      [undefined, { template: 'flask', branch: 'main' }, 'source_ambiguous'],
      [undefined, { template: 'flask', planId: 'p' }, 'plan_has_source'],
      [undefined, { template: 'flask', prompt: 'Notes' }, 'source_ambiguous'],
      [folder, { prompt: 'Notes' }, 'source_ambiguous'],
      [undefined, { prompt: '  ' }, 'bad_prompt'],
      [undefined, { prompt: 'Notes', kind: 'game' }, 'bad_prompt'],
      [undefined, { prompt: 'Notes', planId: 'p' }, 'plan_has_source'],
      [folder, { provider: 'moon' }, 'unknown_provider'],
      [folder, { branch: 'main' }, 'bad_branch'],
      ['https://example.org/a', { branch: '--upload-pack=x' }, 'bad_branch'],
      [folder, { subdir: '../x' }, 'bad_subdir'],
      [folder, { out: path.join(folder, 'index.html') }, 'out_unusable'],
      ['https://exa mple.org/a', {}, 'unsafe_source'],
    ];
    for (const [source, change, code] of wrong) {
      await expect(film(connected, source, { ...options, out, ...change }, fresh)).rejects.toMatchObject({
        code,
        remedy: expect.any(String),
      });
    }
    expect(connected).not.toHaveBeenCalled();
    expect(platform.requests).toEqual([]);
  });

  it('films a stored plan on the project it was made for, at the pace that was asked for', async () => {
    platform.artefacts = { 'video.mp4': 'film' };
    const pinned = { ...options, out, planId: 'plan-1', pace: 'none' };
    expect(await film(connected, undefined, pinned, interrupts)).toBe(0);
    expect(platform.requests).not.toContain('POST /projects');
    expect(platform.runs).toEqual([
      expect.objectContaining({ projectId: 'p7', planId: 'plan-1', pace: 'none' }),
    ]);
    await expect(
      film(connected, undefined, { ...pinned, planId: 'plan-2' }, interrupts),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('replays a run or a history and tells each divergence', async () => {
    platform.connections = [{ upTo: 4, end: 'stay' }];
    platform.artefacts = { 'video.mp4': 'film' };
    platform.report = { replayOf: 'run0', divergences: ['add 1: clicked twice'] };
    expect(await replay(connected, 'abcdef012345', { out }, interrupts)).toBe(0);
    expect(platform.requests).toContain('POST /runs/abcdef012345/replay');
    expect(printed.join('')).toContain('add 1: clicked twice');
    const history = path.join(folder, 'history.json');
    writeFileSync(history, '{"events":[]}');
    platform.connections = [{ upTo: 4, end: 'stay' }];
    platform.report = { replayOf: 'run0' };
    expect(await replay(connected, history, { out, json: true }, interrupts)).toBe(0);
    expect(platform.requests).toContain('POST /runs/replay');
    expect(JSON.parse(printed.at(-1) ?? '')).toMatchObject({ id: 'run1', divergences: [], out });
    writeFileSync(history, 'no json');
    await expect(replay(connected, history, { out }, interrupts)).rejects.toMatchObject({
      code: 'history_unreadable',
    });
    await expect(replay(connected, './none.json', { out }, interrupts)).rejects.toMatchObject({
      code: 'history_missing',
    });
  });

  it('deletes the runs that can be deleted, and tells of one that cannot', async () => {
    const api = await connected();
    expect(await deleteRuns(api, ['run1'])).toBe(0);
    expect(await deleteRuns(api, ['run2', 'run1'])).toBe(2);
    expect(platform.requests.filter((asked) => asked === 'DELETE /runs/run1')).toHaveLength(2);
  });

  it('says that the platform is away when it stays away', async () => {
    await platform.stop();
    const away = async (): Promise<ApiClient> =>
      new ApiClient({ baseUrl: `http://127.0.0.1:${platform.port}/api`, apiKey: 'sk_test', patienceMs: 100 });
    await expect(film(away, folder, { ...options, out }, interrupts)).rejects.toMatchObject({
      code: 'gateway_unreachable',
    });
  });

  it('does not wait for a platform that was stopped', async () => {
    await platform.stop();
    const stopped = async (): Promise<ApiClient> =>
      new ApiClient({
        baseUrl: `http://127.0.0.1:${platform.port}/api`,
        apiKey: 'sk_test',
        isStopped: () => true,
      });
    await expect(film(stopped, folder, { ...options, out }, interrupts)).rejects.toMatchObject({
      code: 'gateway_unreachable',
      message: 'The platform is not running.',
    });
  });
});
