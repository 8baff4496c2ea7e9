import type { Readable } from 'node:stream';
import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Inject,
  Param,
  Post,
  Res,
  StreamableFile,
} from '@nestjs/common';
import { BuildSchema, CreateBuildSchema, CreateDetectionSchema } from '@showrunner/contracts';
import type { Build, CreateBuild, CreateDetection } from '@showrunner/contracts';
import { Operation, Tag } from '@showrunner/openapi';
import { Tenant } from '@showrunner/service';
import type { Response } from 'express';
import { z } from 'zod';
import { BuildsService } from './builds.service';

/** A build needs no body: everything has a default. */
const BodySchema = z.preprocess((body) => body ?? {}, CreateBuildSchema);

@Tag('builds')
@Controller('api/projects/:projectId/build')
export class ProjectBuildsController {
  constructor(@Inject(BuildsService) private readonly builds: BuildsService) {}

  @Operation({
    id: 'startBuild',
    permission: 'write',
    needsDisk: true,
    summary: 'Build and start a project in a sandbox of its own',
    answer: BuildSchema,
  })
  @Post()
  @HttpCode(202)
  async start(
    @Tenant() tenant: string,
    @Param('projectId') projectId: string,
    @Body({ schema: BodySchema }) body: CreateBuild,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Build> {
    const build = await this.builds.start(tenant, projectId, body);
    response.location(`/api/builds/${build.id}`);
    return build;
  }
}

const DetectionBodySchema = z.preprocess((body) => body ?? {}, CreateDetectionSchema);

@Tag('builds')
@Controller('api/projects/:projectId/detect')
export class ProjectDetectionsController {
  constructor(@Inject(BuildsService) private readonly builds: BuildsService) {}

  /** Accepted: the plan is in the build once its state is `detected`. */
  @Operation({
    id: 'detectBuild',
    permission: 'write',
    needsDisk: true,
    summary: 'Find out how a project is built and started, without running anything of it',
    answer: BuildSchema,
  })
  @Post()
  @HttpCode(202)
  async start(
    @Tenant() tenant: string,
    @Param('projectId') projectId: string,
    @Body({ schema: DetectionBodySchema }) body: CreateDetection,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Build> {
    const build = await this.builds.detect(tenant, projectId, body);
    response.location(`/api/builds/${build.id}`);
    return build;
  }
}

@Tag('builds')
@Controller('api/builds')
export class BuildsController {
  constructor(@Inject(BuildsService) private readonly builds: BuildsService) {}

  @Operation({ id: 'getBuild', permission: 'read', summary: 'A build', answer: BuildSchema })
  @Get(':id')
  get(@Tenant() tenant: string, @Param('id') id: string): Promise<Build> {
    return this.builds.get(tenant, id);
  }

  @Operation({
    id: 'getBuildLog',
    permission: 'read',
    summary: 'Output of the build',
    answer: { media: ['text/plain'] },
  })
  @Get(':id/log')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  async log(@Tenant() tenant: string, @Param('id') id: string): Promise<StreamableFile> {
    const stream: Readable = await this.builds.log(tenant, id);
    return new StreamableFile(stream, { type: 'text/plain; charset=utf-8' });
  }
}
