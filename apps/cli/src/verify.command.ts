import { AppError, type FilmCheck } from '@showrunner/contracts';
import { answerOf, type ApiClient, type components } from '@showrunner/api-client';
import { oneLine } from './progress-lines';
import { EXIT } from './watch-run';

type Export = components['schemas']['Export'];

const MARKS: Record<FilmCheck['result'], string> = { passed: '✓', failed: '✗', skipped: '–' };

/**
 * `verify`: tells how a finished film was held against what happened, check by check, and answers 0 when all that could be looked at is true.
 * @param id of an export, or of a run, whose own film is meant
 * @throws AppError 404 `not_found`; `not_verified` when the film is not there yet, or from before films were checked
 */
export async function verify(api: ApiClient, id: string, isJson: boolean): Promise<number> {
  const made = await exportOf(api, id);
  const { checks, failure } = made;
  if (isJson)
    process.stdout.write(`${JSON.stringify({ id: made.id, state: made.state, checks, failure })}\n`);
  if (failure?.code === 'film_untrue') {
    if (!isJson) process.stdout.write(`✗ Export ${made.id}: ${oneLine(failure.message)}\n`);
    return EXIT.notFilmed;
  }
  if (checks === null) {
    throw new AppError('not_verified', `The film ${made.id} was not checked: it is ${made.state}.`, {
      status: 409,
      remedy: `Wait for its end, or render it again: showrunner export ${made.runId}.`,
    });
  }
  if (!isJson)
    for (const { name, result, detail } of checks)
      process.stdout.write(`${MARKS[result]} ${name.padEnd(9)} ${oneLine(detail)}\n`);
  return checks.every(({ result }) => result !== 'failed') ? EXIT.filmed : EXIT.notFilmed;
}

async function exportOf(api: ApiClient, id: string): Promise<Export> {
  try {
    return await answerOf(api.GET('/exports/{id}', { params: { path: { id } } }));
  } catch (error) {
    if (!(error instanceof AppError) || error.status !== 404) throw error;
  }
  const { data } = await answerOf(api.GET('/runs/{runId}/exports', { params: { path: { runId: id } } }));
  // Newest first: the run's own film is the oldest that was made.
  const film = data.filter(({ state }) => state === 'done').at(-1) ?? data.at(-1);
  if (film !== undefined) return film;
  throw new AppError('not_verified', `Run ${id} has no film to verify.`, {
    status: 409,
    remedy: `See what happened: showrunner logs ${id}.`,
  });
}
