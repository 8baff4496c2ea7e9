import { Controller, Delete, Get, HttpCode, Inject, Param, Query } from '@nestjs/common';
import { PageQuerySchema } from '@showrunner/contracts';
import type { SandboxResource } from '@showrunner/contracts';
import type { Page } from '@showrunner/database';
import type { z } from 'zod';
import { SandboxesService } from './sandboxes.service';

const QuerySchema = PageQuerySchema.extend({ projectId: PageQuerySchema.shape.cursor });

@Controller('api/sandboxes')
export class SandboxesController {
  constructor(@Inject(SandboxesService) private readonly sandboxes: SandboxesService) {}

  @Get()
  list(@Query({ schema: QuerySchema }) query: z.infer<typeof QuerySchema>): Promise<Page<SandboxResource>> {
    return this.sandboxes.list(query);
  }

  @Get(':id')
  get(@Param('id') id: string): Promise<SandboxResource> {
    return this.sandboxes.get(id);
  }

  /** Accepted: the sandbox is gone when its status says `destroyed`. */
  @Delete(':id')
  @HttpCode(202)
  destroy(@Param('id') id: string): Promise<SandboxResource> {
    return this.sandboxes.destroy(id);
  }
}
