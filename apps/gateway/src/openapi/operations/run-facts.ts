import { ActionRecordSchema, PlanResourceSchema, SessionStateSchema } from '@showrunner/contracts';
import { z } from 'zod';
import type { Operation } from '../operation';
import { data } from './shared-schemas';

const HistoryExportSchema = z.object({ workflows: z.record(z.string(), z.unknown()) });

export function runFactsOperations(): Operation[] {
  const tag = 'runs';
  const path = '/api/runs/{id}';
  return [
    {
      method: 'get',
      path: `${path}/plan`,
      id: 'getRunPlan',
      tag,
      summary: 'The plan that is filmed',
      status: 200,
      answer: { schema: PlanResourceSchema },
    },
    {
      method: 'get',
      path: `${path}/actions`,
      id: 'listRunActions',
      tag,
      summary: 'Actions in order of execution',
      status: 200,
      answer: data(ActionRecordSchema),
    },
    {
      method: 'get',
      path: `${path}/state`,
      id: 'getRunState',
      tag,
      summary: 'Where the session stands',
      status: 200,
      answer: { schema: SessionStateSchema },
    },
    {
      method: 'get',
      path: `${path}/history`,
      id: 'getRunHistory',
      tag,
      summary: 'Temporal histories of the workflows',
      status: 200,
      answer: { schema: HistoryExportSchema },
    },
    {
      method: 'get',
      path: `${path}/logs`,
      id: 'getRunLogs',
      tag,
      summary: 'What happened, as text',
      status: 200,
      answer: { media: ['text/plain'] },
    },
  ];
}
