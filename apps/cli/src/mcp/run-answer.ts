import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { RunReport } from '@showrunner/contracts';
import { oneLine } from '../progress-lines';
import { answer } from './answers';
import { isOver, waitsForReview } from './follow';

const MOST_NOTES = 12;

/** How a run is, as a model needs it: small, and with the next thing to do. */
export const RunAnswerSchema = {
  run: z.string().describe('Id of the run'),
  state: z.string(),
  finished: z.boolean(),
  message: z.string(),
  features: z.array(z.object({ title: z.string(), verified: z.boolean(), reason: z.string().optional() })),
  not_shown: z
    .array(z.object({ text: z.string(), reason: z.string() }))
    .describe('Parts of the intent that the film does not show'),
  notes: z.array(z.string()),
  seconds: z.number().nullable().describe('Length of the film; null without one'),
  plan_waits: z
    .object({
      deadline: z.string().nullable().describe('When the run goes on by itself'),
      features: z.array(z.object({ id: z.string(), title: z.string(), description: z.string() })),
    })
    .nullable()
    .describe('What would be filmed, until review_plan says what is; null where nothing waits'),
  failure: z.object({ code: z.string(), message: z.string(), remedy: z.string().optional() }).nullable(),
};
type RunAnswer = z.infer<z.ZodObject<typeof RunAnswerSchema>>;

export function runAnswer(report: RunReport, next: { saves: boolean }): CallToolResult {
  const data: RunAnswer = {
    run: report.id,
    state: report.state,
    finished: isOver(report),
    message: oneLine(report.message),
    features: report.features.map(({ title, verified, reason }) => ({
      title: oneLine(title),
      verified,
      ...(reason ? { reason: oneLine(reason) } : {}),
    })),
    not_shown: report.intentParts
      .filter(({ status }) => status === 'not_shown')
      .map(({ text, reason }) => ({ text: oneLine(text), reason: oneLine(reason) || 'not proven' })),
    notes: report.notes.slice(0, MOST_NOTES).map(oneLine),
    seconds: report.video ? report.video.durationMs / 1000 : null,
    plan_waits:
      waitsForReview(report) && report.review
        ? {
            deadline: report.review.deadline,
            features: report.review.features.map(({ id, title, description }) => ({
              id,
              title: oneLine(title),
              description: oneLine(description),
            })),
          }
        : null,
    failure: report.failure && {
      code: report.failure.code,
      message: oneLine(report.failure.message),
      ...(report.failure.remedy ? { remedy: oneLine(report.failure.remedy) } : {}),
    },
  };
  return answer(linesOf(data, next), data);
}

function linesOf(data: RunAnswer, { saves }: { saves: boolean }): string[] {
  const features = data.features.map(({ title, verified, reason }) =>
    verified ? `✓ ${title}` : `✗ ${title}${reason ? `: ${reason}` : ''}`,
  );
  return [
    `Run ${data.run} is ${data.state}: ${data.message}`,
    ...features,
    ...(data.plan_waits?.features ?? []).map(
      ({ id, title, description }, at) => `${at + 1}  ${title}: ${description}  (${id})`,
    ),
    ...data.not_shown.map(({ text, reason }) => `Not shown: ${text}: ${reason}`),
    ...data.notes.map((note) => `– ${note}`),
    ...(data.failure ? [`Failed: ${data.failure.message}`] : []),
    ...(data.failure?.remedy ? [`Try: ${data.failure.remedy}`] : []),
    nextOf(data, saves),
  ];
}

function nextOf({ run, finished, seconds, plan_waits: waiting }: RunAnswer, saves: boolean): string {
  if (waiting !== null)
    return `The plan waits. Say what is filmed, or that all is, with review_plan, run "${run}"; at ${waiting.deadline ?? 'its time'} it goes on as proposed.`;
  if (!finished) return `It goes on. Wait with watch_run, run "${run}".`;
  if (seconds === null) return `There is no film. What happened is in showrunner://runs/${run}/log.`;
  const film = `A film of ${seconds.toFixed(1)} s.`;
  return saves
    ? `${film} Save it with get_video, run "${run}".`
    : `${film} Its address: get_video, run "${run}".`;
}
