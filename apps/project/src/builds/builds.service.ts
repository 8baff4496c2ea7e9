import { Readable } from 'node:stream';
import { Inject } from '@nestjs/common';
import { AppError, newBuildId, storageKeys } from '@showrunner/contracts';
import type { Build, CreateBuild, CreateDetection, SandboxProviderName } from '@showrunner/contracts';
import type { BuildRecord, TenantDatabases } from '@showrunner/database';
import {
  DATABASE,
  DEFAULT_PROVIDER,
  OBJECT_STORE,
  requireLimits,
  requireProvider,
} from '@showrunner/service';
import type { ObjectStore } from '@showrunner/storage';
import { BuildWorkflows } from '@showrunner/service/build-workflows';

export class BuildsService {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(BuildWorkflows) private readonly workflows: BuildWorkflows,
    @Inject(DEFAULT_PROVIDER) private readonly defaultProvider: SandboxProviderName,
  ) {}

  /**
   * Starts the workflow `buildProject`.
   * @throws {AppError} `provider_not_set_up`, `limits_too_small` (422), `temporal_unavailable` (503); the build is marked failed then
   */
  start(tenantId: string, projectId: string, build: CreateBuild): Promise<Build> {
    return this.startOne(tenantId, projectId, build);
  }

  /** Starts the workflow `detectProject`: the build ends with the plan. @throws {AppError} as `start` */
  detect(tenantId: string, projectId: string, detection: CreateDetection): Promise<Build> {
    return this.startOne(tenantId, projectId, { ...detection, detectOnly: true });
  }

  private async startOne(
    tenantId: string,
    projectId: string,
    wanted: CreateBuild & { detectOnly?: boolean },
  ): Promise<Build> {
    const { builds, projects } = this.database.forTenant(tenantId);
    await projects.get(projectId);
    requireLimits(wanted.limits);
    const provider = requireProvider(wanted.provider, this.defaultProvider);
    const build = await builds.create({ id: newBuildId(), tenantId, projectId, ...wanted, provider });
    try {
      await this.workflows.start(build);
    } catch (error) {
      const message = error instanceof AppError ? error.message : 'The build could not be started.';
      await this.workflows.failToStart(build, message);
      throw error;
    }
    return toBuild(build);
  }

  async get(tenantId: string, id: string): Promise<Build> {
    return toBuild(await this.database.forTenant(tenantId).builds.get(id));
  }

  /** The output of fetching, installing and starting so far; empty before there is any. */
  async log(tenantId: string, id: string): Promise<Readable> {
    await this.database.forTenant(tenantId).builds.get(id);
    const key = storageKeys.buildLog(id);
    if ((await this.store.head(key)) === null) return Readable.from([]);
    return (await this.store.get(key)).stream;
  }
}

/** As the API shows it: whose it is, is for the queue of sandboxes. */
const toBuild = ({ tenantId: _tenant, ...build }: BuildRecord): Build => build;
