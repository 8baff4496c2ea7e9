import {
  AgentExecutedSchema,
  AgentExecuteSchema,
  CreateGeneratedSchema,
  GeneratedAnswerSchema,
  GeneratedCreatedSchema,
  GeneratedDeletedSchema,
  GeneratedListSchema,
} from '@showrunner/contracts';
import type { Operation } from '../operation';
import { idempotencyKey } from './shared-schemas';

const tag = 'generated apps and agents';

export function generatedOperations(): Operation[] {
  return [
    {
      method: 'post',
      path: '/api/sandbox/create',
      id: 'createGeneratedApp',
      tag,
      summary: 'Run generated code as a Next.js app and answer where it is shown',
      headers: [idempotencyKey('answers the same sandbox, as it is then')],
      body: { schema: CreateGeneratedSchema, required: true },
      status: 200,
      answer: { schema: GeneratedCreatedSchema },
      problems: [400, 402, 413, 415, 422, 429],
    },
    {
      method: 'get',
      path: '/api/sandbox',
      id: 'listGeneratedApps',
      tag,
      summary: 'Sandboxes that are there',
      status: 200,
      answer: { schema: GeneratedListSchema },
    },
    {
      method: 'get',
      path: '/api/sandbox/{id}',
      id: 'getGeneratedApp',
      tag,
      summary: 'A sandbox',
      status: 200,
      answer: { schema: GeneratedAnswerSchema },
    },
    {
      method: 'delete',
      path: '/api/sandbox/{id}',
      id: 'deleteGeneratedApp',
      tag,
      summary: 'Delete a sandbox and wait until it is gone',
      status: 200,
      answer: { schema: GeneratedDeletedSchema },
      problems: [409],
    },
    {
      method: 'post',
      path: '/api/agents/{agentId}/execute',
      id: 'executeForAgent',
      tag,
      summary: 'Run code or a command in a sandbox of its own, which is gone afterwards',
      headers: [idempotencyKey('runs nothing again and answers what the first answered')],
      body: { schema: AgentExecuteSchema, required: true },
      status: 200,
      answer: { schema: AgentExecutedSchema },
      problems: [400, 402, 409, 415, 422, 429],
    },
  ];
}
