import type { SandboxDependencies } from './dependencies';

/** Says to whoever follows a build or its run what happens to the app, or takes so long. */
export async function tellBuild(
  { database }: SandboxDependencies,
  buildId: string,
  message: string,
): Promise<void> {
  await database.transaction(async ({ builds, outbox }) => {
    const { projectId, runId } = await builds.get(buildId);
    await outbox.append({
      type: runId === null ? 'BUILD_STAGE' : 'RUN_PROGRESS',
      projectId,
      runId,
      data: { buildId, state: 'building', message },
    });
  });
}
