import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { MaintainQuerySchema, MigrationQuerySchema } from '@showrunner/contracts';
import type { Migration, SandboxResource, WatchedProviders } from '@showrunner/contracts';
import type { Database, Page } from '@showrunner/database';
import { DATABASE, Tenant } from '@showrunner/service';
import type { z } from 'zod';
import { toResource } from '../sandboxes/sandbox-resource';
import { SandboxesService } from '../sandboxes/sandboxes.service';
import { MigrationsService } from './migrations.service';
import type { PlannedMove } from './migrations.service';
import { requireOperator } from './operator';

/** What an operator does with the sandboxes of all tenants (requirement 2.12). */
@Controller('api/maintenance/sandboxes')
export class MaintenanceController {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(SandboxesService) private readonly sandboxes: SandboxesService,
    @Inject(MigrationsService) private readonly migrations: MigrationsService,
  ) {}

  @Get()
  async list(
    @Tenant() tenant: string,
    @Query({ schema: MaintainQuerySchema }) query: z.infer<typeof MaintainQuerySchema>,
  ): Promise<Page<SandboxResource>> {
    requireOperator(tenant);
    const { data, nextCursor } = await this.database.sandboxes.list(query);
    return { data: data.map((record) => toResource(record, null)), nextCursor };
  }

  @Get('providers')
  async providers(@Tenant() tenant: string): Promise<WatchedProviders> {
    requireOperator(tenant);
    return { data: await this.migrations.watched() };
  }

  @Get('migration')
  async plan(
    @Tenant() tenant: string,
    @Query({ schema: MigrationQuerySchema }) migration: Migration,
  ): Promise<{ data: PlannedMove[] }> {
    requireOperator(tenant);
    return { data: await this.migrations.plan(migration) };
  }

  @Post(':id/archive')
  @HttpCode(202)
  async archive(@Tenant() tenant: string, @Param('id') id: string): Promise<SandboxResource> {
    return this.sandboxes.want(await this.ownerOf(tenant, id), id, 'archived');
  }

  @Post(':id/delete')
  @HttpCode(202)
  async remove(@Tenant() tenant: string, @Param('id') id: string): Promise<SandboxResource> {
    return this.sandboxes.want(await this.ownerOf(tenant, id), id, 'destroyed');
  }

  @Post(':id/migrate')
  @HttpCode(200)
  async migrate(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Query({ schema: MigrationQuerySchema }) migration: Migration,
  ): Promise<{ id: string; files: number }> {
    requireOperator(tenant);
    return this.migrations.move(id, migration);
  }

  private async ownerOf(tenant: string, id: string): Promise<string> {
    requireOperator(tenant);
    return (await this.database.sandboxes.get(id)).tenantId;
  }
}
