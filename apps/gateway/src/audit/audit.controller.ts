import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import { AuditEntrySchema, AuditQuerySchema, pageOf } from '@showrunner/contracts';
import type { AuditEntryResource, AuditQuery } from '@showrunner/contracts';
import type { Database, Page } from '@showrunner/database';
import { Operation, Tag } from '@showrunner/openapi';
import { PLATFORM_DATABASE, requirePermission, Tenant } from '@showrunner/service';
import type { Request } from 'express';

/** Who did what. */
@Tag('tenants and keys')
@Controller('api/audit')
export class AuditController {
  constructor(@Inject(PLATFORM_DATABASE) private readonly database: Database) {}

  /** Of the own tenant; operators may name another one, or all of them by `*`. */
  @Operation({
    id: 'listAudit',
    permission: 'manage',
    summary: 'Requests that may have changed something, newest first: who made them, and how they ended',
    answer: pageOf(AuditEntrySchema),
  })
  @Get()
  list(
    @Tenant() ownTenant: string,
    @Query({ schema: AuditQuerySchema }) { tenantId = ownTenant, apiKeyId, userId, ...page }: AuditQuery,
    @Req() request: Request,
  ): Promise<Page<AuditEntryResource>> {
    if (tenantId !== ownTenant) requirePermission(request, 'operate');
    return this.database.audit.list(
      {
        ...(tenantId === '*' ? {} : { tenantId }),
        ...(apiKeyId === undefined ? {} : { apiKeyId }),
        ...(userId === undefined ? {} : { userId }),
      },
      page,
    );
  }
}
