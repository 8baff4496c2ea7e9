import { Body, Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { AgentExecutedSchema, AgentExecuteSchema, InvalidInputError } from '@showrunner/contracts';
import type { AgentExecute } from '@showrunner/contracts';
import { idempotencyKey, Operation, Tag } from '@showrunner/openapi';
import { Idempotency, Tenant } from '@showrunner/service';
import type { Request, Response } from 'express';
import { clientGone } from '../sandboxes/client-gone';
import { AgentsService } from './agents.service';
import type { AgentResult } from './agents.service';

/** One call of an agent in a sandbox of its own (requirement 2.8). */
@Tag('generated apps and agents')
@Controller('api/agents')
export class AgentsController {
  constructor(
    @Inject(AgentsService) private readonly agents: AgentsService,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
  ) {}

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
    return this.idempotency.atMostOnce(request, () =>
      this.agents.execute(tenant, agentId, body, clientGone(response)),
    );
  }
}
