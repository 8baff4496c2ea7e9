import { spawn } from 'node:child_process';
import { afterEach, describe, expect, test } from '@jest/globals';
import { itUnlessMissing } from '@showrunner/contracts/testing';
import { allPids, processFacts, processesWithEnvironment, residentBytesOfTree } from './process-table';
import { waitUntil } from './wait-until';

const asRoot = itUnlessMissing(process.getuid?.() === 0 ? undefined : 'it needs root');

describe('the table of processes', () => {
  let started: ReturnType<typeof spawn> | undefined;
  afterEach(() => void started?.kill('SIGKILL'));

  test('finds what carries a mark, and counts its memory', async () => {
    started = spawn('sleep', ['60'], { env: { PATH: process.env.PATH, MARK: 'a-mark' } });
    expect(await waitUntil(() => residentBytesOfTree(started?.pid ?? 0) > 0, { timeoutMs: 5000 })).toBe(true);
    expect(
      await waitUntil(() => processesWithEnvironment('MARK', 'a-mark').length === 1, { timeoutMs: 5000 }),
    ).toBe(true);
    expect(processesWithEnvironment('MARK', 'another-mark')).toEqual([]);
  });

  asRoot('does not look into the processes of a sandbox', async () => {
    const inside = ['--pid', '--fork', '--kill-child', 'sleep', '60'];
    started = spawn('unshare', inside, { env: { PATH: process.env.PATH, MARK: 'of-a-sandbox' } });
    const child = () => allPids().find((pid) => processFacts(pid)?.parentPid === started?.pid);
    expect(await waitUntil(() => child() !== undefined, { timeoutMs: 5000 })).toBe(true);
    expect(processesWithEnvironment('MARK', 'of-a-sandbox')).toEqual([started.pid]);
    expect(residentBytesOfTree(started.pid ?? 0)).toBeGreaterThan(0);
  });
});
