import {
  AppError,
  NODE_LIMITS,
  storageKeys,
  type BuildSpec,
  type SandboxActivities,
} from '@showrunner/contracts';
import type { Sandbox } from '@showrunner/sandbox';
import type { BuildLog } from '../build-log';
import { labelsOfBuild } from '../labels-of-build';
import type { SandboxDependencies } from '../dependencies';
import { dockerfileNetwork } from '../install-hosts';
import { liveSandbox } from '../../live-sandbox';
import { storeBuildContext } from './build-context';

type Input = Parameters<SandboxActivities['installApp']>[0];
/** Less than the whole activity may take, or its end would look like that of a lost worker, and the build begin anew. */
const BUILD_MS = 12 * 60_000;
/** Told apart by it from the sandbox that held the source. */
const BUILT_FROM = 'built-from';

/**
 * The sandbox of a build made anew, under its id and with its limits, from the image that its Dockerfile makes. The source leaves the
 * first one as a tar, which then is destroyed: a build has one sandbox at a time. A repeated call goes on where the one before was cut off.
 * @throws AppError `image_build_failed`, `image_build_timeout`, `build_context_too_large`, `sandbox_start_failed`, `sandbox_lost`
 */
export async function dockerfileSandbox(
  deps: SandboxDependencies,
  { sandboxId, buildId }: Input,
  buildSpec: BuildSpec & { container: { dockerfile: string } },
  log: BuildLog,
): Promise<Sandbox> {
  const { provider, store } = deps;
  const { dockerfile } = buildSpec.container;
  const key = storageKeys.buildContext(buildId);
  const present = await provider.get(sandboxId);
  if (present !== undefined && (await present.info()).labels[BUILT_FROM] !== undefined) {
    await store.delete(key);
    return liveSandbox(provider, sandboxId);
  }
  const row = await deps.database.sandboxes.get(sandboxId);
  const asked = deps.signal();
  if (present !== undefined) {
    await storeBuildContext(present, store, { buildSpec, key, signal: asked });
    await provider.destroy(sandboxId);
  } else if ((await store.head(key)) === null) return liveSandbox(provider, sandboxId);

  log.note(`docker build --file ${dockerfile}`);
  const timeoutMs = Math.min(BUILD_MS, deps.timeouts?.installMs ?? BUILD_MS);
  const late = AbortSignal.timeout(timeoutMs);
  try {
    const sandbox = await provider.create({
      id: sandboxId,
      limits: row.requested ?? NODE_LIMITS,
      labels: {
        ...row.labels,
        ...labelsOfBuild({ buildId, projectId: row.projectId ?? '' }),
        [BUILT_FROM]: 'Dockerfile',
      },
      image: {
        kind: 'dockerfile',
        dockerfile,
        context: async () => (await store.get(key)).stream,
        network: dockerfileNetwork(deps.config),
        onOutput: (text) => log.add(Buffer.from(text)),
      },
      signal: AbortSignal.any([asked, late]),
    });
    await store.delete(key);
    return sandbox;
  } catch (error) {
    if (!late.aborted || asked.aborted) throw error;
    throw new AppError(
      'image_build_timeout',
      `The image took longer than ${Math.round(timeoutMs / 60_000)} min to build.`,
      {
        status: 422,
        remedy: 'Have the Dockerfile do less, or begin from an image that has more.',
        cause: error,
      },
    );
  }
}
