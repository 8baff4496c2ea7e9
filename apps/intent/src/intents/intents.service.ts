import { Inject } from '@nestjs/common';
import type { CreateIntent, Intent } from '@showrunner/contracts';
import { newIntentId } from '@showrunner/contracts';
import type { Database, Page, PageRequest } from '@showrunner/database';
import { DATABASE } from '@showrunner/service';

export class IntentsService {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** @throws {NotFoundError} when there is no such project */
  async create({ projectId, text }: CreateIntent): Promise<Intent> {
    await this.database.projects.get(projectId);
    return this.database.intents.create({ id: newIntentId(), projectId, text });
  }

  list(page: PageRequest & { projectId?: string }): Promise<Page<Intent>> {
    return this.database.intents.list(page);
  }

  get(id: string): Promise<Intent> {
    return this.database.intents.get(id);
  }
}
