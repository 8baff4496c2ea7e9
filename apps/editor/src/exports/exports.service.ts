import { Inject } from '@nestjs/common';
import type { Export } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { DATABASE } from '@showrunner/service';

export class ExportsService {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  get(id: string): Promise<Export> {
    return this.database.exports.get(id);
  }
}
