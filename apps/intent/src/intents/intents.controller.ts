import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { CreateIntentSchema, IntentSchema, pageOf, PageQuerySchema } from '@showrunner/contracts';
import type { CreateIntent, Intent } from '@showrunner/contracts';
import type { Page } from '@showrunner/database';
import { Operation, Tag } from '@showrunner/openapi';
import { Tenant } from '@showrunner/service';
import type { Response } from 'express';
import { z } from 'zod';
import { IntentsService } from './intents.service';

const QuerySchema = PageQuerySchema.extend({ projectId: z.string().optional() });

@Tag('plans')
@Controller('api/intents')
export class IntentsController {
  constructor(@Inject(IntentsService) private readonly intents: IntentsService) {}

  @Operation({
    id: 'createIntent',
    permission: 'write',
    summary: 'Say what shall be shown',
    answer: IntentSchema,
    problems: [404],
  })
  @Post()
  async create(
    @Tenant() tenant: string,
    @Body({ schema: CreateIntentSchema }) body: CreateIntent,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Intent> {
    const intent = await this.intents.create(tenant, body);
    response.location(`/api/intents/${intent.id}`);
    return intent;
  }

  @Operation({
    id: 'listIntents',
    permission: 'read',
    summary: 'Intents, newest first',
    answer: pageOf(IntentSchema),
  })
  @Get()
  list(
    @Tenant() tenant: string,
    @Query({ schema: QuerySchema }) query: z.infer<typeof QuerySchema>,
  ): Promise<Page<Intent>> {
    return this.intents.list(tenant, query);
  }

  @Operation({ id: 'getIntent', permission: 'read', summary: 'An intent', answer: IntentSchema })
  @Get(':id')
  get(@Tenant() tenant: string, @Param('id') id: string): Promise<Intent> {
    return this.intents.get(tenant, id);
  }
}
