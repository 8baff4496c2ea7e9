import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import {
  CodeContextListSchema,
  CodeContextSchema,
  CodeResultSchema,
  CreateContextSchema,
  RunCodeSchema,
} from '@showrunner/contracts';
import { Operation, Tag } from '@showrunner/openapi';
import type { CodeContext, CodeResult } from '@showrunner/sandbox';
import { Tenant, tellStillWorking } from '@showrunner/service';
import type { Response } from 'express';
import { z } from 'zod';
import { clientGone } from './client-gone';
import { RUNNING_PROBLEMS, SandboxAccess } from './sandbox-access';

const ContextBodySchema = z.preprocess((body) => body ?? {}, CreateContextSchema);

/** Stateful Python, JavaScript and TypeScript of a running sandbox. */
@Tag('inside sandboxes')
@Controller('api/sandboxes/:id/interpreter')
export class InterpreterController {
  constructor(@Inject(SandboxAccess) private readonly sandboxes: SandboxAccess) {}

  /** What the code raises is a result. */
  @Operation({
    id: 'runCodeInSandbox',
    permission: 'sandbox',
    summary: 'Run Python, JavaScript or TypeScript; variables stay',
    answer: CodeResultSchema,
    problems: RUNNING_PROBLEMS,
  })
  @Post('run')
  @HttpCode(200)
  run(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Body({ schema: RunCodeSchema }) { code, ...options }: z.infer<typeof RunCodeSchema>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CodeResult> {
    tellStillWorking(response);
    const signal = clientGone(response);
    return this.sandboxes.change(tenant, id, (sandbox) =>
      sandbox.interpreter.run(code, { ...options, signal }),
    );
  }

  @Operation({
    id: 'createSandboxContext',
    permission: 'sandbox',
    summary: 'A context of its own variables',
    answer: CodeContextSchema,
    problems: RUNNING_PROBLEMS,
  })
  @Post('contexts')
  create(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Body({ schema: ContextBodySchema }) body: z.infer<typeof CreateContextSchema>,
  ): Promise<CodeContext> {
    return this.sandboxes.change(tenant, id, (sandbox) => sandbox.interpreter.createContext(body));
  }

  @Operation({
    id: 'listSandboxContexts',
    permission: 'sandbox',
    summary: 'Contexts',
    answer: CodeContextListSchema,
    problems: RUNNING_PROBLEMS,
  })
  @Get('contexts')
  async list(
    @Tenant() tenant: string,
    @Param('id') id: string,
  ): Promise<{ data: (CodeContext & { running: boolean })[] }> {
    return { data: await this.sandboxes.use(tenant, id, (sandbox) => sandbox.interpreter.listContexts()) };
  }

  /** Forgets all variables. */
  @Operation({
    id: 'restartSandboxContext',
    permission: 'sandbox',
    summary: 'Forget all variables',
    answer: null,
    problems: RUNNING_PROBLEMS,
  })
  @Post('contexts/:contextId/restart')
  @HttpCode(204)
  restart(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Param('contextId') contextId: string,
  ): Promise<void> {
    return this.sandboxes.change(tenant, id, (sandbox) => sandbox.interpreter.restartContext(contextId));
  }

  @Operation({
    id: 'removeSandboxContext',
    permission: 'sandbox',
    summary: 'Remove a context',
    answer: null,
    problems: RUNNING_PROBLEMS,
  })
  @Delete('contexts/:contextId')
  @HttpCode(204)
  remove(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Param('contextId') contextId: string,
  ): Promise<void> {
    return this.sandboxes.change(tenant, id, (sandbox) => sandbox.interpreter.removeContext(contextId));
  }
}
