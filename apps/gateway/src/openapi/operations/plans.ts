import { CreateIntentSchema, IntentSchema, pageOf, PlanResourceSchema } from '@showrunner/contracts';
import type { Operation } from '../operation';
import { ofProject } from './shared-schemas';

export function plansOperations(): Operation[] {
  const tag = 'plans';
  return [
    {
      method: 'post',
      path: '/api/intents',
      id: 'createIntent',
      tag,
      summary: 'Say what shall be shown',
      body: { schema: CreateIntentSchema, required: true },
      status: 201,
      answer: { schema: IntentSchema },
      problems: [400, 415],
    },
    {
      method: 'get',
      path: '/api/intents',
      id: 'listIntents',
      tag,
      summary: 'Intents, newest first',
      query: ofProject,
      status: 200,
      answer: { schema: pageOf(IntentSchema) },
      problems: [400],
    },
    {
      method: 'get',
      path: '/api/intents/{id}',
      id: 'getIntent',
      tag,
      summary: 'An intent',
      status: 200,
      answer: { schema: IntentSchema },
    },
    {
      method: 'get',
      path: '/api/plans',
      id: 'listPlans',
      tag,
      summary: 'Plans, newest first',
      query: ofProject,
      status: 200,
      answer: { schema: pageOf(PlanResourceSchema) },
      problems: [400],
    },
    {
      method: 'get',
      path: '/api/plans/{id}',
      id: 'getPlan',
      tag,
      summary: 'A plan with its hash',
      status: 200,
      answer: { schema: PlanResourceSchema },
    },
  ];
}
