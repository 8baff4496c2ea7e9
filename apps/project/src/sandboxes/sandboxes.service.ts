import { Inject } from '@nestjs/common';
import { AppError, TERMINAL_RUN_STATES, WORKFLOW_QUEUES, workflowIds } from '@showrunner/contracts';
import type { SandboxRef, SandboxResource } from '@showrunner/contracts';
import type { Database, Page, PageRequest } from '@showrunner/database';
import { DATABASE, TEMPORAL } from '@showrunner/service';
import type { Temporal } from '@showrunner/service';
import { toResource } from './sandbox-resource';

const START_RETRY_MS = 5_000;

export class SandboxesService {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(TEMPORAL) private readonly temporal: Temporal,
  ) {}

  async list(page: PageRequest & { projectId?: string }): Promise<Page<SandboxResource>> {
    const [{ data, nextCursor }, previews] = await Promise.all([
      this.database.sandboxes.list(page),
      this.database.previews.listLive(),
    ]);
    const urls = new Map(previews.map(({ sandboxId, url }) => [sandboxId, url]));
    return { data: data.map((sandbox) => toResource(sandbox, urls.get(sandbox.id) ?? null)), nextCursor };
  }

  async get(id: string): Promise<SandboxResource> {
    const sandbox = await this.database.sandboxes.get(id);
    const preview = await this.database.previews.find(id);
    return toResource(sandbox, preview?.url ?? null);
  }

  /**
   * Ends a sandbox that no run works with, by a workflow, so that it happens even when its worker is away now.
   * @throws {AppError} `sandbox_in_use` (409), `temporal_unavailable` (503)
   */
  async destroy(id: string): Promise<SandboxResource> {
    const sandbox = await this.database.sandboxes.get(id);
    if (sandbox.status === 'destroyed') return this.get(id);
    const build = sandbox.buildId === null ? null : await this.database.builds.find(sandbox.buildId);
    const run = build?.runId ? await this.database.runs.find(build.runId) : null;
    if (run !== null && !TERMINAL_RUN_STATES.includes(run.state)) {
      throw new AppError('sandbox_in_use', `Run ${run.id} works with this sandbox.`, {
        status: 409,
        remedy: `Wait for the run, or end both with POST /api/runs/${run.id}/kill.`,
      });
    }
    const ref: SandboxRef = { sandboxId: id, provider: sandbox.provider };
    await this.temporal.call(
      (client) =>
        client.workflow.start('removeSandbox', {
          workflowId: workflowIds.removal(id),
          taskQueue: WORKFLOW_QUEUES.removeSandbox,
          args: [ref],
          workflowIdConflictPolicy: 'USE_EXISTING',
          staticSummary: `destroy ${id}`,
        }),
      { retryMs: START_RETRY_MS },
    );
    return this.get(id);
  }
}
