import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CreateProjectSchema, PageQuerySchema } from '@showrunner/contracts';
import type { Project, ProjectWithPreview } from '@showrunner/contracts';
import type { Page, PageRequest } from '@showrunner/database';
import { parseInput } from '@showrunner/service';
import type { Request, Response } from 'express';
import { ProjectsService } from './projects.service';

@Controller('api/projects')
export class ProjectsController {
  constructor(@Inject(ProjectsService) private readonly projects: ProjectsService) {}

  /** A Git source as JSON, or an archive as multipart. */
  @Post()
  async create(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<Project> {
    const project =
      request.is('multipart/form-data') === false
        ? await this.projects.createFromGit(parseInput(CreateProjectSchema, request.body))
        : await this.projects.createFromArchive(request);
    response.location(`/api/projects/${project.id}`);
    return project;
  }

  @Get()
  list(@Query({ schema: PageQuerySchema }) page: PageRequest): Promise<Page<Project>> {
    return this.projects.list(page);
  }

  @Get(':id')
  get(@Param('id') id: string): Promise<ProjectWithPreview> {
    return this.projects.get(id);
  }

  @Delete(':id')
  @HttpCode(204)
  delete(@Param('id') id: string): Promise<void> {
    return this.projects.delete(id);
  }
}
