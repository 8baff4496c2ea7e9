import { createHash } from 'node:crypto';
import { storageKeys, writtenBuildIdOf } from '@showrunner/contracts';
import type { ArchiveSource, SandboxProviderName } from '@showrunner/contracts';
import type { WritingDependencies } from './writing-dependencies';

export interface ReadyBuild {
  build: { buildId: string; source: ArchiveSource };
}

const FILE_NAME = 'app.tar.gz';

/** Stores an app as the source of its project, with a build of it that is ready to be started. Twice is as once. */
export async function keepFiles(
  { database, store }: WritingDependencies,
  { projectId, attempt, provider }: { projectId: string; attempt: number; provider: SandboxProviderName },
  archive: Buffer,
): Promise<ReadyBuild> {
  const { tenantId } = await database.generations.get(projectId);
  const storageKey = storageKeys.upload(projectId, `${attempt}-${FILE_NAME}`);
  await store.put(storageKey, archive);
  const sha256 = createHash('sha256').update(archive).digest('hex');
  const source = { kind: 'archive', storageKey, fileName: FILE_NAME, bytes: archive.length, sha256 } as const;
  const buildId = writtenBuildIdOf(projectId, attempt);
  await database.projects.setSource(projectId, source);
  await database.builds.create({ id: buildId, projectId, tenantId, provider });
  await database.generations.setState(projectId, { state: 'starting', buildId, message: 'Starting the app' });
  return { build: { buildId, source } };
}
