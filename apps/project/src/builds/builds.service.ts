import { Readable } from 'node:stream';
import { Inject } from '@nestjs/common';
import { AppError, storageKeys, WORKFLOW_QUEUES, workflowIds } from '@showrunner/contracts';
import type { Build, BuildProjectInput, CreateBuild } from '@showrunner/contracts';
import { newId } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { DATABASE, OBJECT_STORE, TEMPORAL } from '@showrunner/service';
import type { Temporal } from '@showrunner/service';
import { searchAttributes } from '@showrunner/service/search-attributes';
import type { ObjectStore } from '@showrunner/storage';

const START_RETRY_MS = 5_000;

export class BuildsService {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(TEMPORAL) private readonly temporal: Temporal,
  ) {}

  /** Starts the workflow `buildProject`. @throws {AppError} `temporal_unavailable` (503); the build is marked failed then */
  async start(projectId: string, { overrides, limits, provider }: CreateBuild): Promise<Build> {
    const project = await this.database.projects.get(projectId);
    const id = newId();
    const build = await this.database.builds.create({ id, projectId, provider, overrides });
    const input: BuildProjectInput = {
      buildId: id,
      projectId,
      source: project.source,
      overrides,
      provider,
      limits,
    };
    try {
      await this.temporal.call(
        (client) =>
          client.workflow.start('buildProject', {
            workflowId: workflowIds.build(id),
            taskQueue: WORKFLOW_QUEUES.buildProject,
            args: [input],
            workflowIdConflictPolicy: 'USE_EXISTING',
            workflowIdReusePolicy: 'REJECT_DUPLICATE',
            typedSearchAttributes: searchAttributes({
              ShowrunnerProject: projectId,
              ShowrunnerProvider: provider,
            }),
            staticSummary: `build ${project.name}`,
          }),
        { retryMs: START_RETRY_MS },
      );
    } catch (error) {
      const message = error instanceof AppError ? error.message : 'The build could not be started.';
      const failure = { code: 'build_not_started', message, stage: 'queued' };
      await this.database.builds.setState({ id, state: 'failed', message, failure });
      throw error;
    }
    return build;
  }

  get(id: string): Promise<Build> {
    return this.database.builds.get(id);
  }

  /** The output of fetching, installing and starting so far; empty before there is any. */
  async log(id: string): Promise<Readable> {
    await this.database.builds.get(id);
    const key = storageKeys.buildLog(id);
    if ((await this.store.head(key)) === null) return Readable.from([]);
    return (await this.store.get(key)).stream;
  }
}
