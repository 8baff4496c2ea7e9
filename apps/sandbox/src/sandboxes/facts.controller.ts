import { Body, Controller, Get, Inject, Param, Put } from '@nestjs/common';
import {
  EgressLogSchema,
  monthOf,
  NetworkAnswerSchema,
  RequestedNetworkSchema,
  SandboxMetricsSchema,
  SandboxUsageSchema,
  TenantUsageSchema,
} from '@showrunner/contracts';
import type { EgressDecision, NetworkPolicy, SandboxMetrics, SandboxUsage } from '@showrunner/contracts';
import type { TenantDatabases } from '@showrunner/database';
import { Operation, Tag } from '@showrunner/openapi';
import { DATABASE, Tenant } from '@showrunner/service';
import type { z } from 'zod';
import { SandboxAccess } from './sandbox-access';
import { SANDBOX_OPTIONS } from './sandbox-options';
import type { SandboxOptions } from './sandbox-options';

/** What may leave a sandbox and what did, what it uses and costs. */
@Tag('sandboxes')
@Controller('api/sandboxes/:id')
export class SandboxFactsController {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(SandboxAccess) private readonly sandboxes: SandboxAccess,
  ) {}

  /** Changes what may leave it, at once, for open connections too. */
  @Operation({
    id: 'setSandboxNetwork',
    permission: 'sandbox',
    summary: 'Change what may leave it, at once',
    answer: NetworkAnswerSchema,
    problems: [409, 410, 422],
  })
  @Put('network')
  async setNetwork(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Body({ schema: RequestedNetworkSchema }) network: z.infer<typeof RequestedNetworkSchema>,
  ): Promise<{ network: NetworkPolicy }> {
    await this.sandboxes.change(tenant, id, (sandbox) => sandbox.setNetwork(network));
    await this.database.forTenant(tenant).sandboxes.setNetwork(id, network);
    return { network };
  }

  /** The latest decisions about traffic out of it, oldest first. */
  @Operation({
    id: 'getSandboxEgress',
    permission: 'read',
    summary: 'The latest decisions about traffic out of it',
    answer: EgressLogSchema,
    problems: [409, 410],
  })
  @Get('egress')
  async egress(@Tenant() tenant: string, @Param('id') id: string): Promise<{ data: EgressDecision[] }> {
    const { sandbox } = await this.sandboxes.resolve(tenant, id);
    return { data: await sandbox.egressLog() };
  }

  @Operation({
    id: 'getSandboxMetrics',
    permission: 'read',
    summary: 'Processor, memory, disk and network that it uses',
    answer: SandboxMetricsSchema,
    problems: [409, 410],
  })
  @Get('metrics')
  async metrics(@Tenant() tenant: string, @Param('id') id: string): Promise<SandboxMetrics> {
    return (await this.sandboxes.resolve(tenant, id)).sandbox.metrics();
  }

  /** Use and cost up to now; of destroyed sandboxes too. */
  @Operation({
    id: 'getSandboxUsage',
    permission: 'read',
    summary: 'What it used up to now, a second, and what that costs',
    answer: SandboxUsageSchema,
  })
  @Get('usage')
  async usage(@Tenant() tenant: string, @Param('id') id: string): Promise<SandboxUsage> {
    await this.sandboxes.record(tenant, id);
    return this.database.forTenant(tenant).sandboxUsage.ofSandbox(id);
  }
}

const MINUTE_MS = 60_000;

/** What a tenant used in this calendar month (UTC), and what it may. */
@Tag('sandboxes')
@Controller('api/usage')
export class TenantUsageController {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
  ) {}

  @Operation({
    id: 'getUsage',
    permission: 'read',
    summary: 'What all of your sandboxes and runs used this month, and what they may',
    answer: TenantUsageSchema,
  })
  @Get()
  async get(@Tenant() tenantId: string) {
    const { sandboxUsage, modelCalls, runs, tenants } = this.database.forTenant(tenantId);
    const month = monthOf(Date.now());
    const tenant = await tenants.ensure(tenantId);
    return {
      tenantId,
      month: await sandboxUsage.ofTenant(tenantId, month),
      llm: await modelCalls.ofTenant(month),
      budgetUsd: tenant.budgetUsd ?? this.options.tenantBudgetUsd ?? null,
      maxSandboxes: tenant.maxSandboxes ?? this.options.tenantMaxSandboxes,
      creationsPerMinute: tenant.creationsPerMinute ?? this.options.tenantCreationsPerMinute,
      runs: {
        unfinished: await runs.countUnfinished(),
        maxUnfinished: tenant.maxRuns ?? this.options.tenantMaxRuns,
        inLastMinute: await runs.countSince(new Date(Date.now() - MINUTE_MS)),
        perMinute: tenant.runsPerMinute ?? this.options.tenantRunsPerMinute,
        inMonth: await runs.countSince(month),
      },
    };
  }
}
