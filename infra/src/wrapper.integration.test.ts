import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { repositoryRoot } from '../tooling/paths.mjs';
import { startFakeRun } from './testing/fake-run';
import type { FakeRun } from './testing/fake-run';
import { createTestPlatform } from './testing/test-platform';
import type { TestPlatform } from './testing/test-platform';

const SLOW_MS = 120_000;
const showrunner = join(repositoryRoot, 'infra', 'bin', 'showrunner.mjs');
let folder: string;
let run: FakeRun;
let platform: TestPlatform | undefined;
let wrapper: ChildProcessByStdio<null, null, Readable> | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'showrunner-wrapper-'));
  run = await startFakeRun();
});
afterEach(async () => {
  // One that ignored its signal ends with its test, and its client too.
  if (wrapper?.pid && wrapper.exitCode === null) process.kill(-wrapper.pid, 'SIGKILL');
  wrapper = undefined;
  await platform?.dispose();
  platform = undefined;
  await run.close();
  rmSync(folder, { recursive: true, force: true });
}, SLOW_MS);

describe('the command `showrunner`', () => {
  // A script may interrupt only the process it started, a service manager end only its main process.
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'hands %s on to the client, which cancels its run, once',
    async (signal) => {
      wrapper = spawn(process.execPath, [showrunner, 'replay', 'run001', '--out', join(folder, 'out')], {
        env: {
          PATH: process.env.PATH,
          HOME: process.env.HOME,
          SHOWRUNNER_HOME: folder,
          SHOWRUNNER_API_URL: run.apiUrl,
          SHOWRUNNER_API_KEY: 'sk_a-key-for-a-fake-run',
        },
        stdio: ['ignore', 'ignore', 'pipe'],
        // Its own process group: nothing but the wrapper gets the signal.
        detached: true,
      });
      const { stderr } = wrapper;
      let said = '';
      const watching = new Promise<void>((resolve) => {
        stderr.setEncoding('utf8').on('data', (text: string) => {
          said += text;
          if (said.includes('Run run001')) resolve();
        });
      });
      const ended = new Promise<number | null>((resolve) => wrapper?.once('close', resolve));
      await Promise.race([watching, ended]);
      wrapper.kill(signal);
      expect({ code: await ended, said }).toEqual({ code: 130, said: expect.stringContaining('Cancelling') });
      expect(run.requests.filter((request) => /\/(cancel|kill)$/.test(request))).toEqual([
        'POST /runs/run001/cancel',
      ]);
    },
    SLOW_MS,
  );

  test(
    '`up` keeps no pipe of its caller open: whoever reads to the end has the end with the command',
    async () => {
      platform = await createTestPlatform(['redis']);
      const up = spawn(process.execPath, [showrunner, 'up'], {
        env: platform.env,
        stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      });
      const ends = up.stdio.slice(1).map((stream) => {
        stream?.on('data', () => undefined);
        return new Promise((resolve) => stream?.once('close', resolve));
      });
      const code = await new Promise<number | null>((resolve) => up.once('exit', resolve));
      expect(code).toBe(0);
      await Promise.all(ends);
      expect(platform.state()).toMatchObject({ state: 'ready' });
    },
    SLOW_MS,
  );
});
