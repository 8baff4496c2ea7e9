import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import {
  ExecAnswerSchema,
  ExecCommandSchema,
  NotFoundError,
  ProcessInputSchema,
  ProcessLogQuerySchema,
  ProcessStatusSchema,
  StartProcessSchema,
} from '@showrunner/contracts';
import type { ExecCommand } from '@showrunner/contracts';
import { listOf, Operation, Tag } from '@showrunner/openapi';
import type { ExecResult, ProcessStatus } from '@showrunner/sandbox';
import { Tenant, tellStillWorking } from '@showrunner/service';
import type { Response } from 'express';
import type { z } from 'zod';
import { clientGone } from './client-gone';
import { RUNNING_PROBLEMS, SandboxAccess } from './sandbox-access';

/** Commands and named processes of a running sandbox. */
@Tag('inside sandboxes')
@Controller('api/sandboxes/:id')
export class ExecController {
  constructor(@Inject(SandboxAccess) private readonly sandboxes: SandboxAccess) {}

  /** Runs a command to its end. It dies with the request. */
  @Operation({
    id: 'execInSandbox',
    permission: 'sandbox',
    summary: 'Run a command to its end',
    answer: ExecAnswerSchema,
    problems: RUNNING_PROBLEMS,
  })
  @Post('exec')
  @HttpCode(200)
  exec(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Body({ schema: ExecCommandSchema }) { command, stdin, ...options }: ExecCommand,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ExecResult> {
    tellStillWorking(response);
    const signal = clientGone(response);
    return this.sandboxes.change(tenant, id, (sandbox) =>
      sandbox.exec(command, {
        ...options,
        signal,
        ...(stdin === undefined ? {} : { stdin: Buffer.from(stdin) }),
      }),
    );
  }

  /** Starts a process that lives on; a name that runs already answers its status. */
  @Operation({
    id: 'startSandboxProcess',
    permission: 'sandbox',
    summary: 'Start a named process that lives on',
    answer: ProcessStatusSchema,
    problems: RUNNING_PROBLEMS,
  })
  @Post('processes')
  start(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Body({ schema: StartProcessSchema }) { name, command, ...options }: z.infer<typeof StartProcessSchema>,
  ): Promise<ProcessStatus> {
    return this.sandboxes.change(tenant, id, (sandbox) => sandbox.startProcess(name, command, options));
  }

  @Operation({
    id: 'listSandboxProcesses',
    permission: 'sandbox',
    summary: 'Named processes',
    answer: listOf(ProcessStatusSchema),
    problems: RUNNING_PROBLEMS,
  })
  @Get('processes')
  async list(@Tenant() tenant: string, @Param('id') id: string): Promise<{ data: ProcessStatus[] }> {
    return { data: await this.sandboxes.use(tenant, id, (sandbox) => sandbox.listProcesses()) };
  }

  /** @throws {NotFoundError} */
  @Operation({
    id: 'getSandboxProcess',
    permission: 'sandbox',
    summary: 'A named process',
    answer: ProcessStatusSchema,
    problems: RUNNING_PROBLEMS,
  })
  @Get('processes/:name')
  async status(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Param('name') name: string,
  ): Promise<ProcessStatus> {
    const status = await this.sandboxes.use(tenant, id, (sandbox) => sandbox.processStatus(name));
    if (status === undefined) throw new NotFoundError('process', name);
    return status;
  }

  @Operation({
    id: 'getSandboxProcessLog',
    permission: 'sandbox',
    summary: 'The end of its output',
    answer: { media: ['text/plain'] },
    problems: RUNNING_PROBLEMS,
  })
  @Get('processes/:name/log')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  async log(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Param('name') name: string,
    @Query({ schema: ProcessLogQuerySchema }) { tailBytes }: z.infer<typeof ProcessLogQuerySchema>,
  ): Promise<string> {
    return this.sandboxes.use(tenant, id, async (sandbox) => {
      if ((await sandbox.processStatus(name)) === undefined) throw new NotFoundError('process', name);
      return sandbox.processLog(name, tailBytes);
    });
  }

  @Operation({
    id: 'writeSandboxProcess',
    permission: 'sandbox',
    summary: 'Write to its standard input',
    answer: null,
    problems: RUNNING_PROBLEMS,
  })
  @Post('processes/:name/stdin')
  @HttpCode(204)
  input(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Param('name') name: string,
    @Body({ schema: ProcessInputSchema }) { data }: z.infer<typeof ProcessInputSchema>,
  ): Promise<void> {
    return this.sandboxes.change(tenant, id, (sandbox) => sandbox.sendInput(name, data));
  }

  /** Ends the whole tree of the process. */
  @Operation({
    id: 'killSandboxProcess',
    permission: 'sandbox',
    summary: 'End it and all its children',
    answer: null,
    problems: RUNNING_PROBLEMS,
  })
  @Delete('processes/:name')
  @HttpCode(204)
  kill(@Tenant() tenant: string, @Param('id') id: string, @Param('name') name: string): Promise<void> {
    return this.sandboxes.change(tenant, id, (sandbox) => sandbox.killProcess(name));
  }
}
