import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CreateShareSchema, ShareSchema } from '@showrunner/contracts';
import type { CreateShare, ShareResource } from '@showrunner/contracts';
import { listOf, Operation, Tag } from '@showrunner/openapi';
import { Tenant } from '@showrunner/service';
import { z } from 'zod';
import { SharesService } from './shares.service';

/** A link needs no body: it has a usual time. */
const BodySchema = z.preprocess((body) => body ?? {}, CreateShareSchema);

/** Links to the film of a run, for people without a key. */
@Tag('films')
@Controller('api/runs/:runId/shares')
export class SharesController {
  constructor(@Inject(SharesService) private readonly shares: SharesService) {}

  @Operation({
    id: 'createShare',
    permission: 'write',
    summary: 'Make a link by which anybody may watch the film of the run, for a time',
    answer: ShareSchema,
    problems: [409],
  })
  @Post()
  create(
    @Tenant() tenant: string,
    @Param('runId') runId: string,
    @Body({ schema: BodySchema }) wanted: CreateShare,
  ): Promise<ShareResource> {
    return this.shares.create(tenant, runId, wanted);
  }

  @Operation({
    id: 'listShares',
    permission: 'read',
    summary: 'Links to the film of the run, newest first, with those that ended',
    answer: listOf(ShareSchema),
  })
  @Get()
  async list(@Tenant() tenant: string, @Param('runId') runId: string): Promise<{ data: ShareResource[] }> {
    return { data: await this.shares.list(tenant, runId) };
  }

  /** A second time changes nothing. */
  @Operation({
    id: 'revokeShare',
    permission: 'write',
    summary: 'Revoke a link: it opens nothing from then on',
    answer: null,
  })
  @Delete(':shareId')
  @HttpCode(204)
  revoke(
    @Tenant() tenant: string,
    @Param('runId') runId: string,
    @Param('shareId') shareId: string,
  ): Promise<void> {
    return this.shares.revoke(tenant, runId, shareId);
  }
}
