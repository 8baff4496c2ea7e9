import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiKeySchema,
  CreateApiKeySchema,
  CreatedApiKeySchema,
  NotFoundError,
  OWN_PERMISSIONS,
  ROLE_PERMISSIONS,
  TenantIdSchema,
} from '@showrunner/contracts';
import type { ApiKeyResource, CreateApiKey, CreatedApiKey } from '@showrunner/contracts';
import { newApiKey } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { listOf, Operation, Tag } from '@showrunner/openapi';
import { hasPermission, PLATFORM_DATABASE, requirePermission, Tenant } from '@showrunner/service';
import type { Request } from 'express';
import { z } from 'zod';

const DAY_MS = 24 * 60 * 60 * 1000;
const QuerySchema = z.object({ tenantId: TenantIdSchema.optional() });

/** Keys of the own tenant, for who manages it; operators see and make those of all. */
@Tag('tenants and keys')
@Controller('api/keys')
export class KeysController {
  constructor(@Inject(PLATFORM_DATABASE) private readonly database: Database) {}

  /** The key itself is in this answer and nowhere else. Nobody can give what he may not do himself, or to another tenant, but operators. */
  @Operation({
    id: 'createKey',
    permission: 'manage',
    summary: 'Make an API key for a person or program, by role or permissions; it is shown this once',
    answer: CreatedApiKeySchema,
    problems: [404],
  })
  @Post()
  async create(
    @Tenant() ownTenant: string,
    @Req() request: Request,
    @Body({ schema: CreateApiKeySchema }) { name, role, ...wanted }: CreateApiKey,
  ): Promise<CreatedApiKey> {
    const { tenantId = ownTenant, expiresInDays } = wanted;
    const permissions = role === undefined ? (wanted.permissions ?? OWN_PERMISSIONS) : ROLE_PERMISSIONS[role];
    if (!hasPermission(request, 'operate')) {
      if (tenantId !== ownTenant) requirePermission(request, 'operate');
      for (const permission of permissions) requirePermission(request, permission);
    }
    await this.database.tenants.get(tenantId);
    const key = newApiKey();
    const record = await this.database.apiKeys.ensure(key, {
      name,
      tenantId,
      permissions,
      ...(expiresInDays === undefined ? {} : { expiresAt: new Date(Date.now() + expiresInDays * DAY_MS) }),
    });
    return { ...record, key };
  }

  /** Each by its first characters, with those that were revoked. */
  @Operation({
    id: 'listKeys',
    permission: 'manage',
    summary: 'API keys by their first characters, oldest first',
    answer: listOf(ApiKeySchema),
  })
  @Get()
  async list(
    @Tenant() ownTenant: string,
    @Req() request: Request,
    @Query({ schema: QuerySchema }) { tenantId }: z.infer<typeof QuerySchema>,
  ): Promise<{ data: ApiKeyResource[] }> {
    if (hasPermission(request, 'operate')) return { data: await this.database.apiKeys.list(tenantId) };
    if (tenantId !== undefined && tenantId !== ownTenant) requirePermission(request, 'operate');
    return { data: await this.database.apiKeys.list(ownTenant) };
  }

  @Operation({ id: 'getKey', permission: 'manage', summary: 'An API key', answer: ApiKeySchema })
  @Get(':id')
  async get(
    @Tenant() ownTenant: string,
    @Req() request: Request,
    @Param('id') id: string,
  ): Promise<ApiKeyResource> {
    const key = await this.database.apiKeys.get(id);
    if (key.tenantId === ownTenant || hasPermission(request, 'operate')) return key;
    throw new NotFoundError('API key', id);
  }

  /** Every gateway refuses it from then on, and what streams in its name ends. A second time changes nothing. */
  @Operation({
    id: 'revokeKey',
    permission: 'manage',
    summary: 'Revoke an API key at once; what streams in its name ends',
    answer: null,
  })
  @Delete(':id')
  @HttpCode(204)
  async revoke(@Tenant() ownTenant: string, @Req() request: Request, @Param('id') id: string): Promise<void> {
    const { permissions } = await this.get(ownTenant, request, id);
    // Nobody takes away what he could not have given.
    if (permissions.includes('operate')) requirePermission(request, 'operate');
    await this.database.apiKeys.revoke(id);
  }
}
