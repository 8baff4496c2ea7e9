import { Controller, Get } from '@nestjs/common';
import { Operation, Tag } from '@showrunner/openapi';
import { z } from 'zod';
import document from '../../../../docs/openapi.json' with { type: 'json' };

@Tag('health')
@Controller()
export class OpenApiController {
  @Operation({
    id: 'index',
    permission: 'read',
    summary: 'Where to find what',
    answer: z.record(z.string(), z.string()),
  })
  @Get()
  index(): Record<string, string> {
    return {
      name: 'Showrunner',
      api: '/api',
      openapi: '/api/openapi.json',
      events: '/api/events',
      health: '/healthz',
    };
  }

  @Operation({
    id: 'openApi',
    permission: 'read',
    summary: 'This document',
    answer: { media: ['application/json'] },
  })
  @Get('api/openapi.json')
  openApi(): unknown {
    return document;
  }
}
