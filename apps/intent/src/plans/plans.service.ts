import { Inject } from '@nestjs/common';
import type { PlanResource } from '@showrunner/contracts';
import type { Database, Page, PageRequest } from '@showrunner/database';
import { DATABASE } from '@showrunner/service';

export class PlansService {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  list(page: PageRequest & { projectId?: string }): Promise<Page<PlanResource>> {
    return this.database.plans.list(page);
  }

  get(id: string): Promise<PlanResource> {
    return this.database.plans.get(id);
  }
}
