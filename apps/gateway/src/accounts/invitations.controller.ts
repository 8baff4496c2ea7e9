import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import {
  CreatedInvitationSchema,
  CreateInvitationSchema,
  InvitationSchema,
  ROLE_PERMISSIONS,
} from '@showrunner/contracts';
import type { CreatedInvitation, CreateInvitation, InvitationResource } from '@showrunner/contracts';
import type { Database, TenantDatabases } from '@showrunner/database';
import { listOf, Operation, Tag } from '@showrunner/openapi';
import { DATABASE, hasPermission, PLATFORM_DATABASE, requirePermission, Tenant } from '@showrunner/service';
import type { Request } from 'express';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Links by which people join the tenant of who asks. */
@Tag('people')
@Controller('api/invitations')
export class InvitationsController {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(PLATFORM_DATABASE) private readonly platform: Database,
  ) {}

  /** Nobody invites to what he may not do himself, and to another tenant operators alone. The address is in this answer and nowhere else. */
  @Operation({
    id: 'createInvitation',
    permission: 'manage',
    summary: 'A link by which one person joins this tenant, once and until its end',
    answer: CreatedInvitationSchema,
    problems: [404],
  })
  @Post()
  async create(
    @Tenant() ownTenant: string,
    @Req() request: Request,
    @Body({ schema: CreateInvitationSchema })
    { role, mail, tenantId = ownTenant, expiresInDays }: CreateInvitation,
  ): Promise<CreatedInvitation> {
    if (!hasPermission(request, 'operate')) {
      if (tenantId !== ownTenant) requirePermission(request, 'operate');
      for (const permission of ROLE_PERMISSIONS[role]) requirePermission(request, permission);
    }
    await this.platform.tenants.get(tenantId);
    const { token, ...invitation } = await this.platform.invitations.create(tenantId, {
      role,
      mail: mail?.toLowerCase(),
      lastsMs: expiresInDays * DAY_MS,
    });
    return { ...invitation, path: `/studio/join#${token}` };
  }

  @Operation({
    id: 'listInvitations',
    permission: 'manage',
    summary: 'Invitations to this tenant, newest first, with those that are used or withdrawn',
    answer: listOf(InvitationSchema),
  })
  @Get()
  async list(@Tenant() tenantId: string): Promise<{ data: InvitationResource[] }> {
    return { data: await this.database.forTenant(tenantId).invitations.list(tenantId) };
  }

  /** A second time changes nothing. */
  @Operation({
    id: 'revokeInvitation',
    permission: 'manage',
    summary: 'Withdraw an invitation: its link opens nothing any more',
    answer: null,
  })
  @Delete(':id')
  @HttpCode(204)
  async revoke(@Tenant() tenantId: string, @Param('id') id: string): Promise<void> {
    const { invitations } = this.database.forTenant(tenantId);
    await invitations.get(id);
    await invitations.revoke(id);
  }
}
