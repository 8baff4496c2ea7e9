import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ClipOfRunSchema, ClipResourceSchema, TakeSchema } from '@showrunner/contracts';
import type { ClipOfRun, ClipResource, Take } from '@showrunner/contracts';
import { listOf, Operation, Tag } from '@showrunner/openapi';
import { Tenant } from '@showrunner/service';
import { ClipsService } from './clips.service';

@Tag('films')
@Controller('api/runs/:runId')
export class RunClipsController {
  constructor(@Inject(ClipsService) private readonly clips: ClipsService) {}

  /** In film order; each exactly `{clip_id, feature, start, end}`. */
  @Operation({
    id: 'listClips',
    permission: 'read',
    summary: 'Clips in film order',
    answer: listOf(ClipOfRunSchema),
  })
  @Get('clips')
  async list(@Tenant() tenant: string, @Param('runId') runId: string): Promise<{ data: ClipOfRun[] }> {
    return { data: await this.clips.ofRun(tenant, runId) };
  }

  @Operation({ id: 'listTakes', permission: 'read', summary: 'Raw recordings', answer: listOf(TakeSchema) })
  @Get('takes')
  async takes(@Tenant() tenant: string, @Param('runId') runId: string): Promise<{ data: Take[] }> {
    return { data: await this.clips.takesOfRun(tenant, runId) };
  }
}

@Tag('films')
@Controller('api/clips')
export class ClipsController {
  constructor(@Inject(ClipsService) private readonly clips: ClipsService) {}

  @Operation({ id: 'getClip', permission: 'read', summary: 'A clip', answer: ClipResourceSchema })
  @Get(':id')
  get(@Tenant() tenant: string, @Param('id') id: string): Promise<ClipResource> {
    return this.clips.get(tenant, id);
  }
}
