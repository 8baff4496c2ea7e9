import { setTimeout as delay } from 'node:timers/promises';
import { answerOf, type ApiClient } from '@showrunner/api-client';
import { TERMINAL_RUN_STATES } from '@showrunner/contracts';
import type { RunReport } from '@showrunner/contracts';

const LOOK_EVERY_MS = 1_000;

export interface Following {
  /** How long to wait for the end of the run, ms. */
  waitMs: number;
  signal: AbortSignal;
  /** Told of each new message of the run. */
  onMessage?: (message: string) => Promise<void>;
}

export const isOver = ({ state }: Pick<RunReport, 'state'>): boolean => TERMINAL_RUN_STATES.includes(state);

/** Whether the plan of a run waits for somebody's word. */
export const waitsForReview = (report: Pick<RunReport, 'state' | 'review'>): boolean =>
  !isOver(report) && report.review?.state === 'open';

/**
 * Waits until a run ends or its plan begins to wait for somebody's word, but no longer than is wanted; answers its report as it is then. Where the plan
 * waited already, whoever asks has been told, and it may be somebody else's to look at.
 */
export async function follow(
  api: ApiClient,
  id: string,
  { waitMs, signal, onMessage }: Following,
): Promise<RunReport> {
  const until = Date.now() + waitMs;
  let told = '';
  let isTold: boolean | undefined;
  for (;;) {
    const report: RunReport = await answerOf(api.GET('/runs/{id}', { params: { path: { id } }, signal }));
    if (report.message !== told) await onMessage?.(report.message);
    told = report.message;
    isTold ??= waitsForReview(report);
    if (isOver(report) || (waitsForReview(report) && !isTold) || Date.now() >= until) return report;
    await delay(Math.min(LOOK_EVERY_MS, Math.max(0, until - Date.now())), undefined, { signal });
  }
}
