import {
  CreateRunSchema,
  pageOf,
  ReplayHistorySchema,
  RunReportSchema,
  RunStateSchema,
  RunSummarySchema,
  StopAcceptedSchema,
} from '@showrunner/contracts';
import type { Operation } from '../operation';
import { idempotencyKey, ofProject } from './shared-schemas';

const IDEMPOTENCY = idempotencyKey('gives the run of the first');

export function runsOperations(): Operation[] {
  const tag = 'runs';
  const answer = { schema: RunSummarySchema };
  return [
    {
      method: 'post',
      path: '/api/runs',
      id: 'createRun',
      tag,
      summary: 'Film a project',
      headers: [IDEMPOTENCY],
      body: { schema: CreateRunSchema, required: true },
      status: 202,
      answer,
      problems: [400, 415, 422],
    },
    {
      method: 'get',
      path: '/api/runs',
      id: 'listRuns',
      tag,
      summary: 'Runs, newest first',
      query: ofProject.extend({ state: RunStateSchema.optional() }),
      status: 200,
      answer: { schema: pageOf(RunSummarySchema) },
      problems: [400],
    },
    {
      method: 'post',
      path: '/api/runs/replay',
      id: 'replayHistory',
      tag,
      summary: 'Film the actions of an exported history again',
      headers: [IDEMPOTENCY],
      body: { schema: ReplayHistorySchema, required: true },
      status: 202,
      answer,
      problems: [400, 413, 415, 422],
    },
    {
      method: 'get',
      path: '/api/runs/{id}',
      id: 'getRun',
      tag,
      summary: 'Everything about a run',
      status: 200,
      answer: { schema: RunReportSchema },
    },
    {
      method: 'post',
      path: '/api/runs/{id}/cancel',
      id: 'cancelRun',
      tag,
      summary: 'Stop at the next safe point',
      status: 202,
      answer: { schema: StopAcceptedSchema },
      problems: [409],
    },
    {
      method: 'post',
      path: '/api/runs/{id}/kill',
      id: 'killRun',
      tag,
      summary: 'Stop now',
      status: 202,
      answer: { schema: StopAcceptedSchema },
      problems: [409],
    },
    {
      method: 'post',
      path: '/api/runs/{id}/replay',
      id: 'replayRun',
      tag,
      summary: 'Film the actions of a run again',
      headers: [IDEMPOTENCY],
      status: 202,
      answer,
      problems: [409, 422],
    },
  ];
}
