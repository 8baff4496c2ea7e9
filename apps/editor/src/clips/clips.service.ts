import { Inject } from '@nestjs/common';
import { clipOfRun } from '@showrunner/contracts';
import type { ClipOfRun, ClipResource, Take } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { DATABASE } from '@showrunner/service';

export class ClipsService {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async ofRun(runId: string): Promise<ClipOfRun[]> {
    await this.database.runs.get(runId);
    return (await this.database.clips.list(runId)).map(clipOfRun);
  }

  async takesOfRun(runId: string): Promise<Take[]> {
    await this.database.runs.get(runId);
    return this.database.takes.list(runId);
  }

  async get(id: string): Promise<ClipResource> {
    const clip = await this.database.clips.get(id);
    return { id: clip.clipId, ...clipOfRun(clip), runId: clip.runId, takeId: clip.takeId };
  }
}
