import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiKeySchema, CreateApiKeySchema, CreatedApiKeySchema, TenantIdSchema } from '@showrunner/contracts';
import type { ApiKeyResource, CreateApiKey, CreatedApiKey } from '@showrunner/contracts';
import { newApiKey } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { listOf, Operation, Tag } from '@showrunner/openapi';
import { PLATFORM_DATABASE, Tenant } from '@showrunner/service';
import { z } from 'zod';

const DAY_MS = 24 * 60 * 60 * 1000;
const QuerySchema = z.object({ tenantId: TenantIdSchema.optional() });

/** Keys of all tenants; for operators. */
@Tag('tenants and keys')
@Controller('api/keys')
export class KeysController {
  constructor(@Inject(PLATFORM_DATABASE) private readonly database: Database) {}

  /** The key itself is in this answer and nowhere else. */
  @Operation({
    id: 'createKey',
    permission: 'operate',
    summary: 'Make an API key; it is shown this once',
    answer: CreatedApiKeySchema,
    problems: [404],
  })
  @Post()
  async create(
    @Tenant() ownTenant: string,
    @Body({ schema: CreateApiKeySchema }) { name, permissions, ...wanted }: CreateApiKey,
  ): Promise<CreatedApiKey> {
    const { tenantId = ownTenant, expiresInDays } = wanted;
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
    permission: 'operate',
    summary: 'API keys by their first characters, oldest first',
    answer: listOf(ApiKeySchema),
  })
  @Get()
  async list(
    @Query({ schema: QuerySchema }) query: z.infer<typeof QuerySchema>,
  ): Promise<{ data: ApiKeyResource[] }> {
    return { data: await this.database.apiKeys.list(query.tenantId) };
  }

  @Operation({ id: 'getKey', permission: 'operate', summary: 'An API key', answer: ApiKeySchema })
  @Get(':id')
  get(@Param('id') id: string): Promise<ApiKeyResource> {
    return this.database.apiKeys.get(id);
  }

  /** Every gateway refuses it from then on, and what streams in its name ends. A second time changes nothing. */
  @Operation({
    id: 'revokeKey',
    permission: 'operate',
    summary: 'Revoke an API key at once; what streams in its name ends',
    answer: null,
  })
  @Delete(':id')
  @HttpCode(204)
  async revoke(@Param('id') id: string): Promise<void> {
    await this.database.apiKeys.get(id);
    await this.database.apiKeys.revoke(id);
  }
}
