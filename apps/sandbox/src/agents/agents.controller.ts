import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import {
  AgentExecutedSchema,
  AgentExecuteSchema,
  AgentSchema,
  AgentSummarySchema,
  ChangeAgentSchema,
  CreateAgentSchema,
  InvalidInputError,
  pageOf,
  PageQuerySchema,
  RunAgentSchema,
} from '@showrunner/contracts';
import type {
  Agent,
  AgentExecute,
  AgentSummary,
  ChangeAgent,
  CreateAgent,
  RunAgent,
} from '@showrunner/contracts';
import type { Page } from '@showrunner/database';
import { idempotencyKey, Operation, Tag } from '@showrunner/openapi';
import { Idempotency, Tenant, tellStillWorking } from '@showrunner/service';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { clientGone } from '../sandboxes/client-gone';
import { AgentsService } from './agents.service';
import { Executions } from './executions.service';
import type { AgentResult } from './executions.service';

/** Code of agents, stored or brought along, each time in a sandbox of its own (requirement 2.8). */
@Tag('generated apps and agents')
@Controller('api/agents')
export class AgentsController {
  constructor(
    @Inject(AgentsService) private readonly agents: AgentsService,
    @Inject(Executions) private readonly executions: Executions,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
  ) {}

  @Operation({
    id: 'createAgent',
    permission: 'sandbox',
    summary: 'Store code to be run by its id; of its variables only the names are stored',
    headers: [idempotencyKey('answers the same agent')],
    answer: AgentSchema,
    problems: [409, 422],
  })
  @Post()
  async create(
    @Tenant() tenant: string,
    @Body({ schema: CreateAgentSchema }) body: CreateAgent,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Agent> {
    const agent = await this.idempotency.once(request, (id) => this.agents.create(tenant, id, body));
    response.location(`/api/agents/${agent.id}`);
    return agent;
  }

  @Operation({
    id: 'listAgents',
    permission: 'read',
    summary: 'Agents, newest first, without their code',
    answer: pageOf(AgentSummarySchema),
  })
  @Get()
  list(
    @Tenant() tenant: string,
    @Query({ schema: PageQuerySchema }) page: z.infer<typeof PageQuerySchema>,
  ): Promise<Page<AgentSummary>> {
    return this.agents.list(tenant, page);
  }

  @Operation({ id: 'getAgent', permission: 'read', summary: 'An agent with its code', answer: AgentSchema })
  @Get(':agentId')
  get(@Tenant() tenant: string, @Param('agentId') id: string): Promise<Agent> {
    return this.agents.get(tenant, id);
  }

  @Operation({
    id: 'changeAgent',
    permission: 'sandbox',
    summary: 'Change an agent; what is left out stays',
    answer: AgentSchema,
    problems: [422],
  })
  @Patch(':agentId')
  change(
    @Tenant() tenant: string,
    @Param('agentId') id: string,
    @Body({ schema: ChangeAgentSchema }) body: ChangeAgent,
  ): Promise<Agent> {
    return this.agents.change(tenant, id, body);
  }

  @Operation({ id: 'deleteAgent', permission: 'sandbox', summary: 'Delete an agent', answer: null })
  @Delete(':agentId')
  @HttpCode(204)
  remove(@Tenant() tenant: string, @Param('agentId') id: string): Promise<void> {
    return this.agents.delete(tenant, id);
  }

  @Operation({
    id: 'runAgent',
    permission: 'sandbox',
    needsDisk: true,
    summary: 'Run the stored code of an agent in a sandbox of its own, which is gone afterwards',
    headers: [idempotencyKey('runs nothing again and answers what the first answered')],
    answer: AgentExecutedSchema,
    problems: [402, 409, 422, 429],
  })
  @Post(':agentId/run')
  @HttpCode(200)
  run(
    @Tenant() tenant: string,
    @Param('agentId') id: string,
    @Body({ schema: RunAgentSchema }) body: RunAgent,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AgentResult> {
    tellStillWorking(response);
    return this.idempotency.atMostOnce(request, () =>
      this.agents.run(tenant, id, body, clientGone(response)),
    );
  }

  @Operation({
    id: 'executeForAgent',
    permission: 'sandbox',
    needsDisk: true,
    summary: 'Run code or a command in a sandbox of its own, which is gone afterwards',
    headers: [idempotencyKey('runs nothing again and answers what the first answered')],
    answer: AgentExecutedSchema,
    problems: [402, 409, 422, 429],
  })
  @Post(':agentId/execute')
  @HttpCode(200)
  execute(
    @Tenant() tenant: string,
    @Param('agentId') agentId: string,
    @Body({ schema: AgentExecuteSchema }) body: AgentExecute,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AgentResult> {
    if (!/^[\w.-]{1,100}$/.test(agentId)) {
      throw new InvalidInputError('agent_id_invalid', 'The id of the agent is no plain name.', {
        remedy: 'Use letters, digits, ".", "_" and "-".',
      });
    }
    tellStillWorking(response);
    return this.idempotency.atMostOnce(request, () =>
      this.executions.execute(tenant, agentId, body, clientGone(response)),
    );
  }
}
