import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConformanceHarness } from '../../../conformance/harness.types';
import { LocalSandboxProvider } from '../../local/local.provider';
import { E2bSandboxProvider } from '../e2b.provider';
import { E2bLoopback } from './loopback-server';
import { WireChecker } from './wire-checker';

const KEY = `e2b_${'1'.repeat(40)}`;

/**
 * The provider through the real SDK against the loopback server, everything on the wire held against the specifications: a violation fails the
 * suite. With SHOWRUNNER_LIVE_E2B_API_KEY set: against the cloud that the key belongs to.
 */
export function e2bHarness(): ConformanceHarness {
  const liveKey = process.env['SHOWRUNNER_LIVE_E2B_API_KEY'] ?? '';
  return liveKey === '' ? loopbackHarness() : liveHarness(liveKey);
}

function loopbackHarness(): ConformanceHarness {
  if (process.getuid?.() !== 0)
    return { unfit: 'not root, so no local sandboxes to run the commands in', open: never, close: never };
  const checker = WireChecker.open();
  if ('missing' in checker) return { unfit: checker.missing, open: never, close: never };
  let running: Promise<{ server: E2bLoopback; end: () => Promise<void> }> | undefined;
  const start = async () => {
    const home = mkdtempSync(join(tmpdir(), 'e2b-conformance-'));
    const local = new LocalSandboxProvider({ home });
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
      serverUrl: process.env['SHOWRUNNER_LIVE_E2B_SERVER_URL'],
      template: process.env['SHOWRUNNER_LIVE_E2B_TEMPLATE'],
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
