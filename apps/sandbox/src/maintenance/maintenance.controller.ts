import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import {
  MaintainQuerySchema,
  MigratedSchema,
  MigrationPlanSchema,
  MigrationQuerySchema,
  pageOf,
  SandboxResourceSchema,
  WatchedProvidersSchema,
} from '@showrunner/contracts';
import type { Migration, SandboxResource, WatchedProviders } from '@showrunner/contracts';
import type { Database, Page } from '@showrunner/database';
import { Operation, Tag } from '@showrunner/openapi';
import { PLATFORM_DATABASE } from '@showrunner/service';
import { z } from 'zod';
import { toResource } from '../sandboxes/sandbox-resource';
import { SandboxesService } from '../sandboxes/sandboxes.service';
import { MigrationsService } from './migrations.service';
import type { PlannedMove } from './migrations.service';

const DeleteQuerySchema = z.object({
  abandon: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe(
      'Counts as deleted from now on, without its provider being asked; what is left there is yours to remove.',
    ),
});

/** What an operator does with the sandboxes of all tenants (requirement 2.12). */
@Tag('maintenance')
@Controller('api/maintenance/sandboxes')
export class MaintenanceController {
  constructor(
    @Inject(PLATFORM_DATABASE) private readonly database: Database,
    @Inject(SandboxesService) private readonly sandboxes: SandboxesService,
    @Inject(MigrationsService) private readonly migrations: MigrationsService,
  ) {}

  @Operation({
    id: 'listAllSandboxes',
    permission: 'operate',
    summary: 'Sandboxes of every tenant, newest first; for operators',
    answer: pageOf(SandboxResourceSchema),
    problems: [403],
  })
  @Get()
  async list(
    @Query({ schema: MaintainQuerySchema }) query: z.infer<typeof MaintainQuerySchema>,
  ): Promise<Page<SandboxResource>> {
    const { data, nextCursor } = await this.database.sandboxes.list(query);
    return { data: data.map((record) => toResource(record, null)), nextCursor };
  }

  @Operation({
    id: 'listWatchedProviders',
    permission: 'operate',
    summary: 'Where sandboxes are recorded, and whether the platform reaches them there; for operators',
    answer: WatchedProvidersSchema,
    problems: [403],
  })
  @Get('providers')
  async providers(): Promise<WatchedProviders> {
    return { data: await this.migrations.watched() };
  }

  @Operation({
    id: 'planMigration',
    permission: 'operate',
    summary: 'What a migration between providers has to do; changes nothing',
    answer: MigrationPlanSchema,
    problems: [403, 409, 422],
  })
  @Get('migration')
  async plan(
    @Query({ schema: MigrationQuerySchema }) migration: Migration,
  ): Promise<{ data: PlannedMove[] }> {
    return { data: await this.migrations.plan(migration) };
  }

  @Operation({
    id: 'archiveAnySandbox',
    permission: 'operate',
    summary: 'Archive a sandbox of any tenant',
    answer: SandboxResourceSchema,
    problems: [403, 409, 422],
  })
  @Post(':id/archive')
  @HttpCode(202)
  async archive(@Param('id') id: string): Promise<SandboxResource> {
    return this.sandboxes.want(await this.ownerOf(id), id, 'archived');
  }

  @Operation({
    id: 'deleteAnySandbox',
    permission: 'operate',
    summary: 'Delete a sandbox of any tenant; or give up one that its provider does not delete',
    answer: SandboxResourceSchema,
    problems: [403, 409, 422],
  })
  @Post(':id/delete')
  @HttpCode(202)
  async remove(
    @Param('id') id: string,
    @Query({ schema: DeleteQuerySchema }) { abandon }: z.infer<typeof DeleteQuerySchema>,
  ): Promise<SandboxResource> {
    const owner = await this.ownerOf(id);
    return abandon ? this.sandboxes.abandon(owner, id) : this.sandboxes.want(owner, id, 'destroyed');
  }

  @Operation({
    id: 'migrateSandbox',
    permission: 'operate',
    summary: 'Move a sandbox to another provider, with its files',
    answer: MigratedSchema,
    problems: [403, 409, 422],
  })
  @Post(':id/migrate')
  @HttpCode(200)
  async migrate(
    @Param('id') id: string,
    @Query({ schema: MigrationQuerySchema }) migration: Migration,
  ): Promise<z.infer<typeof MigratedSchema>> {
    return this.migrations.move(id, migration);
  }

  private async ownerOf(id: string): Promise<string> {
    return (await this.database.sandboxes.get(id)).tenantId;
  }
}
