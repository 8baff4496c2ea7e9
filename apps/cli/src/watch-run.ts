import path from 'node:path';
import type { RunReport } from '@showrunner/contracts';
import type { ApiClient } from '@showrunner/api-client';
import { followRun } from './follow-run';
import type { Interrupts } from './interrupts';
import { ProgressBar } from './progress-bar';
import { oneLine, progressLine } from './progress-lines';
import type { ResultsFolder } from './results-folder';
import { saveResults } from './save-results';

export interface WatchOptions {
  out: string;
  json?: boolean;
  force?: boolean;
}

/** Exit codes: filmed, not filmed, wrong use or no platform, filmed without some of what the intent names, nothing to compare with, interrupted. */
export const EXIT = {
  filmed: 0,
  notFilmed: 1,
  refused: 2,
  partly: 3,
  baseDown: 4,
  interrupted: 130,
} as const;

/**
 * Shows a run's progress on standard error until it ends, saves what it brought, and answers the exit code: 0 only when at least one
 * feature was proven and filmed, and the film is here.
 */
export async function watchRun(
  api: ApiClient,
  runId: string,
  out: ResultsFolder,
  options: WatchOptions,
  interrupts: Interrupts,
): Promise<number> {
  process.stderr.write(`Run ${runId}\n`);
  const report = await followAloud(api, runId, interrupts);
  const code = await reportResults(api, report, out, options);
  return interrupts.interruption === 'none' ? code : EXIT.interrupted;
}

/** Follows a run to its end, telling its progress on standard error; signals end the run. Answers its report. */
export async function followAloud(api: ApiClient, runId: string, interrupts: Interrupts): Promise<RunReport> {
  const startedAt = Date.now();
  const bar = new ProgressBar(process.stderr);
  interrupts.watch(api, runId);
  try {
    return await followRun(
      api,
      runId,
      (event) => {
        const line = progressLine(event, Date.now() - startedAt);
        if (line) bar.line(line);
      },
      {
        isOver: () => interrupts.interruption !== 'none',
        onProgress: (progress) => bar.show(progress),
        onAway: (isAway) =>
          bar.line(
            isAway
              ? 'The platform is away; the run goes on when it is up again (showrunner up). Waiting …'
              : 'The platform is back.',
          ),
      },
    );
  } finally {
    bar.end();
  }
}

/** Saves what a run that has ended brought, says what that is, and answers the exit code. */
export async function reportResults(
  api: ApiClient,
  report: RunReport,
  out: ResultsFolder,
  options: Pick<WatchOptions, 'json'>,
): Promise<number> {
  const others = await out.others();
  const { folder, files } = await saveResults(api, report, out);
  if (options.json) process.stdout.write(`${JSON.stringify({ ...report, out: folder, files })}\n`);
  else for (const line of resultLines(report, folder, files)) process.stdout.write(`${line}\n`);
  if (folder !== out.path)
    process.stderr.write(`The film of before stays in ${out.path}; what this run left is in ${folder}.\n`);
  if (others.length > 0)
    process.stderr.write(`${others.length} other files in ${out.path} were left alone.\n`);
  return exitCode(report, files);
}

/** How a run that ended by itself is told to whoever called: a film without some of what was asked for is no success. */
export function exitCode(report: RunReport, files: readonly string[]): number {
  if (!isFilmed(report, files)) return EXIT.notFilmed;
  return missingParts(report).length > 0 ? EXIT.partly : EXIT.filmed;
}

/** What the intent names and the film does not show. */
const missingParts = ({ intentParts }: RunReport): RunReport['intentParts'] =>
  intentParts.filter(({ status }) => status === 'not_shown');

/** Whether a run brought a film of at least one proven feature. */
export function isFilmed(report: RunReport, files: readonly string[]): boolean {
  return (
    report.state === 'done' && report.features.some(({ verified }) => verified) && files.includes('video.mp4')
  );
}

/** What is said at the end is said once, and is to be read to its end. */
const WHOLE = 1000;

/** What is said at the end: the film, what was proven and what not, or one clear sentence and the next thing to try. */
export function resultLines(report: RunReport, folder: string, files: readonly string[]): string[] {
  const features = report.features.map(({ title, verified, reason }) =>
    verified ? `  ✓ ${oneLine(title)}` : `  ✗ ${oneLine(title)}: ${oneLine(reason, WHOLE) || 'not proven'}`,
  );
  const divergences = report.replayOf ? divergenceLines(report) : [];
  const missing = missingParts(report).map(
    ({ text, reason }) => `Not shown: ${oneLine(text)}: ${oneLine(reason, WHOLE) || 'not proven'}`,
  );
  const lines = [...missing, ...features, ...noteLines(report.notes), ...divergences, ...modelLines(report)];
  if (isFilmed(report, files)) {
    const length = report.video ? ` (${(report.video.durationMs / 1000).toFixed(1)} s)` : '';
    return [...lines, `Film: ${path.join(folder, 'video.mp4')}${length}`];
  }
  if (report.state === 'cancelled' || report.state === 'killed') {
    return [...lines, `The run was ${report.state}. What exists is in ${folder}.`];
  }
  const { message, remedy } =
    report.failure ??
    (report.state === 'done'
      ? {
          message: 'The run ended, but its film could not be fetched.',
          remedy: `Fetch it again: showrunner get ${report.id}`,
        }
      : { message: report.message, remedy: undefined });
  return [
    ...lines,
    `Failed: ${printable(message)}`,
    ...(remedy ? [`Try: ${oneLine(remedy, WHOLE)}`] : []),
    `More: showrunner logs ${report.id}`,
  ];
}

/** What language models were asked and cost; nothing when none was. */
function modelLines({ usage }: RunReport): string[] {
  const { calls, tokensIn, tokensOut, costUsd, by } = usage.llm;
  if (calls === 0) return [];
  const cost = costUsd === null ? 'price not known' : `$${costUsd.toFixed(4)}`;
  const models = [...new Set(by.map(({ model }) => model))].join(', ');
  const asked = calls === 1 ? '1 request' : `${calls} requests`;
  return [`Models: ${asked} to ${oneLine(models)}, ${tokensIn} tokens in, ${tokensOut} out, ${cost}`];
}

const MOST_NOTES = 12;

/** What was left out and what else a reader should know; all of it is in run.json. */
function noteLines(notes: readonly string[]): string[] {
  const more = notes.length - MOST_NOTES;
  const shown = notes.slice(0, MOST_NOTES).map((note) => `  – ${oneLine(note, WHOLE)}`);
  return more > 0 ? [...shown, `  – ${more} more notes are in run.json.`] : shown;
}

function divergenceLines(report: RunReport): string[] {
  if (report.divergences.length === 0) {
    return [
      report.state === 'done' ? `Same actions as run ${report.replayOf ?? ''}.` : `No divergence was seen.`,
    ];
  }
  return [
    'Diverged from the recording:',
    ...report.divergences.map((divergence) => `  ${oneLine(divergence)}`),
  ];
}

/** Several lines (the end of a log) without what could steer a terminal. */
function printable(text: string): string {
  return text.replace(/[^\P{C}\n\t]/gu, '');
}
