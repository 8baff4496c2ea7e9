import { Inject } from '@nestjs/common';
import { clipOfRun } from '@showrunner/contracts';
import type { ClipOfRun, ClipResource, Take } from '@showrunner/contracts';
import type { TenantDatabases } from '@showrunner/database';
import { DATABASE } from '@showrunner/service';

export class ClipsService {
  constructor(@Inject(DATABASE) private readonly database: TenantDatabases) {}

  async ofRun(tenantId: string, runId: string): Promise<ClipOfRun[]> {
    const { clips, runs } = this.database.forTenant(tenantId);
    await runs.get(runId);
    return (await clips.list(runId)).map(clipOfRun);
  }

  async takesOfRun(tenantId: string, runId: string): Promise<Take[]> {
    const { runs, takes } = this.database.forTenant(tenantId);
    await runs.get(runId);
    return takes.list(runId);
  }

  async get(tenantId: string, id: string): Promise<ClipResource> {
    const clip = await this.database.forTenant(tenantId).clips.get(id);
    return { id: clip.clipId, ...clipOfRun(clip), runId: clip.runId, takeId: clip.takeId };
  }
}
