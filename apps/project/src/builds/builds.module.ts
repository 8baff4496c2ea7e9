import { Module } from '@nestjs/common';
import { BuildReconciler } from './build-reconciler';
import { BuildWorkflows } from './build-workflows';
import { BuildsController, ProjectBuildsController } from './builds.controller';
import { BuildsService } from './builds.service';

@Module({
  controllers: [BuildsController, ProjectBuildsController],
  providers: [BuildReconciler, BuildWorkflows, BuildsService],
})
export class BuildsModule {}
