import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { processFacts } from './process-table';
import { runInGroup } from './run-in-group';
import { waitUntil } from './wait-until';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'showrunner-group-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (script: string, signal = new AbortController().signal) =>
  runInGroup('/bin/sh', ['-c', script], { cwd: folder, uid: undefined, gid: undefined, signal });

test('waits for the end', async () => {
  await run('sleep 0.1; echo done > said');
  expect(readFileSync(join(folder, 'said'), 'utf8')).toBe('done\n');
});

test('tells what a program that fails said last, or how it ended', async () => {
  await expect(run('echo "no room" >&2; exit 3')).rejects.toThrow('no room');
  await expect(run('exit 3')).rejects.toThrow('It ended with code 3.');
});

test('says that a program cannot be started', async () => {
  const options = { cwd: folder, uid: undefined, gid: undefined, signal: new AbortController().signal };
  await expect(runInGroup(join(folder, 'missing'), [], options)).rejects.toThrow('ENOENT');
});

test('ends what the program started too', async () => {
  const stop = new AbortController();
  const running = run('sleep 300 & echo $! > child; wait', stop.signal);
  const child = () => {
    try {
      return Number(readFileSync(join(folder, 'child'), 'utf8').trim());
    } catch {
      // Not written yet.
      return 0;
    }
  };
  expect(await waitUntil(() => child() > 0, { timeoutMs: 10_000 })).toBe(true);
  stop.abort();
  await expect(running).rejects.toThrow('It ended with SIGKILL.');
  // Whoever adopted it may need a moment to see its end.
  expect(await waitUntil(() => processFacts(child()) === undefined, { timeoutMs: 10_000 })).toBe(true);
  await expect(run('true', stop.signal)).rejects.toThrow('stopped before it started');
});
