import { Inject } from '@nestjs/common';
import type { Clip, ClipResource, Take } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { DATABASE } from '@showrunner/service';

export class ClipsService {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async ofRun(runId: string): Promise<Clip[]> {
    await this.database.runs.get(runId);
    const clips = await this.database.clips.list(runId);
    return clips.map(({ clip_id, feature, start, end }) => ({ clip_id, feature, start, end }));
  }

  async takesOfRun(runId: string): Promise<Take[]> {
    await this.database.runs.get(runId);
    return this.database.takes.list(runId);
  }

  get(id: string): Promise<ClipResource> {
    return this.database.clips.get(id);
  }
}
