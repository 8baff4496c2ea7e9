import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConformanceHarness } from '@showrunner/sandbox/conformance';
import { openHostSandboxes } from '@showrunner/sandbox-testing';
import { E2bSandboxProvider } from '../e2b.provider';
import { E2bLoopback } from './loopback-server';
import { WireChecker } from './wire-checker';

const KEY = `e2b_${'1'.repeat(40)}`;

/**
 * The provider through the real SDK against the loopback server, everything on the wire held against the specifications: a violation fails the
 * suite. With SHOWRUNNER_LIVE=e2b and SANDBOX_API_KEY set: against the E2B that the key belongs to.
 */
export function e2bHarness(): ConformanceHarness {
  if (process.env['SHOWRUNNER_LIVE'] !== 'e2b') return loopbackHarness();
  const apiKey = process.env['SANDBOX_API_KEY'] ?? '';
  if (apiKey === '') return unfit('SHOWRUNNER_LIVE=e2b asks for the cloud, and SANDBOX_API_KEY is not set');
  return liveHarness(apiKey);
}

const unfit = (why: string): ConformanceHarness => ({ unfit: why, open: never, close: never });

function loopbackHarness(): ConformanceHarness {
  console.log('e2b: on loopback; SHOWRUNNER_LIVE=e2b with SANDBOX_API_KEY runs the suite in the cloud');
  if (process.getuid?.() !== 0) return unfit('not root, so no local sandboxes to run the commands in');
  const checker = WireChecker.open();
  if ('missing' in checker) return unfit(checker.missing);
  let running: Promise<{ server: E2bLoopback; end: () => Promise<void> }> | undefined;
  const start = async () => {
    const home = mkdtempSync(join(tmpdir(), 'e2b-conformance-'));
    const local = openHostSandboxes(home);
    const templates = { base: { cpuCount: 1, memoryMB: 256, diskSizeMB: 128 } };
    const server = await new E2bLoopback({
      provider: local,
      apiKey: KEY,
      checker,
      templates,
      pageSize: 5,
    }).start();
    const end = async () => {
      await server.stop();
      for (const { id } of await local.list()) await local.destroy(id);
      rmSync(home, { recursive: true, force: true });
    };
    return { server, end };
  };
  return {
    manyBoxes: 12,
    async open() {
      running ??= start();
      const { server } = await running;
      return new E2bSandboxProvider({
        apiKey: KEY,
        serverUrl: server.url,
        installation: 'conformance',
        heartbeatSeconds: 1,
      });
    },
    async murder(id) {
      const { server } = (await running)!;
      const box = [...server.boxes.values()].find(({ options }) => options.metadata['showrunner.id'] === id);
      if (box !== undefined) await server.killBox(box);
    },
    async close() {
      await (await running)?.end();
      if (checker.checked === 0 && running !== undefined) throw new Error('nothing on the wire was checked');
      if (checker.violations.length > 0)
        throw new Error(`against the specification:\n${[...new Set(checker.violations)].join('\n')}`);
    },
  };
}

function liveHarness(apiKey: string): ConformanceHarness {
  const installation = `conformance-${Date.now()}`;
  const open = async () =>
    new E2bSandboxProvider({
      apiKey,
      installation,
      serverUrl: process.env['SANDBOX_SERVER_URL'],
      template: process.env['SANDBOX_TARGET'],
    });
  return {
    open,
    async close() {
      const provider = await open();
      for (const { id } of await provider.list()) await provider.destroy(id);
    },
  };
}

async function never(): Promise<never> {
  throw new Error('This suite is skipped.');
}
