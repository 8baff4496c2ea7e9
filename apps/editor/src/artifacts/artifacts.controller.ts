import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { Artifact } from '@showrunner/contracts';
import { OBJECT_STORE } from '@showrunner/service';
import type { ObjectStore } from '@showrunner/storage';
import type { Request, Response } from 'express';
import { ArtifactsService } from './artifacts.service';
import { sendObject } from './send-object';

/** The files of a run. */
@Controller('api/runs/:runId/artifacts')
export class ArtifactsController {
  constructor(
    @Inject(ArtifactsService) private readonly artifacts: ArtifactsService,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
  ) {}

  @Get()
  async list(@Param('runId') runId: string): Promise<{ data: Artifact[] }> {
    return { data: await this.artifacts.list(runId) };
  }

  @Get(':name')
  async download(
    @Param('runId') runId: string,
    @Param('name') name: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const found = await this.artifacts.find(runId, name);
    if (found.kind === 'elsewhere') response.redirect(307, found.href);
    else if (found.kind === 'text') response.type(found.contentType).attachment(name).send(found.text);
    else await sendObject(request, response, this.store, { key: found.key, fileName: name });
  }
}
