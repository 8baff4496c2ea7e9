import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConformanceHarness } from '@showrunner/sandbox/conformance';
import { openHostSandboxes } from '@showrunner/sandbox-testing';
import { DaytonaSandboxProvider } from '../daytona.provider';
import { DAYTONA_LIMITS, TEST_KEY } from './daytona-fixture';
import { DaytonaLoopback } from './loopback-server';
import { WireChecker } from './wire-checker';

/**
 * The provider through the real SDK against the loopback server, everything on the wire held against the specifications: a violation fails the
 * suite. With SHOWRUNNER_LIVE=daytona and SANDBOX_API_KEY set: against the Daytona that the key belongs to.
 */
export function daytonaHarness(): ConformanceHarness {
  if (process.env['SHOWRUNNER_LIVE'] !== 'daytona') return loopbackHarness();
  const apiKey = process.env['SANDBOX_API_KEY'] ?? '';
  if (apiKey === '')
    return unfit('SHOWRUNNER_LIVE=daytona asks for the cloud, and SANDBOX_API_KEY is not set');
  return liveHarness(apiKey);
}

function loopbackHarness(): ConformanceHarness {
  console.log(
    'daytona: on loopback; SHOWRUNNER_LIVE=daytona with SANDBOX_API_KEY runs the suite in the cloud',
  );
  if (process.getuid?.() !== 0) return unfit('not root, so no local sandboxes to run the commands in');
  const checker = WireChecker.open();
  if ('missing' in checker) return unfit(checker.missing);
  let running: Promise<{ server: DaytonaLoopback; end: () => Promise<void> }> | undefined;
  const start = async () => {
    const home = mkdtempSync(join(tmpdir(), 'daytona-conformance-'));
    const local = openHostSandboxes(home);
    const server = await new DaytonaLoopback({ local, apiKey: TEST_KEY, checker }).start();
    const end = async () => {
      await server.stop();
      for (const { id } of await local.list()) await local.destroy(id);
      await local.close();
      rmSync(home, { recursive: true, force: true });
    };
    return { server, end };
  };
  return {
    limits: DAYTONA_LIMITS,
    manyBoxes: 0,
    async open() {
      running ??= start();
      const { server } = await running;
      return new DaytonaSandboxProvider({
        apiKey: TEST_KEY,
        serverUrl: server.url,
        installation: 'conformance',
        runLimits: { silenceMs: 6000 },
      });
    },
    async murder(id) {
      await (await running)?.server.boxOf(id).die();
    },
    async close() {
      await (await running)?.end();
      if (running !== undefined && checker.checked === 0) throw new Error('nothing on the wire was checked');
      if (checker.violations.length > 0)
        throw new Error(`against the specification:\n${[...new Set(checker.violations)].join('\n')}`);
    },
  };
}

function liveHarness(apiKey: string): ConformanceHarness {
  const installation = `conformance-${Date.now()}`;
  const open = async () =>
    new DaytonaSandboxProvider({
      apiKey,
      installation,
      serverUrl: process.env['SANDBOX_SERVER_URL'],
      target: process.env['SANDBOX_TARGET'],
    });
  return {
    limits: DAYTONA_LIMITS,
    open,
    async close() {
      const provider = await open();
      for (const { id } of await provider.list()) await provider.destroy(id);
      await provider.close();
    },
  };
}

function unfit(why: string): ConformanceHarness {
  const never = async (): Promise<never> => {
    throw new Error('This suite is skipped.');
  };
  return { unfit: why, open: never, close: never };
}
