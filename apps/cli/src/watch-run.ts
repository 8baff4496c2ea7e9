import path from 'node:path';
import type { RunReport } from '@showrunner/contracts';
import type { ApiClient } from './api-client';
import { followRun } from './follow-run';
import { progressLine } from './progress-lines';
import { saveResults } from './save-results';

export interface WatchOptions {
  out: string;
  json?: boolean;
}

/**
 * Shows a run's progress on standard error until it ends, saves what it brought, and answers the exit code: 0 only when at least one
 * feature was proven and filmed. The first Ctrl-C cancels the run, the second kills it; the platform stays up.
 */
export async function watchRun(api: ApiClient, runId: string, options: WatchOptions): Promise<number> {
  const startedAt = Date.now();
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  let interrupts = 0;
  const interrupt = (): void => {
    interrupts += 1;
    const how = interrupts === 1 ? 'cancel' : 'kill';
    say(interrupts === 1 ? 'Cancelling the run (Ctrl-C again kills it) …' : 'Killing the run …');
    api.post(`/runs/${runId}/${how}`).catch((error: Error) => say(error.message));
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    const report = await followRun(api, runId, (event) => {
      const line = progressLine(event, Date.now() - startedAt);
      if (line) say(line);
    });
    const folder = path.resolve(options.out);
    const files = await saveResults(api, report, folder);
    if (options.json) process.stdout.write(`${JSON.stringify({ ...report, out: folder, files })}\n`);
    else for (const line of resultLines(report, folder)) process.stdout.write(`${line}\n`);
    return exitCode(report, interrupts > 0);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

function exitCode(report: RunReport, interrupted: boolean): number {
  if (interrupted) return 130;
  return report.state === 'done' && report.features.some((feature) => feature.proven) ? 0 : 1;
}

/** What is said at the end: the film, what was proven and what not, or one clear sentence and the next thing to try. */
export function resultLines(report: RunReport, folder: string): string[] {
  const features = report.features.map(({ title, proven, reason }) =>
    proven ? `  ✓ ${title}` : `  ✗ ${title}: ${reason ?? 'not proven'}`,
  );
  const divergences = report.replayOf ? divergenceLines(report) : [];
  if (report.state === 'done') {
    const film = report.video ? ` (${(report.video.durationMs / 1000).toFixed(1)} s)` : '';
    return [...features, ...divergences, `Film: ${path.join(folder, 'video.mp4')}${film}`];
  }
  if (report.state === 'failed') {
    const { message, remedy } = report.failure ?? { message: report.message, remedy: undefined };
    return [
      ...features,
      `Failed: ${message}`,
      ...(remedy ? [`Try: ${remedy}`] : []),
      `More: showrunner logs ${report.id}`,
    ];
  }
  return [...features, `The run was ${report.state}. What exists is in ${folder}.`];
}

function divergenceLines(report: RunReport): string[] {
  if (report.divergences.length === 0) return [`Same actions as run ${report.replayOf ?? ''}.`];
  return ['Diverged from the recording:', ...report.divergences.map((divergence) => `  ${divergence}`)];
}
