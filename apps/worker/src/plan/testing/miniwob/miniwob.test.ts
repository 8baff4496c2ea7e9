import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { episodeOf, isFalse, isHit, resultsByType } from './episode';
import type { Episode } from './episode';
import { replaceTable } from './replace-table';
import { isMastered, tableOfTypes } from './report';
import { servePages, withEpisode } from './serve-page';

const shown = { status: 'shown' };
const missing = { status: 'notShown', reason: 'No field called “text” was found.' };
const one = (seed: number, reward: number, parts: { status: string; reason?: string }[]): Episode =>
  episodeOf({ type: 'enter-text', seed, intent: 'Enter "a" | <b>', reward }, parts, undefined);

describe('episodes of MiniWoB', () => {
  it('are hits only when they are done rightly and each part is claimed', () => {
    expect(isHit(one(0, 1, [shown, shown]))).toBe(true);
    expect(isHit(one(0, 1, [shown, missing]))).toBe(false);
    expect(isHit(one(0, 0, [shown]))).toBe(false);
  });

  it('are false successes when everything is claimed and the page gives nothing or takes', () => {
    expect([-1, 0].map((reward) => isFalse(one(0, reward, [shown])))).toEqual([true, true]);
    expect(isFalse(one(0, -1, [shown, missing]))).toBe(false);
    expect(isFalse(one(0, -1, []))).toBe(false);
  });

  it('without a plan claim nothing and say why', () => {
    const failure = { code: 'intent_not_shown', message: 'Nothing of it.' };
    expect(episodeOf({ type: 'a', seed: 0, intent: '', reward: 0 }, [], failure)).toMatchObject({
      claim: 'none',
      reason: 'Nothing of it.',
    });
  });

  it('are counted by type, with the most frequent reason', () => {
    const [result] = resultsByType([one(0, 1, [shown]), one(1, -1, [missing]), one(2, 1, [missing])]);
    expect(result).toMatchObject({ episodes: 3, hits: 1, false: 0, unclaimed: 1, reason: missing.reason });
    expect(result !== undefined && isMastered(result)).toBe(false);
  });
});

describe('the table of MiniWoB', () => {
  it('has the mastered types first and nothing that Markdown would read', () => {
    const eight = Array.from({ length: 10 }, (_, seed) => ({
      ...one(seed, seed < 8 ? 1 : 0, [seed < 8 ? shown : missing]),
      type: 'click-link',
    }));
    const table = tableOfTypes(resultsByType([...eight, one(0, 0, [missing])]));
    expect(table).toContain(
      '2 types, 11 episodes, 8 hits; 1 types with 8 of 10 or better; 0 false successes.',
    );
    expect(table).toContain('| click-link | 8/10 | 0 |');
    expect(table).toContain('Enter "a" \\| \\<b\\>');
  });

  it('takes the place of the one before and of nothing else', () => {
    const document = 'Before.\n\n<!-- table -->\n\nold\n\n<!-- end of table -->\n\nAfter.\n';
    expect(replaceTable(document, 'new $& one')).toBe(
      'Before.\n\n<!-- table -->\n\nnew $& one\n<!-- end of table -->\n\nAfter.\n',
    );
    expect(() => replaceTable('no marks', 'new')).toThrow('has no lines');
  });
});

describe('pages of MiniWoB', () => {
  it('begin their episode with the seed, without a time limit, their sentence and their reward', () => {
    const html = withEpisode('<body><script>"</body>"</script></body></html>', 7);
    expect(html.indexOf('Math.seedrandom(7)')).toBeGreaterThan(html.indexOf('"</body>"'));
    expect(html).toContain('core.EPISODE_MAX_TIME');
    expect(html).toContain('#query { display: none');
    expect(html).toContain('core.hideDisplay()');
  });

  it('are served from the folder of the package and nothing above it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'miniwob-'));
    await mkdir(join(folder, 'html/miniwob'), { recursive: true });
    await writeFile(join(folder, 'secret.txt'), 'secret');
    await writeFile(join(folder, 'html/miniwob/a.html'), '<body>a</body>');
    const pages = await servePages(join(folder, 'html'));
    try {
      pages.show({ type: 'a', seed: 3 });
      const ask = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${pages.port}${path}`);
      expect(await (await ask('/')).text()).toContain('seedrandom(3)');
      expect((await ask('/%2e%2e/secret.txt')).status).toBe(404);
      expect((await ask('/nothing.js')).status).toBe(404);
    } finally {
      pages.close();
      await rm(folder, { recursive: true });
    }
  });
});
