import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Req } from '@nestjs/common';
import { ChangeMemberSchema, MemberSchema, NotFoundError, ROLE_PERMISSIONS } from '@showrunner/contracts';
import type { ChangeMember, MemberResource } from '@showrunner/contracts';
import type { TenantDatabases } from '@showrunner/database';
import { listOf, Operation, Tag } from '@showrunner/openapi';
import { DATABASE, requirePermission, Tenant } from '@showrunner/service';
import type { Request } from 'express';

/** People of the tenant of who asks. */
@Tag('people')
@Controller('api/members')
export class MembersController {
  constructor(@Inject(DATABASE) private readonly database: TenantDatabases) {}

  @Operation({
    id: 'listMembers',
    permission: 'manage',
    summary: 'People of this tenant, with what they may do',
    answer: listOf(MemberSchema),
  })
  @Get()
  async list(@Tenant() tenantId: string): Promise<{ data: MemberResource[] }> {
    return { data: await this.database.forTenant(tenantId).memberships.ofTenant(tenantId) };
  }

  /** Whose role changes signs in anew. Nobody gives or takes what he may not do himself. */
  @Operation({
    id: 'changeMember',
    permission: 'manage',
    summary: 'Give a person another role in this tenant',
    answer: MemberSchema,
    problems: [409],
  })
  @Patch(':userId')
  async change(
    @Tenant() tenantId: string,
    @Req() request: Request,
    @Param('userId') userId: string,
    @Body({ schema: ChangeMemberSchema }) { role }: ChangeMember,
  ): Promise<MemberResource> {
    const before = await this.find(tenantId, userId);
    for (const permission of [...ROLE_PERMISSIONS[role], ...ROLE_PERMISSIONS[before.role]])
      requirePermission(request, permission);
    await this.database
      .forTenant(tenantId)
      .transaction(({ memberships }) => memberships.setRole(tenantId, userId, role));
    return { ...before, role };
  }

  /** What he made stays the tenant's. */
  @Operation({
    id: 'removeMember',
    permission: 'manage',
    summary: 'Take a person out of this tenant; his sessions in it end',
    answer: null,
    problems: [409],
  })
  @Delete(':userId')
  @HttpCode(204)
  async remove(
    @Tenant() tenantId: string,
    @Req() request: Request,
    @Param('userId') userId: string,
  ): Promise<void> {
    const { role } = await this.find(tenantId, userId);
    for (const permission of ROLE_PERMISSIONS[role]) requirePermission(request, permission);
    await this.database
      .forTenant(tenantId)
      .transaction(({ memberships }) => memberships.remove(tenantId, userId));
  }

  /** @throws {NotFoundError} */
  private async find(tenantId: string, userId: string): Promise<MemberResource> {
    const members = await this.database.forTenant(tenantId).memberships.ofTenant(tenantId);
    const found = members.find((one) => one.userId === userId);
    if (found === undefined) throw new NotFoundError('member', userId);
    return found;
  }
}
