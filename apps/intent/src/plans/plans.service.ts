import { Inject } from '@nestjs/common';
import type { PlanResource } from '@showrunner/contracts';
import type { Page, PageRequest, TenantDatabases } from '@showrunner/database';
import { DATABASE } from '@showrunner/service';

export class PlansService {
  constructor(@Inject(DATABASE) private readonly database: TenantDatabases) {}

  list(tenantId: string, page: PageRequest & { projectId?: string }): Promise<Page<PlanResource>> {
    return this.database.forTenant(tenantId).plans.list(page);
  }

  get(tenantId: string, id: string): Promise<PlanResource> {
    return this.database.forTenant(tenantId).plans.get(id);
  }
}
