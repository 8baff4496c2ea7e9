import { randomBytes } from 'node:crypto';
import { afterAll, describe, jest } from '@jest/globals';
import { describeWhereMissing } from '@showrunner/contracts/testing';
import type { Sandbox, SandboxProvider } from '../src/sandbox.types';
import type { ConformanceBench, ConformanceHarness } from './harness.types';
import { SMALL } from './small-limits';
import { execSuite } from './suites/exec';
import { filesSuite } from './suites/files';
import { gitSuite } from './suites/git';
import { interpreterSuite } from './suites/interpreter';
import { nodeInterpreterSuite } from './suites/interpreter-node';
import { lifecycleSuite } from './suites/lifecycle';
import { networkSuite } from './suites/network';
import { portsSuite } from './suites/ports';
import { processesSuite } from './suites/processes';

const TEST_MS = 120_000;

const SUITES: readonly [string, (bench: ConformanceBench) => void][] = [
  ['exec', execSuite],
  ['processes', processesSuite],
  ['files', filesSuite],
  ['git', gitSuite],
  ['interpreter', interpreterSuite],
  ['interpreter of Node.js', nodeInterpreterSuite],
  ['ports', portsSuite],
  ['network', networkSuite],
  ['lifecycle', lifecycleSuite],
];

/**
 * The meaning of the sandbox interface as tests. Each sentence of its docstrings is proven against a provider; the tests adapt to what the
 * provider's capabilities declare, and to nothing else.
 * @param only names of suites, for work on one of them
 */
export function describeConformance(name: string, harness: ConformanceHarness, only?: string[]): void {
  const suites = SUITES.filter(([suite]) => only === undefined || only.includes(suite));
  if (harness.unfit !== undefined) {
    describeWhereMissing(`the provider ${name}`, harness.unfit, () => {
      for (const [suite, define] of suites) describe(suite, () => define({ harness } as ConformanceBench));
    });
    return;
  }
  describe(`the provider ${name}`, () => {
    jest.setTimeout(TEST_MS);
    const bench = new Bench(harness);
    for (const [suite, define] of suites) describe(suite, () => define(bench));
    afterAll(() => bench.close(), TEST_MS);
  });
}

class Bench implements ConformanceBench {
  private readonly opened: SandboxProvider[] = [];
  private readonly ids: string[] = [];
  private first?: Promise<SandboxProvider>;
  private sharedSandbox?: Promise<Sandbox>;
  private current?: SandboxProvider;

  constructor(readonly harness: ConformanceHarness) {}

  provider(): SandboxProvider {
    if (this.current === undefined) throw new TypeError('Make a sandbox first.');
    return this.current;
  }

  async openAnother(): Promise<SandboxProvider> {
    const provider = await this.harness.open();
    this.opened.push(provider);
    return provider;
  }

  newId(): string {
    const id = `c-${randomBytes(5).toString('hex')}`;
    this.ids.push(id);
    return id;
  }

  async create(options: Parameters<ConformanceBench['create']>[0] = {}): Promise<Sandbox> {
    this.first ??= this.openAnother();
    this.current = await this.first;
    const id = options.id ?? this.newId();
    const limits = this.harness.limits ?? SMALL;
    return this.current.create({ limits, labels: { suite: 'conformance' }, ...options, id });
  }

  shared(): Promise<Sandbox> {
    this.sharedSandbox ??= this.create();
    return this.sharedSandbox;
  }

  async close(): Promise<void> {
    for (const id of this.ids) await this.current?.destroy(id);
    for (const provider of this.opened) await provider.close();
    await this.harness.close();
  }
}
