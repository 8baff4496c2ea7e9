import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { SandboxProviderName } from '@showrunner/contracts';
import { DEFAULT_PROVIDER } from '@showrunner/service';
import { BuildReconciler } from './build-reconciler';
import { BuildWorkflows } from '@showrunner/service/build-workflows';
import { BuildsController, ProjectBuildsController, ProjectDetectionsController } from './builds.controller';
import { BuildsService } from './builds.service';

@Module({ controllers: [BuildsController, ProjectBuildsController, ProjectDetectionsController] })
export class BuildsModule {
  /** @param defaultProvider where apps are built when a request does not say */
  static of(defaultProvider: SandboxProviderName): DynamicModule {
    return {
      module: BuildsModule,
      providers: [
        { provide: DEFAULT_PROVIDER, useValue: defaultProvider },
        BuildReconciler,
        BuildWorkflows,
        BuildsService,
      ],
    };
  }
}
