import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  CreateArchiveProjectSchema,
  CreateProjectSchema,
  CreatePromptProjectSchema,
  CreateTemplateProjectSchema,
  pageOf,
  PageQuerySchema,
  ProjectSchema,
  ProjectWithPreviewSchema,
} from '@showrunner/contracts';
import type { Project, ProjectWithPreview } from '@showrunner/contracts';
import type { Page, PageRequest } from '@showrunner/database';
import { Operation, Tag } from '@showrunner/openapi';
import { parseInput, Tenant } from '@showrunner/service';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { ProjectsService } from './projects.service';

/** What `createFromArchive` reads, part by part. */
const ArchiveFormSchema = z.object({
  project: CreateArchiveProjectSchema.optional(),
  archive: z.string().meta({ format: 'binary', description: 'zip, tar or tar.gz of at most 100 MB' }),
});

/** Of a prompt: also how its app is written and where it is shown. */
const CreatedProjectSchema = ProjectSchema.extend(ProjectWithPreviewSchema.partial().shape).extend(
  ProjectSchema.shape,
);

@Tag('projects')
@Controller('api/projects')
export class ProjectsController {
  constructor(@Inject(ProjectsService) private readonly projects: ProjectsService) {}

  /** A Git source, a template or a prompt as JSON, or an archive as multipart. */
  @Operation({
    id: 'createProject',
    permission: 'write',
    needsDisk: true,
    summary: 'Create a project of a Git repository, an archive, a template or a prompt',
    body: {
      json: z.union([CreateProjectSchema, CreateTemplateProjectSchema, CreatePromptProjectSchema]),
      multipart: ArchiveFormSchema,
    },
    answer: CreatedProjectSchema,
    problems: [422, 503],
  })
  @Post()
  async create(
    @Tenant() tenant: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Project> {
    const project =
      request.is('multipart/form-data') === false
        ? await this.createFromJson(tenant, request.body)
        : await this.projects.createFromArchive(tenant, request);
    response.location(`/api/projects/${project.id}`);
    return project;
  }

  /** Which of the bodies it is, says the member that only one of them has: what is wrong with it is told of that one alone. */
  private createFromJson(tenant: string, body: unknown): Promise<Project> {
    if (has(body, 'prompt'))
      return this.projects.createFromPrompt(tenant, parseInput(CreatePromptProjectSchema, body));
    return has(body, 'template')
      ? this.projects.createFromTemplate(tenant, parseInput(CreateTemplateProjectSchema, body))
      : this.projects.createFromGit(tenant, parseInput(CreateProjectSchema, body));
  }

  @Operation({
    id: 'listProjects',
    permission: 'read',
    summary: 'Projects, newest first',
    answer: pageOf(ProjectSchema),
  })
  @Get()
  list(
    @Tenant() tenant: string,
    @Query({ schema: PageQuerySchema }) page: PageRequest,
  ): Promise<Page<Project>> {
    return this.projects.list(tenant, page);
  }

  @Operation({ id: 'getProject', permission: 'read', summary: 'A project', answer: ProjectWithPreviewSchema })
  @Get(':id')
  get(@Tenant() tenant: string, @Param('id') id: string): Promise<ProjectWithPreview> {
    return this.projects.get(tenant, id);
  }

  @Operation({
    id: 'deleteProject',
    permission: 'write',
    summary: 'Delete a project with its upload, runs, plans and films',
    answer: null,
    problems: [409],
  })
  @Delete(':id')
  @HttpCode(204)
  delete(@Tenant() tenant: string, @Param('id') id: string): Promise<void> {
    return this.projects.delete(tenant, id);
  }
}

const has = (body: unknown, member: string): boolean =>
  typeof body === 'object' && body !== null && member in body;
