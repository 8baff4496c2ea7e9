import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import {
  CreateSandboxSchema,
  ExtendSandboxSchema,
  pageOf,
  SandboxListQuerySchema,
  SandboxResourceSchema,
  WaitQuerySchema,
} from '@showrunner/contracts';
import type { CreateSandbox, SandboxResource } from '@showrunner/contracts';
import type { Page } from '@showrunner/database';
import { idempotencyKey, Operation, Tag } from '@showrunner/openapi';
import { Idempotency, Tenant } from '@showrunner/service';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { SandboxesService } from './sandboxes.service';

type Wait = z.infer<typeof WaitQuerySchema>;
/** Everything of a new sandbox has a default. */
const CreateBodySchema = z.preprocess((body) => body ?? {}, CreateSandboxSchema);

/** Life-cycle requests are accepted (202) and done by a workflow; `wait` seconds are spent waiting for the result. */
@Tag('sandboxes')
@Controller('api/sandboxes')
export class SandboxesController {
  constructor(
    @Inject(SandboxesService) private readonly sandboxes: SandboxesService,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
  ) {}

  @Operation({
    id: 'createSandbox',
    permission: 'sandbox',
    needsDisk: true,
    summary: 'Ask for a sandbox; `wait` seconds are spent waiting for it',
    headers: [idempotencyKey('answers the same sandbox, as it is then')],
    answer: SandboxResourceSchema,
    problems: [402, 422, 429],
  })
  @Post()
  @HttpCode(202)
  async create(
    @Tenant() tenant: string,
    @Body({ schema: CreateBodySchema }) body: CreateSandbox,
    @Query({ schema: WaitQuerySchema }) { wait }: Wait,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SandboxResource> {
    const { id } = await this.idempotency.once(request, (newId) =>
      this.sandboxes.accept(tenant, body, 'api', newId),
    );
    const sandbox = await this.sandboxes.made(tenant, id, wait * 1000);
    response.location(`/api/sandboxes/${sandbox.id}`);
    return sandbox;
  }

  @Operation({
    id: 'listSandboxes',
    permission: 'read',
    summary: 'Sandboxes, newest first, those of builds and runs too',
    answer: pageOf(SandboxResourceSchema),
  })
  @Get()
  list(
    @Tenant() tenant: string,
    @Query({ schema: SandboxListQuerySchema }) query: z.infer<typeof SandboxListQuerySchema>,
  ): Promise<Page<SandboxResource>> {
    const { labels, ...page } = query;
    return this.sandboxes.list(tenant, { ...page, labels: labelsOf(labels) });
  }

  @Operation({
    id: 'getSandbox',
    permission: 'read',
    summary: 'A sandbox; while it waits for a place, its position and about how long',
    answer: SandboxResourceSchema,
  })
  @Get(':id')
  get(@Tenant() tenant: string, @Param('id') id: string): Promise<SandboxResource> {
    return this.sandboxes.get(tenant, id);
  }

  /** Gone when its status says `destroyed`. */
  @Operation({
    id: 'destroySandbox',
    permission: 'sandbox',
    summary: 'End a sandbox that no run works with',
    answer: SandboxResourceSchema,
    problems: [409],
  })
  @Delete(':id')
  @HttpCode(202)
  destroy(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Query({ schema: WaitQuerySchema }) { wait }: Wait,
  ): Promise<SandboxResource> {
    return this.sandboxes.want(tenant, id, 'destroyed', wait * 1000);
  }

  @Operation({
    id: 'startSandbox',
    permission: 'sandbox',
    summary: 'Bring a stopped or archived sandbox back, as soon as there is a place',
    answer: SandboxResourceSchema,
    problems: [409],
  })
  @Post(':id/start')
  @HttpCode(202)
  start(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Query({ schema: WaitQuerySchema }) { wait }: Wait,
  ): Promise<SandboxResource> {
    return this.sandboxes.want(tenant, id, 'running', wait * 1000);
  }

  @Operation({
    id: 'stopSandbox',
    permission: 'sandbox',
    summary: 'End every process and keep the files',
    answer: SandboxResourceSchema,
    problems: [409],
  })
  @Post(':id/stop')
  @HttpCode(202)
  stop(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Query({ schema: WaitQuerySchema }) { wait }: Wait,
  ): Promise<SandboxResource> {
    return this.sandboxes.want(tenant, id, 'stopped', wait * 1000);
  }

  @Operation({
    id: 'archiveSandbox',
    permission: 'sandbox',
    summary: 'Stop it and keep the files where they cost least',
    answer: SandboxResourceSchema,
    problems: [409],
  })
  @Post(':id/archive')
  @HttpCode(202)
  archive(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Query({ schema: WaitQuerySchema }) { wait }: Wait,
  ): Promise<SandboxResource> {
    return this.sandboxes.want(tenant, id, 'archived', wait * 1000);
  }

  @Operation({
    id: 'extendSandbox',
    permission: 'sandbox',
    summary: 'Give it more time',
    answer: SandboxResourceSchema,
    problems: [409],
  })
  @Post(':id/extend')
  @HttpCode(200)
  extend(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Body({ schema: ExtendSandboxSchema }) { minutes }: z.infer<typeof ExtendSandboxSchema>,
  ): Promise<SandboxResource> {
    return this.sandboxes.extend(tenant, id, minutes);
  }
}

/** `a:1,b:2` as an object. */
function labelsOf(text: string | undefined): Record<string, string> | undefined {
  if (text === undefined) return undefined;
  return Object.fromEntries(
    text.split(',').map((pair) => [pair.slice(0, pair.indexOf(':')), pair.slice(pair.indexOf(':') + 1)]),
  );
}
