import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { answerOf } from '@showrunner/api-client';
import { InvalidInputError } from '@showrunner/contracts';
import { chosenFeatures, toldReview } from '../review.command';
import { answer, answering } from './answers';
import type { ToolContext } from './tool-context';

/** The word on a plan that waits. */
export function registerReviewTool(server: McpServer, context: ToolContext): void {
  server.registerTool(
    'review_plan',
    {
      title: 'Review a plan that waits',
      description:
        'Lets a run that was asked for with review go on: films the features that are named, in this order, and drops the others; all as proposed where none is named. Once, before the plan is fixed. What is proposed is in the answers of film and watch_run.',
      inputSchema: {
        run: z.string().min(1).max(100).describe('Id of the run'),
        features: z
          .array(z.string().min(1).max(100))
          .min(1)
          .max(20)
          .optional()
          .describe('Ids or numbers of the features to film, in the order of the film'),
      },
      annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false },
    },
    ({ run, features: words }) =>
      answering(async () => {
        const api = await context.api();
        const path = { id: run };
        const { review, state } = await answerOf(api.GET('/runs/{id}', { params: { path } }));
        if (review == null)
          throw new InvalidInputError(
            'review_not_open',
            `Nobody asked to look at the plan of run ${run}; it is ${state}.`,
            { status: 409, remedy: 'Ask for it with review when you call film.' },
          );
        const features = words && chosenFeatures(review, words);
        const answered = await answerOf(
          api.POST('/runs/{id}/review', { params: { path }, body: { features } }),
        );
        return answer([
          toldReview(run, answered).trimEnd(),
          `Wait for the film with watch_run, run "${run}".`,
        ]);
      }),
  );
}
