import { Module } from '@nestjs/common';
import { BuildsController, ProjectBuildsController } from './builds.controller';
import { BuildsService } from './builds.service';

@Module({ controllers: [BuildsController, ProjectBuildsController], providers: [BuildsService] })
export class BuildsModule {}
