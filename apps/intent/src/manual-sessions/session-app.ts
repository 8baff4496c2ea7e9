import { AppError } from '@showrunner/contracts';
import type { CreateManualSession, ManualSessionSpec, SandboxProviderName } from '@showrunner/contracts';
import type { TenantDatabase } from '@showrunner/database';

export interface SessionApp {
  projectId: string;
  /** The app that runs already; absent: the project is to be built. */
  on?: NonNullable<ManualSessionSpec['on']>;
  provider?: SandboxProviderName;
}

/**
 * The app that a session is asked for on.
 * @throws {NotFoundError} @throws {AppError} `session_app_ambiguous` (422), `session_needs_app` (409)
 */
export async function appForSession(
  { builds, projects, sandboxes }: TenantDatabase,
  { projectId, buildId, sandboxId }: CreateManualSession,
): Promise<SessionApp> {
  const named = [projectId, buildId, sandboxId].filter((one) => one !== undefined);
  if (named.length !== 1) {
    throw new AppError(
      'session_app_ambiguous',
      'Exactly one of `projectId`, `buildId` and `sandboxId` is to be given.',
    );
  }
  if (projectId !== undefined) return { projectId: (await projects.get(projectId)).id };
  const sandbox = sandboxId === undefined ? undefined : await sandboxes.get(sandboxId);
  const of = buildId ?? sandbox?.buildId ?? undefined;
  if (of === undefined) throw needsApp(`The sandbox ${sandboxId}`);
  const build = await builds.get(of);
  const holder = sandbox ?? (build.sandboxId === null ? null : await sandboxes.find(build.sandboxId));
  if (build.app === null || build.state !== 'running' || holder?.status !== 'running')
    throw needsApp(`The build ${build.id}`);
  const { provider } = build;
  return {
    ...{ projectId: build.projectId, provider },
    on: { sandbox: { sandboxId: holder.id, provider }, app: build.app },
  };
}

const needsApp = (what: string): AppError => new AppError('session_needs_app', `${what} shows no app.`);
