import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import { PROXY_ENVIRONMENT } from '@showrunner/egress';
import { containerConfig } from '../container/container-config';
import { LABEL } from '../container/names';
import type { EngineContext } from '../container/engine-context';
import { ContainerCommands } from '../commands/container-commands';
import { SandboxNetwork } from '../network/sandbox-network';
import type { BuildNetwork, ImageRequest } from './images';

const NONE: BuildNetwork = { network: 'none', buildArguments: {} };
/** Arguments that every Dockerfile has without naming them, and that are not kept in the image. */
const PREDEFINED = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'];

/**
 * Lets the steps of a Dockerfile run in the network of a container of ours, which has none but our bridge to the egress proxy. So they
 * are judged as an install in a sandbox is; without a policy they have no network at all.
 */
export async function withBuildNetwork(
  context: EngineContext,
  request: ImageRequest,
  use: (network: BuildNetwork) => Promise<void>,
): Promise<void> {
  const policy = request.image?.kind === 'dockerfile' ? request.image.network : undefined;
  if (policy === undefined) return use(NONE);
  const { reference: image } = await context.images.prepare({ id: request.id, limits: request.limits }, () =>
    Promise.resolve(),
  );
  const name = `showrunner-${context.installation}-build-${randomBytes(6).toString('hex')}`;
  const config = containerConfig({
    id: request.id,
    installation: context.installation,
    image,
    limits: { cpus: 0.5, memoryBytes: 256 * 1024 ** 2, diskBytes: 0, maxProcesses: 64 },
    environment: {},
    createdAt: new Date().toISOString(),
    runtime: context.runtime,
  });
  config.Labels[LABEL.role] = 'build';
  const commands = new ContainerCommands(context.client, name, request.id);
  const folder = join(context.home, 'network', name);
  const network = new SandboxNetwork(commands, folder, () => Promise.resolve({ mode: 'none' }));
  try {
    await context.client.call('POST', '/containers/create', { query: { name }, body: config });
    await context.client.call('POST', `/containers/${name}/start`);
    const buildArguments = Object.fromEntries(PREDEFINED.map((key) => [key, PROXY_ENVIRONMENT[key] ?? '']));
    await network.withPhase(policy, () => use({ network: `container:${name}`, buildArguments }));
  } finally {
    await network.close();
    await context.client
      .call('DELETE', `/containers/${name}`, { query: { force: true, v: true } })
      .catch(() => undefined); // the sweep finds it
    await rm(folder, { recursive: true, force: true });
  }
}
