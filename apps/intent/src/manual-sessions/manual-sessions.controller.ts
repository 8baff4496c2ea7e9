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
  CreateManualSessionSchema,
  ManualActionAnswerSchema,
  ManualActionSchema,
  ManualSessionSchema,
  MarkAnswerSchema,
  MarkSchema,
  pageOf,
  PageQuerySchema,
  StopAcceptedSchema,
} from '@showrunner/contracts';
import type {
  CreateManualSession,
  ManualAction,
  ManualActionAnswer,
  ManualSession,
  Mark,
  MarkAnswer,
  StopAccepted,
} from '@showrunner/contracts';
import type { Page } from '@showrunner/database';
import { idempotencyKey, Operation, Tag } from '@showrunner/openapi';
import { Idempotency, Tenant } from '@showrunner/service';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { ManualSessionsService } from './manual-sessions.service';

/** A browser on an app that a person or a client drives by hand (requirement 4.7). Whatever `/api/runs/{id}` tells of a run, it tells of these. */
@Tag('manual sessions')
@Controller('api/sessions')
export class ManualSessionsController {
  constructor(
    @Inject(ManualSessionsService) private readonly sessions: ManualSessionsService,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
  ) {}

  /** Accepted: it takes actions as soon as its state is `filming`. */
  @Operation({
    id: 'openManualSession',
    permission: 'write',
    needsDisk: true,
    summary: 'Open a browser on an app, to be driven by hand',
    headers: [idempotencyKey('gives the session of the first')],
    answer: ManualSessionSchema,
    problems: [402, 404, 409, 422, 429],
  })
  @Post()
  @HttpCode(202)
  async open(
    @Tenant() tenant: string,
    @Body({ schema: CreateManualSessionSchema }) body: CreateManualSession,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ManualSession> {
    const session = await this.idempotency.once(request, (id) => this.sessions.open(tenant, id, body));
    response.location(`/api/sessions/${session.session_id}`);
    return session;
  }

  @Operation({
    id: 'listManualSessions',
    permission: 'read',
    summary: 'Manual sessions, newest first',
    answer: pageOf(ManualSessionSchema),
  })
  @Get()
  list(
    @Tenant() tenant: string,
    @Query({ schema: PageQuerySchema }) query: z.infer<typeof PageQuerySchema>,
  ): Promise<Page<ManualSession>> {
    return this.sessions.list(tenant, query);
  }

  @Operation({
    id: 'getManualSession',
    permission: 'read',
    summary: 'Where a manual session stands',
    answer: ManualSessionSchema,
  })
  @Get(':id')
  get(@Tenant() tenant: string, @Param('id') id: string): Promise<ManualSession> {
    return this.sessions.get(tenant, id);
  }

  /** One thing is done at a time, in the order in which it was asked for. */
  @Operation({
    id: 'actInManualSession',
    permission: 'write',
    summary: 'Use a tool of the Playwright MCP server, and see what it answers',
    answer: ManualActionAnswerSchema,
    problems: [409, 410, 422],
  })
  @Post(':id/actions')
  @HttpCode(200)
  act(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Body({ schema: ManualActionSchema }) body: ManualAction,
  ): Promise<ManualActionAnswer> {
    return this.sessions.act(tenant, id, body);
  }

  /** A success is looked at: only what can be seen, and could not before the first action since the start, becomes a clip. */
  @Operation({
    id: 'markManualSession',
    permission: 'write',
    summary: 'Mark that a feature begins, or that it has succeeded',
    answer: MarkAnswerSchema,
    problems: [409, 410, 422],
  })
  @Post(':id/marks')
  @HttpCode(200)
  mark(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Body({ schema: MarkSchema }) body: Mark,
  ): Promise<MarkAnswer> {
    return this.sessions.mark(tenant, id, body);
  }

  /** What was proven is cut and rendered; follow `/api/runs/{id}/events`. */
  @Operation({
    id: 'endManualSession',
    permission: 'write',
    summary: 'End a manual session with its film',
    answer: ManualSessionSchema,
    problems: [409],
  })
  @Post(':id/end')
  @HttpCode(202)
  end(@Tenant() tenant: string, @Param('id') id: string): Promise<ManualSession> {
    return this.sessions.finish(tenant, id);
  }

  @Operation({
    id: 'killManualSession',
    permission: 'write',
    summary: 'End a manual session at once, without a film',
    answer: StopAcceptedSchema,
    problems: [409],
  })
  @Delete(':id')
  @HttpCode(202)
  kill(@Tenant() tenant: string, @Param('id') id: string): Promise<StopAccepted> {
    return this.sessions.kill(tenant, id);
  }
}
