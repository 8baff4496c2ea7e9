import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ArtifactSchema } from '@showrunner/contracts';
import type { Artifact } from '@showrunner/contracts';
import { listOf, Operation, Tag } from '@showrunner/openapi';
import { OBJECT_STORE, sendObject, Tenant } from '@showrunner/service';
import type { ObjectStore } from '@showrunner/storage';
import type { Request, Response } from 'express';
import { ArtifactsService } from './artifacts.service';
import { FILM_MEDIA } from './film-media';

/** Media types of what a run leaves. */
const FILES = [...FILM_MEDIA, 'video/x-matroska', 'image/jpeg', 'application/x-ndjson'] as const;

/** The files of a run. */
@Tag('films')
@Controller('api/runs/:runId/artifacts')
export class ArtifactsController {
  constructor(
    @Inject(ArtifactsService) private readonly artifacts: ArtifactsService,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
  ) {}

  @Operation({
    id: 'listArtifacts',
    permission: 'read',
    summary: 'Files of the run',
    answer: listOf(ArtifactSchema),
  })
  @Get()
  async list(@Tenant() tenant: string, @Param('runId') runId: string): Promise<{ data: Artifact[] }> {
    return { data: await this.artifacts.list(tenant, runId) };
  }

  @Operation({
    id: 'getArtifact',
    permission: 'read',
    summary: 'A file of the run, whole or a range',
    headers: [{ name: 'Range', description: 'One range of bytes, e.g. `bytes=0-1023`.' }],
    answer: { media: FILES },
    problems: [416],
  })
  @Get(':name')
  async download(
    @Tenant() tenant: string,
    @Param('runId') runId: string,
    @Param('name') name: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const found = await this.artifacts.find(tenant, runId, name);
    if (found.kind === 'elsewhere') response.redirect(307, found.href);
    else if (found.kind === 'text') response.type(found.contentType).attachment(name).send(found.text);
    else await sendObject(request, response, this.store, { key: found.key, fileName: name });
  }
}
