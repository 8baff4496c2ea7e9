import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ExportSchema } from '@showrunner/contracts';
import type { Export } from '@showrunner/contracts';
import { Operation, Tag } from '@showrunner/openapi';
import { ExportsService } from './exports.service';

@Tag('films')
@Controller('api/exports')
export class ExportsController {
  constructor(@Inject(ExportsService) private readonly exports: ExportsService) {}

  @Operation({ id: 'getExport', summary: 'A rendered film', answer: ExportSchema })
  @Get(':id')
  get(@Param('id') id: string): Promise<Export> {
    return this.exports.get(id);
  }
}
