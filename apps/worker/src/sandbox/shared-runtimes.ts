import { join } from 'node:path';
import type { WorkerConfig } from '@showrunner/config';
import type { BuildSpec } from '@showrunner/contracts';
import { hasFileNamed, type FileListing, type Runtimes } from '@showrunner/build-detection';
import { DebianSystems, RuntimeStore } from '@showrunner/runtimes';
import type { SandboxProvider } from '@showrunner/sandbox';
import type { BuildLog } from './build-log';
import type { SandboxDependencies } from './dependencies';

/** Versions of languages beside the sandboxes of this host; undefined for a provider whose sandboxes lie elsewhere. */
export const sharedRuntimes = (
  { sharedFolder }: Pick<SandboxProvider, 'sharedFolder'>,
  { NPM_REGISTRY_URL }: Pick<WorkerConfig, 'NPM_REGISTRY_URL'>,
): RuntimeStore | undefined =>
  sharedFolder === undefined
    ? undefined
    : new RuntimeStore({ folder: join(sharedFolder, 'runtimes'), registryUrl: NPM_REGISTRY_URL });

/** Debian systems beneath the sandboxes of this host; undefined for a provider that has none. */
export const debianSystems = (
  { systems }: Pick<SandboxProvider, 'systems'>,
  { DEBIAN_MIRROR_URL }: Pick<WorkerConfig, 'DEBIAN_MIRROR_URL'>,
): DebianSystems | undefined =>
  systems === undefined
    ? undefined
    : new DebianSystems({ folder: systems.folder, mirrorUrl: DEBIAN_MIRROR_URL });

/** What there is to run apps on, with the versions of Node that the registry has; without them, when it does not answer. */
export async function withReleases(
  { runtimes, systems, logger, signal }: SandboxDependencies,
  listing: FileListing,
  own: Runtimes,
): Promise<Runtimes> {
  const arch = process.arch === 'arm64' ? 'arm64' : 'x64';
  const known = {
    ...own,
    arch,
    systems: systems !== undefined && (await DebianSystems.areAvailable()),
  } as const;
  if (runtimes === undefined) return known;
  const shared = { ...known, shared: true } as const;
  if (!hasFileNamed(listing, 'package.json')) return shared;
  try {
    return { ...shared, nodeReleases: await runtimes.nodeReleases(signal()) };
  } catch (error) {
    signal().throwIfAborted();
    logger.warn({ err: error }, 'versions of Node not known');
    return shared;
  }
}

/** Sees to it that the version of its language that was chosen for an app stands where its sandbox looks for it. */
export async function provideToolchain(
  { runtimes, signal }: SandboxDependencies,
  { toolchain }: Pick<BuildSpec, 'toolchain'>,
  log: BuildLog,
): Promise<void> {
  if (toolchain?.from !== 'npm' || toolchain.name !== 'node' || runtimes === undefined) return;
  const started = performance.now();
  log.add(
    Buffer.from(`\nNode ${toolchain.version} is provided, from the registry unless it is here already.\n`),
  );
  await runtimes.node(toolchain.version, { signal: signal() });
  log.add(Buffer.from(`It took ${((performance.now() - started) / 1000).toFixed(1)} s.\n`));
}
