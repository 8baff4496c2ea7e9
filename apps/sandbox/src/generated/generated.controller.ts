import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import {
  CreateGeneratedSchema,
  GeneratedAnswerSchema,
  GeneratedCreatedSchema,
  GeneratedDeletedSchema,
  GeneratedListSchema,
} from '@showrunner/contracts';
import type { CreateGenerated, GeneratedSandbox } from '@showrunner/contracts';
import { idempotencyKey, Operation, Tag } from '@showrunner/openapi';
import { Idempotency, Tenant } from '@showrunner/service';
import type { Request } from 'express';
import type { z } from 'zod';
import { GeneratedService } from './generated.service';

/** Apps of generated code, with the fields that their clients know (requirement 2.9). */
@Tag('generated apps and agents')
@Controller('api/sandbox')
export class GeneratedController {
  constructor(
    @Inject(GeneratedService) private readonly apps: GeneratedService,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
  ) {}

  @Operation({
    id: 'createGeneratedApp',
    permission: 'sandbox',
    needsDisk: true,
    summary: 'Run generated code as a Next.js app and answer where it is shown',
    headers: [idempotencyKey('answers the same sandbox, as it is then')],
    answer: GeneratedCreatedSchema,
    problems: [402, 422, 429],
  })
  @Post('create')
  @HttpCode(200)
  async create(
    @Tenant() tenant: string,
    @Body({ schema: CreateGeneratedSchema }) body: CreateGenerated,
    @Req() request: Request,
  ): Promise<z.infer<typeof GeneratedCreatedSchema>> {
    const { buildId } = await this.idempotency.once(request, (id) => this.apps.accept(tenant, id, body));
    const sandbox = await this.apps.shown(tenant, buildId);
    const { previewUrl, sandboxId } = sandbox;
    return { success: true, previewUrl, sandboxId, sandbox };
  }

  @Operation({
    id: 'listGeneratedApps',
    permission: 'read',
    summary: 'Generated apps that are there, and how many',
    answer: GeneratedListSchema,
  })
  @Get()
  async list(
    @Tenant() tenant: string,
  ): Promise<{ success: true; sandboxes: GeneratedSandbox[]; count: number }> {
    const sandboxes = await this.apps.list(tenant);
    return { success: true, sandboxes, count: sandboxes.length };
  }

  @Operation({
    id: 'getGeneratedApp',
    permission: 'read',
    summary: 'A sandbox',
    answer: GeneratedAnswerSchema,
  })
  @Get(':id')
  async get(
    @Tenant() tenant: string,
    @Param('id') id: string,
  ): Promise<{ success: true; sandbox: GeneratedSandbox }> {
    return { success: true, sandbox: await this.apps.get(tenant, id) };
  }

  @Operation({
    id: 'deleteGeneratedApp',
    permission: 'sandbox',
    summary: 'Delete a sandbox and wait until it is gone',
    answer: GeneratedDeletedSchema,
    problems: [409],
  })
  @Delete(':id')
  async remove(
    @Tenant() tenant: string,
    @Param('id') id: string,
  ): Promise<{ success: true; message: string }> {
    await this.apps.remove(tenant, id);
    return { success: true, message: 'Sandbox deleted successfully' };
  }
}
