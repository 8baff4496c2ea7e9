import {
  AppError,
  InvalidInputError,
  NODE_LIMITS,
  sandboxIdOf,
  SandboxLimitsSchema,
  type SandboxActivities,
  type SandboxLimits,
  type SandboxProviderName,
} from '@showrunner/contracts';
import type { SandboxDependencies } from './dependencies';
import { labelsOfBuild } from './labels-of-build';

type Input = Parameters<SandboxActivities['createSandbox']>[0];

/**
 * Makes the sandbox of a build. Its row is written first, so that whatever dies in between, somebody knows that it may exist.
 * Limits are fixed here, before anything is known about the app: what a Node tool chain needs, unless the caller asked for others.
 */
export async function createSandbox(
  deps: SandboxDependencies,
  input: Input,
): ReturnType<SandboxActivities['createSandbox']> {
  const { buildId, projectId, runId, provider } = input;
  requireConfigured(provider, deps.provider.name);
  const id = sandboxIdOf(buildId);
  const limits = checkedLimits({ ...NODE_LIMITS, ...input.limits });
  const row = await deps.database.sandboxes.createPending({
    id,
    buildId,
    projectId,
    provider,
    limits,
    labels: labelsOfBuild(input),
    ...(runId === undefined ? {} : { runId }),
  });
  if (row.status === 'destroyed') {
    throw new AppError('sandbox_lost', `The sandbox ${id} was destroyed already.`, {
      status: 410,
      remedy: 'Start a new build.',
    });
  }
  await deps.database.builds.setSandbox(buildId, id);
  const sandbox = await deps.provider.create({ id, limits, labels: labelsOfBuild(input) });
  const info = await sandbox.info();
  await deps.database.transaction(async ({ sandboxes, outbox }) => {
    if (!(await sandboxes.markRunning(id, info.limits))) return;
    await outbox.append({
      type: 'SANDBOX_CREATED',
      projectId,
      runId: runId ?? null,
      data: { sandboxId: id, buildId, limits: info.limits },
    });
  });
  return { sandboxId: id, provider, limits: info.limits };
}

function requireConfigured(asked: SandboxProviderName, configured: SandboxProviderName): void {
  if (asked === configured) return;
  throw new InvalidInputError(
    'provider_not_configured',
    `Sandboxes of the provider "${asked}" cannot be made here: this installation uses "${configured}".`,
    { remedy: `Ask for the provider "${configured}".` },
  );
}

function checkedLimits(limits: SandboxLimits): SandboxLimits {
  const parsed = SandboxLimitsSchema.safeParse(limits);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new InvalidInputError(
    'limits_invalid',
    `The limit ${issue?.path.join('.')} is not possible: ${issue?.message}.`,
    {
      remedy: 'At most 4 CPUs, 8 GiB of memory and 10 GiB of disk.',
    },
  );
}
