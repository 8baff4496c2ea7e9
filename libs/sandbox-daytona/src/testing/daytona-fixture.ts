import { afterAll, afterEach, beforeAll, describe, expect, jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SandboxLimits } from '@showrunner/contracts';
import { describeWhereMissing } from '@showrunner/contracts/testing';
import { openHostSandboxes } from '@showrunner/sandbox-testing';
import type { CreateSandboxOptions, Sandbox } from '@showrunner/sandbox';
import { DaytonaSandboxProvider, type DaytonaSandboxProviderOptions } from '../daytona.provider';
import { DaytonaLoopback } from './loopback-server';
import { WireChecker } from './wire-checker';

export const TEST_KEY = 'dtn_test';
const MIB = 1024 ** 2;
export const DAYTONA_LIMITS: SandboxLimits = {
  cpus: 1,
  memoryBytes: 1024 * MIB,
  diskBytes: 1024 * MIB,
  maxProcesses: 100,
};

export interface DaytonaBench {
  server: DaytonaLoopback;
  provider: DaytonaSandboxProvider;
  another(options?: Partial<DaytonaSandboxProviderOptions>): DaytonaSandboxProvider;
  create(id: string, options?: Partial<CreateSandboxOptions>): Promise<Sandbox>;
}

/** Deadlines short enough for tests of what is stuck. */
export const SHORT = {
  deadlines: { startMs: 3000, stopMs: 3000, archiveMs: 3000, destroyMs: 3000 },
  runLimits: { silenceMs: 1500, reconnects: 2 },
};

/** A suite with a loopback server, its every message held against the specifications; says why when this host cannot run it. */
export function describeDaytona(title: string, body: (bench: DaytonaBench) => void): void {
  const checker = WireChecker.open();
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || 'missing' in checker) {
    const why =
      'missing' in checker ? checker.missing : 'not root, so no local sandboxes to run the commands in';
    describeWhereMissing(title, why, () => body({} as DaytonaBench));
    return;
  }
  describe(title, () => {
    jest.setTimeout(60_000);
    const bench = {} as DaytonaBench;
    const opened: DaytonaSandboxProvider[] = [];
    const home = mkdtempSync(join(tmpdir(), 'daytona-loopback-'));
    const local = openHostSandboxes(home);
    beforeAll(async () => {
      const server = await new DaytonaLoopback({ local, apiKey: TEST_KEY, checker }).start();
      bench.server = server;
      bench.another = (options = {}) => {
        const provider = new DaytonaSandboxProvider({
          apiKey: TEST_KEY,
          serverUrl: server.url,
          installation: 'test',
          requestTimeoutMs: 10_000,
          ...options,
        });
        opened.push(provider);
        return provider;
      };
      bench.provider = bench.another();
      bench.create = (id, options = {}) =>
        bench.provider.create({ id, limits: DAYTONA_LIMITS, labels: {}, ...options });
    });
    afterEach(() => {
      bench.server.faults.clear();
      bench.server.timing.stuckIn.clear();
      Object.assign(bench.server.timing, { startMs: 0, stopMs: 0, failToStart: false, hollow: false });
      bench.server.tier.choosesNetwork = true;
      expect([...new Set(checker.violations)]).toEqual([]);
    });
    afterAll(async () => {
      for (const provider of opened) await provider.close();
      await bench.server.stop();
      for (const { id } of await local.list()) await local.destroy(id);
      await local.close();
      rmSync(home, { recursive: true, force: true });
    });
    body(bench);
  });
}
