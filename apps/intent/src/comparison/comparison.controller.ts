import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { ComparisonSchema } from '@showrunner/contracts';
import type { Comparison } from '@showrunner/contracts';
import { Operation, Tag } from '@showrunner/openapi';
import { Tenant } from '@showrunner/service';
import type { Response } from 'express';
import { ComparisonService } from './comparison.service';

@Tag('runs')
@Controller('api/runs/:id/comparison')
export class ComparisonController {
  constructor(@Inject(ComparisonService) private readonly comparisons: ComparisonService) {}

  @Operation({
    id: 'getComparison',
    permission: 'read',
    summary: 'What a run has found beside the state that it was compared with',
    answer: ComparisonSchema,
    problems: [409],
  })
  @Get()
  get(@Tenant() tenant: string, @Param('id') id: string): Promise<Comparison> {
    return this.comparisons.get(tenant, id);
  }

  @Operation({
    id: 'getComparisonReport',
    permission: 'read',
    summary: 'The same as Markdown, for a pull request',
    answer: { media: ['text/markdown'] },
    problems: [409],
  })
  @Get('report')
  async report(@Tenant() tenant: string, @Param('id') id: string, @Res() response: Response): Promise<void> {
    response.type('text/markdown').send(await this.comparisons.report(tenant, id));
  }
}
