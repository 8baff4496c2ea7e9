import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeConformance } from '../../conformance/describe-conformance';
import { DockerSandboxProvider } from './docker.provider';
import { chooseEngine, type TestEngine } from './testing/test-engine';

const choice = chooseEngine();
const home = mkdtempSync(join(tmpdir(), 'docker-home-'));
let engine: Promise<TestEngine> | undefined;
const start = () => (engine ??= 'unfit' in choice ? Promise.reject(new Error(choice.unfit)) : choice.start());

describeConformance('unfit' in choice ? 'docker' : `docker, on ${choice.name}`, {
  unfit: 'unfit' in choice ? choice.unfit : undefined,
  open: async () => {
    const { host, image } = await start();
    return DockerSandboxProvider.open({ home, host, image });
  },
  close: async () => {
    if (engine !== undefined) await (await engine).stop();
    rmSync(home, { recursive: true, force: true });
  },
  reachesTestHost: true,
  manyBoxes: 12,
});
