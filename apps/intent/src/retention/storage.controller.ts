import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { StorageReportSchema } from '@showrunner/contracts';
import type { StorageReport } from '@showrunner/contracts';
import { Operation, Tag } from '@showrunner/openapi';
import { StorageRounds } from './storage-rounds';

/** What is stored, of all tenants; for operators. */
@Tag('maintenance')
@Controller('api/maintenance/storage')
export class StorageController {
  constructor(@Inject(StorageRounds) private readonly rounds: StorageRounds) {}

  @Operation({
    id: 'getStorage',
    permission: 'operate',
    summary: 'What is stored, its limits, and what clearing away would delete; changes nothing',
    answer: StorageReportSchema,
  })
  @Get()
  get(): Promise<StorageReport> {
    return this.rounds.report();
  }

  @Operation({
    id: 'pruneStorage',
    permission: 'operate',
    summary: 'Delete the runs that are over a limit, and objects that belong to nothing',
    answer: StorageReportSchema,
  })
  @Post('prune')
  @HttpCode(200)
  prune(): Promise<StorageReport> {
    return this.rounds.prune();
  }
}
