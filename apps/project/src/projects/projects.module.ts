import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { Deletions } from '@showrunner/service/deletions';
import { ArchiveUploads } from '../uploads/archive-uploads';
import { ProjectsController } from './projects.controller';
import { PROJECT_OPTIONS, ProjectsService } from './projects.service';
import type { ProjectOptions } from './projects.service';

@Module({ controllers: [ProjectsController] })
export class ProjectsModule {
  static of(options: ProjectOptions): DynamicModule {
    return {
      module: ProjectsModule,
      providers: [
        ProjectsService,
        ArchiveUploads,
        Deletions,
        { provide: PROJECT_OPTIONS, useValue: options },
      ],
    };
  }
}
