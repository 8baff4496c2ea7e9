import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Res } from '@nestjs/common';
import { AppError, ChangeTenantSchema, CreateTenantSchema, TenantSchema } from '@showrunner/contracts';
import type { ChangeTenant, CreateTenant, TenantResource } from '@showrunner/contracts';
import { DEFAULT_TENANT } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { listOf, Operation, Tag } from '@showrunner/openapi';
import { PLATFORM_DATABASE } from '@showrunner/service';
import { Deletions } from '@showrunner/service/deletions';
import type { Response } from 'express';

/** Who owns what there is; for operators. */
@Tag('tenants and keys')
@Controller('api/tenants')
export class TenantsController {
  constructor(
    @Inject(PLATFORM_DATABASE) private readonly database: Database,
    @Inject(Deletions) private readonly deletions: Deletions,
  ) {}

  @Operation({
    id: 'createTenant',
    permission: 'operate',
    summary: 'Make a tenant: one who sees nothing of what is another’s',
    answer: TenantSchema,
    problems: [409],
  })
  @Post()
  async create(
    @Body({ schema: CreateTenantSchema }) { id, ...limits }: CreateTenant,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TenantResource> {
    const made = await this.database.tenants.create(id, limits);
    if (made === null) {
      throw new AppError('tenant_exists', `There is a tenant "${id}" already.`, {
        status: 409,
        remedy: 'Choose another name, or change the one that is there: PATCH /api/tenants/{id}.',
      });
    }
    response.location(`/api/tenants/${id}`);
    return made;
  }

  @Operation({
    id: 'listTenants',
    permission: 'operate',
    summary: 'Tenants, oldest first',
    answer: listOf(TenantSchema),
  })
  @Get()
  async list(): Promise<{ data: TenantResource[] }> {
    return { data: await this.database.tenants.list() };
  }

  @Operation({ id: 'getTenant', permission: 'operate', summary: 'A tenant', answer: TenantSchema })
  @Get(':id')
  get(@Param('id') id: string): Promise<TenantResource> {
    return this.database.tenants.get(id);
  }

  /** Null: what the settings say. */
  @Operation({
    id: 'changeTenant',
    permission: 'operate',
    summary: 'Change what a tenant may use',
    answer: TenantSchema,
  })
  @Patch(':id')
  async change(
    @Param('id') id: string,
    @Body({ schema: ChangeTenantSchema }) limits: ChangeTenant,
  ): Promise<TenantResource> {
    await this.database.tenants.get(id);
    await this.database.tenants.setLimits(id, limits);
    return this.database.tenants.get(id);
  }

  /** Its keys end at once; its sandboxes are destroyed, and everything that was its own follows. */
  @Operation({
    id: 'deleteTenant',
    permission: 'operate',
    summary: 'Delete a tenant with its keys, projects, films and sandboxes',
    answer: null,
    problems: [409],
  })
  @Delete(':id')
  @HttpCode(204)
  async delete(@Param('id') id: string): Promise<void> {
    if (id === DEFAULT_TENANT) {
      throw new AppError(
        'tenant_is_default',
        'The tenant "default" cannot be deleted: it owns what nobody said otherwise about.',
        { status: 409, remedy: 'Delete its projects instead: DELETE /api/projects/{id}.' },
      );
    }
    await this.deletions.begin(await this.database.transaction((tx) => tx.deletions.deleteTenant(id)));
  }
}
