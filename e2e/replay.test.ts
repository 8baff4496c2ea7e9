import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestPlatform } from './testing/platform';
import type { Film } from './testing/platform';

const KANBAN = path.resolve(import.meta.dirname, '../examples/kanban');

describe('replay of a run', () => {
  let platform: TestPlatform;
  let original: Film;
  beforeAll(async () => {
    platform = await TestPlatform.start();
    // Its replays have its pace.
    original = await platform.film(KANBAN, ['--pace', 'fast']);
  }, 240_000);
  afterAll(() => platform?.stop(), 60_000);

  it.each([1, 2, 3])(
    'does the same actions again, on a fresh sandbox, without planning (%d)',
    async () => {
      const { code, stdout, stderr } = await platform.showrunner([
        'replay',
        original.report?.id ?? '',
        '--out',
        path.join(original.out, 'again'),
      ]);
      expect(`${stderr}${stdout}`).toContain(`Same actions as run ${original.report?.id ?? ''}.`);
      expect(stderr).not.toMatch(/explore/);
      expect(code).toBe(0);
    },
    180_000,
  );

  it('does the same actions again from the exported history', async () => {
    const { code, stdout } = await platform.showrunner([
      'replay',
      path.join(original.out, 'history.json'),
      '--out',
      path.join(original.out, 'from-history'),
    ]);
    expect(stdout).toContain('Same actions');
    expect(code).toBe(0);
  }, 180_000);

  it('refuses a run that does not exist, and a file that is no history', async () => {
    const unknown = await platform.showrunner(['replay', 'norunatall00']);
    expect(unknown.code).not.toBe(0);
    expect(unknown.stderr).toMatch(/Try: /);
    const noHistory = await platform.showrunner(['replay', path.join(original.out, 'video.mp4')]);
    expect(noHistory.code).not.toBe(0);
    expect(noHistory.stderr).toMatch(/history\.json/);
  }, 30_000);
});
