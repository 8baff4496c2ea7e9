import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Inject } from '@nestjs/common';
import { AppError, sandboxIdOf, storageKeys, toldCode } from '@showrunner/contracts';
import type { Build, CreateGenerated, GeneratedSandbox, SandboxResource } from '@showrunner/contracts';
import type { TenantDatabase, TenantDatabases } from '@showrunner/database';
import { nextProjectOf, packFiles } from '@showrunner/generated-app';
import { previewUrl } from '@showrunner/preview';
import { DATABASE, OBJECT_STORE } from '@showrunner/service';
import type { ObjectStore } from '@showrunner/storage';
import { BuildWorkflows } from '@showrunner/service/build-workflows';
import { SANDBOX_OPTIONS } from '../sandboxes/sandbox-options';
import type { SandboxOptions } from '../sandboxes/sandbox-options';
import { SandboxRequests } from '../sandboxes/sandbox-requests';
import { SandboxesService } from '../sandboxes/sandboxes.service';

/** Below the time that the gateway waits for an answer. */
const WAIT_MS = 105_000;
const POLL_MS = 250;
const DELETE_WAIT_MS = 60_000;
const MOST_LISTED = 1_000;
const ENDED = ['running', 'failed', 'cancelled', 'ended'];

/** Apps of generated code: made a Next.js project, then built like any other, in a sandbox that is kept while it is used. */
export class GeneratedService {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(BuildWorkflows) private readonly builds: BuildWorkflows,
    @Inject(SandboxesService) private readonly sandboxes: SandboxesService,
    @Inject(SandboxRequests) private readonly requests: SandboxRequests,
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
  ) {}

  /** Starts the app, unless that was done under this id before. @throws {AppError} what is wrong with the code, or quotas */
  async accept(tenantId: string, buildId: string, request: CreateGenerated): Promise<{ buildId: string }> {
    const { files } = nextProjectOf(request);
    const owned = this.database.forTenant(tenantId);
    if ((await owned.builds.find(buildId)) === null) await this.requests.requireWithinQuotas(owned, tenantId);
    const projectId = buildId;
    const sandboxId = sandboxIdOf(buildId);
    await this.storeProject(owned, projectId, request.projectName, await packFiles(files));
    // Written first: the build adopts it with its tenant and purpose, and waits for its place.
    await owned.sandboxes.createPending({
      id: sandboxId,
      buildId,
      projectId,
      tenantId,
      purpose: 'generated',
      status: 'queued',
      provider: this.options.defaultProvider,
      labels: { generated: 'true' },
    });
    const build = await owned.builds.create({
      id: buildId,
      projectId,
      tenantId,
      provider: this.options.defaultProvider,
      overrides: {
        env: { NEXT_TELEMETRY_DISABLED: '1', ...request.environment },
        ...(request.buildScript === undefined ? {} : { start: `${request.buildScript} && npm start` }),
      },
    });
    await this.builds.start(build);
    return { buildId };
  }

  /**
   * Waits until the app answers a page. When that takes longer than a request may, the sandbox is answered as it is; its preview then
   * shows the app as soon as it runs.
   * @throws {AppError} why the app could not be built or started
   */
  async shown(tenantId: string, buildId: string): Promise<GeneratedSandbox & { previewUrl: string }> {
    const ended = await this.waitFor(tenantId, buildId);
    if (ended.state === 'failed' || ended.state === 'cancelled') throw failed(ended);
    const sandboxId = sandboxIdOf(buildId);
    const sandbox = toGenerated(await this.sandboxes.get(tenantId, sandboxId));
    return {
      ...sandbox,
      previewUrl: sandbox.previewUrl ?? previewUrl(this.options.previews, { sandboxId }),
    };
  }

  /** Those of generated code alone: sandboxes of builds, agents and the API have lists of their own. */
  async list(tenantId: string): Promise<GeneratedSandbox[]> {
    const found: GeneratedSandbox[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.sandboxes.list(tenantId, { limit: 100, cursor, purpose: 'generated' });
      found.push(...page.data.filter(({ status }) => status !== 'destroyed').map(toGenerated));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined && found.length < MOST_LISTED);
    return found;
  }

  async get(tenantId: string, id: string): Promise<GeneratedSandbox> {
    return toGenerated(await this.sandboxes.get(tenantId, id));
  }

  /** @throws {AppError} `sandbox_still_there` (503) when it could not be deleted in time; it will be */
  async remove(tenantId: string, id: string): Promise<void> {
    const { status } = await this.sandboxes.want(tenantId, id, 'destroyed', DELETE_WAIT_MS);
    if (status === 'destroyed') return;
    throw new AppError('sandbox_still_there', `The sandbox ${id} is still being deleted.`, {
      status: 503,
      retryable: true,
      remedy: 'It will be deleted as soon as a worker can; ask again in a moment.',
    });
  }

  private async storeProject(
    { projects }: TenantDatabase,
    id: string,
    name: string,
    archive: Buffer,
  ): Promise<void> {
    const fileName = 'generated.tar.gz';
    const storageKey = storageKeys.upload(id, fileName);
    await this.store.put(storageKey, archive);
    const sha256 = createHash('sha256').update(archive).digest('hex');
    await projects.create({
      id,
      name,
      source: { kind: 'archive', storageKey, fileName, bytes: archive.length, sha256 },
    });
  }

  private async waitFor(tenantId: string, buildId: string): Promise<Build> {
    const { builds } = this.database.forTenant(tenantId);
    for (const until = Date.now() + WAIT_MS; ; await delay(POLL_MS)) {
      const build = await builds.get(buildId);
      if (ENDED.includes(build.state) || Date.now() > until) return build;
    }
  }
}

const toGenerated = ({ id, status, previewUrl, createdAt }: SandboxResource): GeneratedSandbox => ({
  sandboxId: id,
  status,
  previewUrl,
  createdAt,
});

const failed = ({ id, failure, message }: Build): AppError =>
  new AppError(toldCode(failure?.code ?? 'build_failed'), failure?.message ?? message, {
    status: 422,
    remedy: failure?.remedy ?? `Read its output: GET /api/builds/${id}/log.`,
  });
