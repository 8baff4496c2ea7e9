import { Controller, Get, Inject, Param } from '@nestjs/common';
import type { ClipOfRun, ClipResource, Take } from '@showrunner/contracts';
import { ClipsService } from './clips.service';

@Controller('api/runs/:runId')
export class RunClipsController {
  constructor(@Inject(ClipsService) private readonly clips: ClipsService) {}

  /** In film order; each exactly `{clip_id, feature, start, end}`. */
  @Get('clips')
  async list(@Param('runId') runId: string): Promise<{ data: ClipOfRun[] }> {
    return { data: await this.clips.ofRun(runId) };
  }

  @Get('takes')
  async takes(@Param('runId') runId: string): Promise<{ data: Take[] }> {
    return { data: await this.clips.takesOfRun(runId) };
  }
}

@Controller('api/clips')
export class ClipsController {
  constructor(@Inject(ClipsService) private readonly clips: ClipsService) {}

  @Get(':id')
  get(@Param('id') id: string): Promise<ClipResource> {
    return this.clips.get(id);
  }
}
