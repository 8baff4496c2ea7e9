import { Controller, Get, Inject, Param } from '@nestjs/common';
import type { Export } from '@showrunner/contracts';
import { ExportsService } from './exports.service';

@Controller('api/exports')
export class ExportsController {
  constructor(@Inject(ExportsService) private readonly exports: ExportsService) {}

  @Get(':id')
  get(@Param('id') id: string): Promise<Export> {
    return this.exports.get(id);
  }
}
