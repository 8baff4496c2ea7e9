import { Controller, Get, Inject } from '@nestjs/common';
import { TemplatesSchema } from '@showrunner/contracts';
import type { Template } from '@showrunner/contracts';
import { Operation, Tag } from '@showrunner/openapi';
import { TemplatesService } from './templates.service';

@Tag('projects')
@Controller('api/templates')
export class TemplatesController {
  constructor(@Inject(TemplatesService) private readonly templates: TemplatesService) {}

  @Operation({
    id: 'listTemplates',
    permission: 'read',
    summary: 'Apps to begin with, which need no model',
    answer: TemplatesSchema,
  })
  @Get()
  async list(): Promise<{ data: Template[] }> {
    return { data: await this.templates.list() };
  }
}
