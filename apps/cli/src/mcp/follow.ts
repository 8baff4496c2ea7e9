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

/** Waits until a run ends, but no longer than is wanted; answers its report as it is then. */
export async function follow(
  api: ApiClient,
  id: string,
  { waitMs, signal, onMessage }: Following,
): Promise<RunReport> {
  const until = Date.now() + waitMs;
  let told = '';
  for (;;) {
    const report: RunReport = await answerOf(api.GET('/runs/{id}', { params: { path: { id } }, signal }));
    if (report.message !== told) await onMessage?.(report.message);
    told = report.message;
    if (isOver(report) || Date.now() >= until) return report;
    await delay(Math.min(LOOK_EVERY_MS, Math.max(0, until - Date.now())), undefined, { signal });
  }
}
