import type { SandboxActivities } from '@showrunner/contracts';
import type { Sandbox } from '@showrunner/sandbox';
import { KeptInstalls, WarmInstall, type InstallSource } from '@showrunner/warm-install';
import type { BuildLog } from './build-log';
import type { SandboxDependencies } from './dependencies';

type Input = Parameters<SandboxActivities['installApp']>[0];

/**
 * The install of this build as one that may have been done before; undefined when it has to be done in any case: nothing to install, an image of its
 * own, kept installs are off, or code of the project may have run in this sandbox in an earlier try, after which nothing in it can be relied on.
 */
export async function openWarmInstall(
  deps: SandboxDependencies,
  sandbox: Sandbox,
  { buildSpec, buildId, sandboxId }: Input,
  log: BuildLog,
): Promise<WarmInstall | undefined> {
  const { config, logger } = deps;
  if (
    config.INSTALL_CACHE === 'off' ||
    buildSpec.install === null ||
    buildSpec.container !== null ||
    deps.attempt() > 1
  )
    return undefined;
  return WarmInstall.open({
    sandbox,
    buildSpec,
    kept: new KeptInstalls(deps.store),
    source: await sourceOf(deps, buildId, sandboxId),
    image:
      buildSpec.system === undefined ? (config.SANDBOX_TARGET ?? null) : JSON.stringify(buildSpec.system),
    hosts: config.INSTALL_ALLOWED_HOSTS,
    say: (sentence) => log.add(Buffer.from(`\n${sentence}\n`)),
    warn: (error, what) => logger.warn({ buildId, err: error }, what),
    maxBytes: deps.maxKeptInstallBytes,
    signal: deps.signal(),
  });
}

async function sourceOf(
  { database }: Pick<SandboxDependencies, 'database'>,
  buildId: string,
  sandboxId: string,
): Promise<InstallSource> {
  const [build, sandbox] = await Promise.all([
    database.builds.get(buildId),
    database.sandboxes.find(sandboxId),
  ]);
  const project = await database.projects.find(build.projectId);
  if (project?.source.kind !== 'git' || sandbox === null) return { kind: 'content' };
  const { url, branch, commit } = project.source;
  return { kind: 'repository', tenantId: sandbox.tenantId, url, branch, commit };
}
