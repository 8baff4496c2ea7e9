import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { pageOf, PageQuerySchema, PlanResourceSchema } from '@showrunner/contracts';
import type { PlanResource } from '@showrunner/contracts';
import type { Page } from '@showrunner/database';
import { Operation, Tag } from '@showrunner/openapi';
import { Tenant } from '@showrunner/service';
import { z } from 'zod';
import { PlansService } from './plans.service';

const QuerySchema = PageQuerySchema.extend({ projectId: z.string().optional() });

/** Plans are read here; they are made by runs and never changed. */
@Tag('plans')
@Controller('api/plans')
export class PlansController {
  constructor(@Inject(PlansService) private readonly plans: PlansService) {}

  @Operation({
    id: 'listPlans',
    permission: 'read',
    summary: 'Plans, newest first',
    answer: pageOf(PlanResourceSchema),
  })
  @Get()
  list(
    @Tenant() tenant: string,
    @Query({ schema: QuerySchema }) query: z.infer<typeof QuerySchema>,
  ): Promise<Page<PlanResource>> {
    return this.plans.list(tenant, query);
  }

  @Operation({
    id: 'getPlan',
    permission: 'read',
    summary: 'A plan with its hash',
    answer: PlanResourceSchema,
  })
  @Get(':id')
  get(@Tenant() tenant: string, @Param('id') id: string): Promise<PlanResource> {
    return this.plans.get(tenant, id);
  }
}
