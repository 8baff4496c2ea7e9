import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { DEFAULT_PROVIDER } from '@showrunner/service';
import { Deletions } from '@showrunner/service/deletions';
import { GenerationsService } from '../generations/generations.service';
import { TemplatesController } from '../templates/templates.controller';
import { TemplatesService } from '../templates/templates.service';
import { ArchiveUploads } from '../uploads/archive-uploads';
import { ProjectsController } from './projects.controller';
import { PROJECT_OPTIONS, ProjectsService } from './projects.service';
import type { ProjectOptions } from './projects.service';
import { WrittenArchives } from './written-archives';

@Module({ controllers: [ProjectsController, TemplatesController] })
export class ProjectsModule {
  static of(options: ProjectOptions): DynamicModule {
    return {
      module: ProjectsModule,
      providers: [
        ProjectsService,
        ArchiveUploads,
        Deletions,
        WrittenArchives,
        GenerationsService,
        { provide: DEFAULT_PROVIDER, useValue: options.defaultProvider },
        { provide: TemplatesService, useValue: new TemplatesService(options.templates) },
        { provide: PROJECT_OPTIONS, useValue: options },
      ],
    };
  }
}
