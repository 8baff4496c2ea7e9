import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BuildSpec } from '@showrunner/contracts';
import { TestPlatform } from './testing/platform';

const example = (name: string): string => path.resolve(import.meta.dirname, '../examples', name);

describe('showrunner detect', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await TestPlatform.start();
  }, 120_000);
  afterAll(() => platform?.stop(), 60_000);

  it('prints the build spec of a folder with its reasons, runs nothing of it and leaves nothing', async () => {
    const { code, stdout } = await platform.showrunner(['detect', example('kanban'), '--json']);
    expect(code).toBe(0);
    const buildSpec = JSON.parse(stdout) as BuildSpec;
    expect(buildSpec).toMatchObject({
      framework: 'vite',
      install: 'npm ci',
      start: 'npm run dev',
      port: 5173,
    });
    expect(buildSpec.reasons.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['framework', 'manager', 'start', 'port']),
    );
    await platform.nothingLeft();
    expect((await platform.get<{ data: unknown[] }>('/projects')).data).toEqual([]);

    const text = await platform.showrunner(['detect', example('guestbook'), '--port', '5001']);
    expect(text.stdout).toMatch(/^app +flask/m);
    expect(text.stdout).toMatch(/^set up +flask --app app init-db$/m);
    expect(text.stdout).toMatch(/^port +The port was given by you\.$/m);
  }, 120_000);

  it('says why there is no build spec, and what to do', async () => {
    const { code, stdout, stderr } = await platform.showrunner(['detect', example('broken/nothing-to-run')]);
    expect(code).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/nothing to run/);
    expect(stderr).toMatch(/Try: .*--start/);
    await platform.nothingLeft();
  }, 120_000);
});
