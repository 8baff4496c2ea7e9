import { Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnModuleDestroy } from '@nestjs/common';
import { Idempotency } from '@showrunner/service';
import { AgentsController } from '../agents/agents.controller';
import { AgentsService } from '../agents/agents.service';
import { Executions } from '../agents/executions.service';
import { BuildWorkflows } from '@showrunner/service/build-workflows';
import { GeneratedController } from '../generated/generated.controller';
import { GeneratedService } from '../generated/generated.service';
import { ExecController } from './exec.controller';
import { SandboxFactsController, TenantUsageController } from './facts.controller';
import { FilesController } from './files.controller';
import { GitController } from './git.controller';
import { InterpreterController } from './interpreter.controller';
import { MaintenanceController } from '../maintenance/maintenance.controller';
import { MigrationsService } from '../maintenance/migrations.service';
import { OwnSandboxStreams } from '../streams/own-sandbox-streams';
import { PreviewsController } from './previews.controller';
import { SandboxAccess } from './sandbox-access';
import { SANDBOX_OPTIONS } from './sandbox-options';
import type { SandboxOptions } from './sandbox-options';
import { SandboxProviders } from './sandbox-providers';
import type { OpenProvider } from './sandbox-providers';
import { SandboxQueue } from './sandbox-queue';
import { SandboxRequests } from './sandbox-requests';
import { SandboxWorkflows } from './sandbox-workflows';
import { SandboxesController } from './sandboxes.controller';
import { SandboxesService } from './sandboxes.service';

/**
 * Sandboxes of requests. Their life is kept by workflows; what is done inside of a running one, commands and files, is done by this process
 * itself through the provider, streamed.
 */
@Module({
  controllers: [
    SandboxesController,
    ExecController,
    FilesController,
    GitController,
    InterpreterController,
    SandboxFactsController,
    TenantUsageController,
    GeneratedController,
    AgentsController,
    MaintenanceController,
    PreviewsController,
  ],
})
export class SandboxesModule implements OnModuleDestroy {
  constructor(@Inject(SandboxProviders) private readonly providers: SandboxProviders) {}

  static of(options: SandboxOptions, open: OpenProvider): DynamicModule {
    return {
      module: SandboxesModule,
      providers: [
        { provide: SANDBOX_OPTIONS, useValue: options },
        { provide: SandboxProviders, useValue: new SandboxProviders(open) },
        SandboxAccess,
        SandboxQueue,
        SandboxRequests,
        SandboxWorkflows,
        SandboxesService,
        BuildWorkflows,
        Idempotency,
        GeneratedService,
        AgentsService,
        Executions,
        MigrationsService,
        OwnSandboxStreams,
      ],
      exports: [SandboxAccess],
    };
  }

  async onModuleDestroy(): Promise<void> {
    await this.providers.close();
  }
}
