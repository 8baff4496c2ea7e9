import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeConformance } from '@showrunner/sandbox/conformance';
import { DockerSandboxProvider } from './docker.provider';
import { parseEngineAddress } from './engine/engine-address';
import { EngineClient } from './engine/engine-client';
import { chooseEngine, type TestEngine } from './testing/test-engine';

const choice = chooseEngine();
const home = mkdtempSync(join(tmpdir(), 'docker-home-'));
const installation = `c-${randomBytes(4).toString('hex')}`;
let engine: Promise<TestEngine> | undefined;
const start = () => (engine ??= 'unfit' in choice ? Promise.reject(new Error(choice.unfit)) : choice.start());

describeConformance('unfit' in choice ? 'docker' : `docker, on ${choice.name}`, {
  unfit: 'unfit' in choice ? choice.unfit : undefined,
  open: async () => {
    const { host, image } = await start();
    return DockerSandboxProvider.open({ home, installation, host, image });
  },
  close: async () => {
    if (engine !== undefined) await (await engine).stop();
    rmSync(home, { recursive: true, force: true });
  },
  // By the engine, behind the back of the provider.
  murder: async (id) => {
    const { loopback, host } = await start();
    const name = `showrunner-${installation}-${id}`;
    if (loopback !== undefined) await loopback.state.container(name).kill();
    else await new EngineClient(parseEngineAddress(host)).call('POST', `/containers/${name}/kill`);
  },
  reachesTestHost: true,
  manyBoxes: 12,
});
