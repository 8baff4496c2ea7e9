import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { comparisonReport, headline } from '@showrunner/comparison';
import { AppError, FILM_FILES } from '@showrunner/contracts';
import type { Comparison, RunReport } from '@showrunner/contracts';
import { answerOf, type ApiClient } from '@showrunner/api-client';
import { download } from './download';
import { renderedExport } from './export.command';
import { oneLine } from './progress-lines';
import type { ResultsFolder } from './results-folder';
import { saveResults } from './save-results';
import { EXIT, reportResults } from './watch-run';

/** What a comparison leaves in a folder besides what a film leaves. */
export const COMPARISON_FILES = {
  json: 'comparison.json',
  report: 'comparison.md',
  gif: 'video.gif',
} as const;
/** What forges show in a comment. */
const MOST_GIF_BYTES = 10_000_000;

/**
 * Saves what a run that was compared brought, with its report in Markdown and its film as GIF, says what was found, and answers the exit code:
 * 1 when something that worked no longer does or nothing was filmed, 4 when nothing runs at the base.
 */
export async function reportComparison(
  api: ApiClient,
  report: RunReport,
  out: ResultsFolder,
  options: { json?: boolean },
): Promise<number> {
  if (report.state !== 'done') return reportResults(api, report, out, options);
  const comparison = await answerOf(
    api.GET('/runs/{id}/comparison', { params: { path: { id: report.id } } }),
  );
  const { folder, files } = await saveResults(api, report, out);
  const hasFilm = files.includes('video.mp4');
  const gif = hasFilm ? await saveGif(api, report.id, folder) : undefined;
  const text = comparisonReport(comparison, {
    ...(hasFilm && { film: 'video.mp4', poster: FILM_FILES.poster }),
    ...(gif !== undefined && { gif }),
  });
  await writeFile(path.join(folder, COMPARISON_FILES.json), `${JSON.stringify(comparison, null, 2)}\n`);
  await writeFile(path.join(folder, COMPARISON_FILES.report), text);
  const written = [
    ...files,
    COMPARISON_FILES.json,
    COMPARISON_FILES.report,
    ...(gif === undefined ? [] : [gif]),
  ];
  if (options.json)
    process.stdout.write(`${JSON.stringify({ ...report, comparison, out: folder, files: written })}\n`);
  else for (const line of comparisonLines(comparison, folder, hasFilm)) process.stdout.write(`${line}\n`);
  return comparisonCode(comparison);
}

/** How a comparison is told to whoever called. */
export function comparisonCode({ regressed, base }: Pick<Comparison, 'regressed' | 'base'>): number {
  if (regressed) return EXIT.notFilmed;
  return base.failure === null ? EXIT.filmed : EXIT.baseDown;
}

const MARKS: Record<Comparison['features'][number]['verdict'], string> = {
  ...{ new: '+', changed: '~', same: '✓', broken: '✗', removed: '–' },
};

/** What was found, for people. */
export function comparisonLines(comparison: Comparison, folder: string, hasFilm: boolean): string[] {
  const { base, features, notes } = comparison;
  const failure =
    base.failure === null
      ? []
      : [`Nothing runs at ${base.ref ?? 'the base'}: ${oneLine(base.failure.message)}`];
  return [
    ...failure,
    ...features.map(
      ({ verdict, title, reason }) =>
        `  ${MARKS[verdict]} ${verdict} · ${oneLine(title)}${reason === '' ? '' : `: ${oneLine(reason)}`}`,
    ),
    ...notes.map((note) => `  – ${oneLine(note)}`),
    headline(comparison),
    ...(hasFilm ? [`Film: ${path.join(folder, 'video.mp4')}`] : []),
    `Report: ${path.join(folder, COMPARISON_FILES.report)}`,
  ];
}

/** The film as a GIF that forges show; undefined, and told, when it cannot be made so small. */
async function saveGif(api: ApiClient, runId: string, folder: string): Promise<string | undefined> {
  try {
    const { id } = await renderedExport(api, runId, { format: 'gif', maxBytes: MOST_GIF_BYTES });
    const params = { path: { id, name: COMPARISON_FILES.gif } };
    const asked = api.GET('/exports/{id}/artifacts/{name}', { params, parseAs: 'stream' });
    return (await download(asked, path.join(folder, COMPARISON_FILES.gif)))
      ? COMPARISON_FILES.gif
      : undefined;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    process.stderr.write(`There is no GIF: ${oneLine(error.message)}\n`);
    return undefined;
  }
}
