import { spawnSync } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestPlatform } from './testing/platform';
import { until } from './testing/until';

const broken = (name: string): string => path.resolve(import.meta.dirname, '../examples/broken', name);

/** What is wrong, the code of the failure, and words that the user must read. */
const FAILURES: [string, string, RegExp][] = [
  ['nothing-to-run', 'nothing_to_run', /nothing|no app/i],
  ['install-fails', 'install_failed', /npm/i],
  ['app-exits', 'app_exited', /exit/i],
  ['blank-page', 'blank_page', /blank|render/i],
  ['dead-button', 'no_feature_proven', /none of the planned features|could not be proven/i],
  ['http-500', 'app_error_status', /500/],
  ['redirect-loop', 'redirect_loop', /redirect/i],
  ['memory-hog', 'out_of_memory', /memory/i],
  ['disk-filler', 'disk_full', /disk|space/i],
];

describe('honest failure', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await TestPlatform.start({
      SOURCE_ALLOWED_HOSTS: '127.0.0.1:9',
      EXPLORE_FIRST_RENDER_MS: '15000',
    });
  }, 120_000);
  afterAll(() => platform?.stop(), 60_000);

  it.each(FAILURES)(
    '%s fails with %s, one clear sentence and the next thing to try',
    async (name, code, words) => {
      const film = await platform.film(broken(name));
      expect(film.report?.failure?.code).toBe(code);
      expect(film.code).not.toBe(0);
      expect(film.said).toMatch(/Failed: /);
      expect(film.said).toMatch(words);
      expect(film.said).toMatch(/Try: /);
      await platform.nothingLeft();
    },
    180_000,
  );

  it('an unreachable repository is named as such', async () => {
    const film = await platform.film('http://127.0.0.1:9/nowhere.git');
    expect(film.report?.failure?.code).toBe('source_unreachable');
    expect(film.code).not.toBe(0);
  }, 60_000);

  it('a repository at a private address is not fetched', async () => {
    const film = await platform.film(`http://127.0.0.1:${platform.port('REDIS_PORT')}/x.git`);
    expect(film.code).not.toBe(0);
    expect(film.said).toMatch(/SOURCE_ALLOWED_HOSTS/);
  }, 60_000);

  it.each([['--upload-pack=id'], ['ext::sh -c id'], ['file:///etc']])(
    'refuses the source %s before anything starts',
    async (source) => {
      const { code, stderr } = await platform.showrunner(['film', '--', source]);
      expect(code).not.toBe(0);
      expect(stderr).toMatch(/Try: /);
      expect(stderr).not.toMatch(/^Run /m);
    },
  );

  it('an app that prints 2 GB comes up: its film fails because it has nothing to show, and no log grows', async () => {
    const film = await platform.film(broken('noisy'));
    expect(film.report).toMatchObject({ state: 'failed', failure: { code: 'nothing_to_show' } });
    expect(film.said).toMatch(/Try: /);
    // Folders that end while it looks are of no interest.
    const large = spawnSync('find', [platform.home, '-name', '*.log', '-size', '+16M'], { encoding: 'utf8' });
    expect(large.stdout).toBe('');
    await platform.nothingLeft();
  }, 180_000);

  it('a fork bomb harms neither the platform nor another film', async () => {
    const [bomb, neighbour] = await Promise.all([
      platform.film(broken('fork-bomb')),
      platform.film(path.resolve(import.meta.dirname, '../examples/catalogue'), [
        ...['--intent', 'Show the dark mode'],
        ...['--pace', 'none'],
      ]),
    ]);
    expect(neighbour.report?.state).toBe('done');
    expect(bomb.report).toMatchObject({ state: 'failed', failure: { code: 'process_limit' } });
    expect(bomb.said).toMatch(/Try: /);
    await platform.nothingLeft();
  }, 240_000);

  it('an archive that is none is refused with the kinds that are taken', async () => {
    const folder = await mkdtemp(path.join(platform.home, 'archive-'));
    const file = path.join(folder, 'app.zip');
    await writeFile(file, 'this is no archive');
    const { code, said } = await platform.film(file);
    expect(code).not.toBe(0);
    expect(said).toMatch(/zip|tar/);
  }, 60_000);

  it('a second "up" says that the platform runs already', async () => {
    const { code, stdout } = await platform.showrunner(['up']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/already/i);
  }, 30_000);

  it('Ctrl-C while filming cancels the run, leaves nothing running and the platform up', async () => {
    const out = await mkdtemp(path.join(platform.home, 'film-'));
    const child = platform.spawn([
      'film',
      path.resolve(import.meta.dirname, '../examples/catalogue'),
      '--out',
      out,
    ]);
    let said = '';
    child.stderr?.on('data', (chunk) => (said += String(chunk)));
    await until('filming to begin', () => /filming/.test(said), 60_000);
    child.kill('SIGINT');
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code).toBe(130);
    const { data } = await platform.get<{ data: { state: string }[] }>('/runs?limit=1');
    expect(data[0]?.state).toBe('cancelled');
    await platform.nothingLeft();
    expect((await platform.showrunner(['status'])).code).toBe(0);
  }, 120_000);
});
