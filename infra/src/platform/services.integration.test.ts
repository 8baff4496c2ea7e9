import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createTestPlatform } from '../testing/test-platform';
import type { TestPlatform } from '../testing/test-platform';
import { SERVICES } from './services';
import { waitUntil } from './wait-until';

const SLOW_MS = 180_000;
let platform: TestPlatform | undefined;

afterEach(async () => {
  await platform?.dispose();
  platform = undefined;
}, SLOW_MS);

function statusOf(of: TestPlatform, path: string): Promise<number> {
  const { apiKey } = JSON.parse(readFileSync(join(of.home, 'secrets.json'), 'utf8')) as { apiKey: string };
  const url = `http://127.0.0.1:${of.settings.ports.gateway}/api${path}`;
  return fetch(url, { headers: { authorization: `Bearer ${apiKey}` } }).then(
    ({ status }) => status,
    // Nobody listens.
    () => 0,
  );
}

/** Kills a component and waits until another process serves in its place. */
async function replaced(of: TestPlatform, name: string): Promise<boolean> {
  const killed = of.pidOf(name);
  process.kill(killed, 'SIGKILL');
  return waitUntil(
    () => {
      const component = of.state().components.find((candidate) => candidate.name === name);
      return component?.state === 'ready' && component.pid !== killed;
    },
    { timeoutMs: 45_000 },
  );
}

describe('the services', () => {
  test(
    'answer as one process, and again after it was killed',
    async () => {
      platform = await createTestPlatform(['postgres', 'redis', 'temporal', 'server']);
      expect(await platform.run(['up'])).toMatchObject({ code: 0, stderr: '' });
      expect(await statusOf(platform, '/runs')).toBe(200);
      expect(await replaced(platform, 'server')).toBe(true);
      expect(await statusOf(platform, '/runs')).toBe(200);
      expect(await statusOf(platform, '/projects')).toBe(200);
    },
    SLOW_MS,
  );

  test(
    'answer each as a process of its own; the gateway waits for one that was killed',
    async () => {
      platform = await createTestPlatform(['postgres', 'redis', 'temporal', ...SERVICES]);
      expect(await platform.run(['up'])).toMatchObject({ code: 0, stderr: '' });
      for (const path of ['/runs', '/projects', '/exports/none'])
        expect(await statusOf(platform, path)).toBe(path === '/exports/none' ? 404 : 200);
      process.kill(platform.pidOf('intent'), 'SIGKILL');
      // Where a start takes longer than the gateway waits, it says that the service is being started.
      const answers = [await statusOf(platform, '/runs')];
      while (answers.at(-1) === 503) answers.push(await statusOf(platform, '/runs'));
      expect(answers.at(-1)).toBe(200);
      expect(await replaced(platform, 'gateway')).toBe(true);
      expect(await statusOf(platform, '/runs')).toBe(200);
    },
    SLOW_MS,
  );
});
