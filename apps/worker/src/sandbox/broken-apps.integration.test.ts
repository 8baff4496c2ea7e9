import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AppError, type SandboxLimits } from '@showrunner/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { SandboxTestBench } from './sandbox-test-bench';

const MIB = 1024 ** 2;
let bench: SandboxTestBench;
beforeAll(async () => {
  bench = await SandboxTestBench.start();
}, 90_000);
afterAll(() => bench.stop());

/** The error that building and starting a broken example ends with. */
async function failureOf(
  example: string,
  limits: Partial<SandboxLimits> = {},
  startMs = 30_000,
): Promise<AppError> {
  const build = await bench.prepare(`broken/${example}`, { limits });
  const failure: unknown = await bench.startApp(build, { startMs }).catch((error: unknown) => error);
  if (!(failure instanceof AppError)) throw failure;
  expect(failure.retryable).toBe(false);
  expect(failure.remedy).toBeTruthy();
  // Nothing of the app goes on.
  expect((await build.sandbox.processStatus('app'))?.running ?? false).toBe(false);
  await bench.provider.destroy(build.ref.sandboxId);
  return failure;
}

describe('broken apps are named for what they are', () => {
  test('nothing to run', async () => {
    await expect(bench.prepare('broken/nothing-to-run')).rejects.toMatchObject({ code: 'nothing_to_run' });
  });

  test('install fails: the last lines of its log are in the message', async () => {
    const failure = await failureOf('install-fails');
    expect(failure.code).toBe('install_failed');
    expect(failure.message).toContain('libmissing.h: No such file or directory');
  });

  test('app exits: exit code and log', async () => {
    const failure = await failureOf('app-exits');
    expect(failure.code).toBe('app_exited');
    expect(failure.message).toContain('exit code 7');
    expect(failure.message).toContain('DATABASE_URL is not set');
  });

  test('app never listens', async () => {
    expect((await failureOf('never-listens', {}, 3000)).code).toBe('app_not_listening');
  });

  test('app answers 500', async () => {
    const failure = await failureOf('http-500');
    expect(failure.code).toBe('app_error_status');
    expect(failure.message).toContain("reading 'rows'");
  });

  test('endless redirect', async () => {
    expect((await failureOf('redirect-loop')).code).toBe('redirect_loop');
  });

  test('memory hog', async () => {
    expect((await failureOf('memory-hog', { memoryBytes: 512 * MIB })).code).toBe('out_of_memory');
  });

  test('fork bomb', async () => {
    expect((await failureOf('fork-bomb', { maxProcesses: 128 }, 60_000)).code).toBe('process_limit');
  }, 90_000);

  test('disk filler', async () => {
    expect((await failureOf('disk-filler', { diskBytes: 256 * MIB })).code).toBe('disk_full');
  });

  test('2 GB of log: bounded, and the app is shown', async () => {
    const build = await bench.prepare('broken/noisy');
    const app = await bench.startApp(build);
    expect((await bench.get(build, app, '/')).body).toContain('Quiet at last');
    const log = await build.sandbox.processLog('app', 64 * 1024);
    expect(log.length).toBeLessThan(70_000);
    expect(log).toContain('The last line of the log');
  }, 120_000);

  test('a blank page and a dead button answer well: only looking at the page tells', async () => {
    for (const example of ['broken/blank-page', 'broken/dead-button']) {
      const build = await bench.prepare(example);
      expect((await bench.startApp(build)).path).toBe('/');
    }
  });

  test('a cancelled start ends at once and leaves no app', async () => {
    const build = await bench.prepare('broken/never-listens');
    const starting = bench.startApp(build).catch((error: unknown) => error);
    while ((await build.sandbox.processStatus('app'))?.running !== true) await delay(20);
    bench.abort.abort();
    expect(await starting).toMatchObject({ name: 'AbortError' });
    expect((await build.sandbox.processStatus('app'))?.running ?? false).toBe(false);
  });
});
