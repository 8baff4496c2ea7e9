import { afterAll, beforeAll, describe, jest } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SandboxLimits } from '@showrunner/contracts';
import { describeWhereMissing } from '@showrunner/contracts/testing';
import type { CreateSandboxOptions, Sandbox } from '@showrunner/sandbox';
import { DockerSandboxProvider, type DockerSandboxProviderOptions } from '../docker.provider';
import { chooseEngine, type TestEngine } from './test-engine';

const MIB = 1024 ** 2;
export const SMALL: SandboxLimits = {
  cpus: 1,
  memoryBytes: 256 * MIB,
  diskBytes: 64 * MIB,
  maxProcesses: 128,
};

export interface DockerBench {
  engine: TestEngine;
  provider: DockerSandboxProvider;
  home: string;
  open(options?: Partial<DockerSandboxProviderOptions>): Promise<DockerSandboxProvider>;
  create(options?: Partial<CreateSandboxOptions>): Promise<Sandbox>;
}

/** A suite with an engine and a provider of its own; everything is destroyed at its end. Says why when it cannot run here. */
export function describeDocker(title: string, body: (bench: DockerBench) => void, only?: 'loopback'): void {
  const choice = chooseEngine(only);
  if ('unfit' in choice) {
    describeWhereMissing(title, choice.unfit, () => body({} as DockerBench));
    return;
  }
  describe(`${title}, on ${choice.name}`, () => {
    jest.setTimeout(60_000);
    const home = mkdtempSync(join(tmpdir(), 'docker-home-'));
    const installation = `t-${randomBytes(4).toString('hex')}`;
    const opened: DockerSandboxProvider[] = [];
    const bench = {
      home,
      open: async (options = {}) => {
        const { host, image } = bench.engine;
        const provider = await DockerSandboxProvider.open({ home, installation, host, image, ...options });
        opened.push(provider);
        return provider;
      },
      create: (options = {}) =>
        bench.provider.create({
          id: `t-${randomBytes(4).toString('hex')}`,
          limits: SMALL,
          labels: {},
          ...options,
        }),
    } as DockerBench;
    beforeAll(async () => {
      bench.engine = await choice.start();
      bench.provider = await bench.open();
    });
    afterAll(async () => {
      for (const { id } of await bench.provider.list()) await bench.provider.destroy(id);
      for (const provider of opened) await provider.close();
      await bench.engine.stop();
      rmSync(home, { recursive: true, force: true });
    }, 120_000);
    body(bench);
  });
}
