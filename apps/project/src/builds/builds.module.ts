import { Module } from '@nestjs/common';
import { BuildReconciler } from './build-reconciler';
import { BuildWorkflows } from './build-workflows';
import { BuildsController, ProjectBuildsController, ProjectDetectionsController } from './builds.controller';
import { BuildsService } from './builds.service';

@Module({
  controllers: [BuildsController, ProjectBuildsController, ProjectDetectionsController],
  providers: [BuildReconciler, BuildWorkflows, BuildsService],
})
export class BuildsModule {}
