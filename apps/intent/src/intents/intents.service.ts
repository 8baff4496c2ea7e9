import { Inject } from '@nestjs/common';
import type { CreateIntent, Intent } from '@showrunner/contracts';
import { newIntentId } from '@showrunner/contracts';
import type { Page, PageRequest, TenantDatabases } from '@showrunner/database';
import { DATABASE } from '@showrunner/service';

export class IntentsService {
  constructor(@Inject(DATABASE) private readonly database: TenantDatabases) {}

  /** @throws {NotFoundError} when there is no such project */
  async create(tenantId: string, { projectId, text }: CreateIntent): Promise<Intent> {
    const { intents, projects } = this.database.forTenant(tenantId);
    await projects.get(projectId);
    return intents.create({ id: newIntentId(), projectId, text });
  }

  list(tenantId: string, page: PageRequest & { projectId?: string }): Promise<Page<Intent>> {
    return this.database.forTenant(tenantId).intents.list(page);
  }

  get(tenantId: string, id: string): Promise<Intent> {
    return this.database.forTenant(tenantId).intents.get(id);
  }
}
