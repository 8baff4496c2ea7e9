import { Controller, Get } from '@nestjs/common';
import { openApiDocument } from './openapi-document';

@Controller()
export class OpenApiController {
  private readonly document = openApiDocument();

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

  @Get('api/openapi.json')
  openApi(): unknown {
    return this.document;
  }
}
