import { afterAll, afterEach, beforeAll, describe, expect, jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SandboxLimits } from '@showrunner/contracts';
import { describeWhereMissing } from '@showrunner/contracts/testing';
import { openHostSandboxes } from '@showrunner/sandbox-testing';
import type { Sandbox } from '@showrunner/sandbox';
import type { E2bProviderOptions } from '../e2b-connection';
import { E2bSandboxProvider } from '../e2b.provider';
import type { LoopbackBox } from './loopback-box';
import { E2bLoopback, type E2bLoopbackOptions } from './loopback-server';
import { WireChecker } from './wire-checker';

export const TEST_KEY = `e2b_${'0'.repeat(40)}`;
export const E2B_LIMITS: SandboxLimits = {
  cpus: 1,
  memoryBytes: 256 * 1024 ** 2,
  diskBytes: 64 * 1024 ** 2,
  maxProcesses: 64,
};

export interface E2bBench {
  server: E2bLoopback;
  /** A provider of the test's installation. */
  provider: E2bSandboxProvider;
  /** Another one, as another process would have it. */
  another(options?: Partial<E2bProviderOptions>): E2bSandboxProvider;
  create(id: string): Promise<Sandbox>;
  /** The box behind a sandbox of ours. */
  boxOf(id: string): LoopbackBox;
}

/** A suite with a loopback server, its every message held against the specifications; says why when this host cannot run it. */
export function describeE2b(
  title: string,
  body: (bench: E2bBench) => void,
  serverOptions: Partial<E2bLoopbackOptions> = {},
): void {
  const checker = WireChecker.open();
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || 'missing' in checker) {
    const why =
      'missing' in checker ? checker.missing : 'not root, so no local sandboxes to run the commands in';
    describeWhereMissing(title, why, () => body({} as E2bBench));
    return;
  }
  describe(title, () => {
    jest.setTimeout(60_000);
    const home = mkdtempSync(join(tmpdir(), 'e2b-loopback-'));
    const local = openHostSandboxes(home);
    const server = new E2bLoopback({
      provider: local,
      apiKey: TEST_KEY,
      checker,
      ...serverOptions,
    });
    const another = (options: Partial<E2bProviderOptions> = {}) =>
      new E2bSandboxProvider({
        apiKey: TEST_KEY,
        serverUrl: server.url,
        installation: 'test',
        heartbeatSeconds: 1,
        requestTimeoutMs: 10_000,
        ...options,
      });
    const bench = { server, another } as E2bBench;
    beforeAll(async () => {
      await server.start();
      bench.provider = another();
      bench.create = (id) => bench.provider.create({ id, limits: E2B_LIMITS, labels: { suite: 'e2b' } });
      bench.boxOf = (id) => {
        const box = [...server.boxes.values()].find(
          ({ options }) => options.metadata['showrunner.id'] === id,
        );
        if (box === undefined) throw new Error(`no box of ${id}`);
        return box;
      };
    });
    afterEach(() => {
      server.faults.clear();
      expect(checker.violations.splice(0)).toEqual([]);
    });
    afterAll(async () => {
      expect(checker.checked).toBeGreaterThan(0);
      await server.stop();
      for (const { id } of await local.list()) await local.destroy(id);
      rmSync(home, { recursive: true, force: true });
    });
    body(bench);
  });
}
