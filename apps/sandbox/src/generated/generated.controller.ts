import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { CreateGeneratedSchema } from '@showrunner/contracts';
import type { CreateGenerated, GeneratedSandbox } from '@showrunner/contracts';
import { Idempotency, Tenant } from '@showrunner/service';
import type { Request } from 'express';
import { GeneratedService } from './generated.service';

/** Apps of generated code, with the fields that their clients know (requirement 2.9). */
@Controller('api/sandbox')
export class GeneratedController {
  constructor(
    @Inject(GeneratedService) private readonly apps: GeneratedService,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
  ) {}

  @Post('create')
  @HttpCode(200)
  async create(
    @Tenant() tenant: string,
    @Body({ schema: CreateGeneratedSchema }) body: CreateGenerated,
    @Req() request: Request,
  ) {
    const { buildId } = await this.idempotency.once(request, (id) => this.apps.accept(tenant, id, body));
    const sandbox = await this.apps.shown(tenant, buildId);
    const { previewUrl, sandboxId } = sandbox;
    return { success: true, previewUrl, sandboxId, sandbox };
  }

  @Get()
  async list(
    @Tenant() tenant: string,
  ): Promise<{ success: true; sandboxes: GeneratedSandbox[]; count: number }> {
    const sandboxes = await this.apps.list(tenant);
    return { success: true, sandboxes, count: sandboxes.length };
  }

  @Get(':id')
  async get(
    @Tenant() tenant: string,
    @Param('id') id: string,
  ): Promise<{ success: true; sandbox: GeneratedSandbox }> {
    return { success: true, sandbox: await this.apps.get(tenant, id) };
  }

  @Delete(':id')
  async remove(
    @Tenant() tenant: string,
    @Param('id') id: string,
  ): Promise<{ success: true; message: string }> {
    await this.apps.remove(tenant, id);
    return { success: true, message: 'Sandbox deleted successfully' };
  }
}
