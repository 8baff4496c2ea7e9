import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ExportOutputSchema, ExportSchema, NotFoundError, storageKeys } from '@showrunner/contracts';
import type { Export, ExportOutput } from '@showrunner/contracts';
import { idempotencyKey, listOf, Operation, Tag } from '@showrunner/openapi';
import { Idempotency, OBJECT_STORE, sendObject, Tenant } from '@showrunner/service';
import type { ObjectStore } from '@showrunner/storage';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { FILM_MEDIA } from '../artifacts/film-media';
import { ExportsService } from './exports.service';

/** An export needs no body: everything has a default. */
const BodySchema = z.preprocess((body) => body ?? {}, ExportOutputSchema);

@Tag('films')
@Controller('api/runs/:runId/exports')
export class RunExportsController {
  constructor(
    @Inject(ExportsService) private readonly exports: ExportsService,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
  ) {}

  /** Accepted: renders the run's film again from what is stored; follow `Location` or the run's events. */
  @Operation({
    id: 'createExport',
    permission: 'write',
    needsDisk: true,
    summary: 'Render the film of a run again, from what is stored',
    headers: [idempotencyKey('gives the export of the first')],
    answer: ExportSchema,
    problems: [409, 410, 422],
  })
  @Post()
  @HttpCode(202)
  async create(
    @Tenant() tenant: string,
    @Param('runId') runId: string,
    @Body({ schema: BodySchema }) output: ExportOutput,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Export> {
    const made = await this.idempotency.once(request, (id) => this.exports.create(tenant, runId, id, output));
    response.location(`/api/exports/${made.id}`);
    return made;
  }

  @Operation({
    id: 'listExports',
    permission: 'read',
    summary: 'Exports of the run, newest first',
    answer: listOf(ExportSchema),
  })
  @Get()
  async list(@Tenant() tenant: string, @Param('runId') runId: string): Promise<{ data: Export[] }> {
    return { data: await this.exports.ofRun(tenant, runId) };
  }
}

/** What exports from before they named their files have made, and where. */
const OLDER_FILES: ReadonlyMap<string, (made: Export) => string> = new Map([
  ['video.mp4', (made) => made.storageKey ?? storageKeys.exportVideo(made.id)],
  ['captions.vtt', (made) => made.captionsKey ?? storageKeys.exportCaptions(made.id)],
]);

/** Storage key of a file of an export. Nothing of a name from outside becomes part of a key: it is one that the export itself wrote down. */
function keyOf(made: Export, name: string): string | undefined {
  const file = made.files.find((candidate) => candidate.name === name);
  if (file !== undefined) return storageKeys.exportFile(made.id, file.name);
  return made.files.length > 0 ? undefined : OLDER_FILES.get(name)?.(made);
}

@Tag('films')
@Controller('api/exports')
export class ExportsController {
  constructor(
    @Inject(ExportsService) private readonly exports: ExportsService,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
  ) {}

  @Operation({ id: 'getExport', permission: 'read', summary: 'A rendered film', answer: ExportSchema })
  @Get(':id')
  get(@Tenant() tenant: string, @Param('id') id: string): Promise<Export> {
    return this.exports.get(tenant, id);
  }

  @Operation({
    id: 'cancelExport',
    permission: 'write',
    summary: 'End an export that waits or is being rendered',
    answer: ExportSchema,
    problems: [409],
  })
  @Post(':id/cancel')
  @HttpCode(202)
  cancel(@Tenant() tenant: string, @Param('id') id: string): Promise<Export> {
    return this.exports.cancel(tenant, id);
  }

  /** A file that the export names in `files`, whole or a range. */
  @Operation({
    id: 'getExportArtifact',
    permission: 'read',
    summary: 'A file of an export, one of its `files`, whole or a range',
    headers: [{ name: 'Range', description: 'One range of bytes, e.g. `bytes=0-1023`.' }],
    answer: { media: FILM_MEDIA },
    problems: [416],
  })
  @Get(':id/artifacts/:name')
  async download(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Param('name') name: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const made = await this.exports.get(tenant, id);
    const key = keyOf(made, name);
    if (key === undefined || made.state !== 'done') throw new NotFoundError('artifact', name);
    await sendObject(request, response, this.store, { key, fileName: name });
  }
}
