import { answerOf, type ApiClient, type components } from '@showrunner/api-client';
import { AppError } from '@showrunner/contracts';
import { oneLine } from './progress-lines';
import { EXIT } from './watch-run';

interface RunPage {
  data: components['schemas']['RunSummary'][];
  nextCursor: string | null;
}

/** `runs`: all runs, newest first. */
export async function listRuns(api: ApiClient, json: boolean): Promise<number> {
  const runs: RunPage['data'] = [];
  let cursor: string | null = null;
  do {
    const query = { limit: 100, ...(cursor ? { cursor } : {}) };
    const page: RunPage = await answerOf(api.GET('/runs', { params: { query } }));
    runs.push(...page.data);
    cursor = page.nextCursor;
  } while (cursor);
  if (json) process.stdout.write(`${JSON.stringify(runs, null, 2)}\n`);
  else if (runs.length === 0)
    process.stdout.write('No runs yet. Make one with "showrunner film <source>".\n');
  else
    for (const run of runs) {
      const message = oneLine(run.message, 100);
      process.stdout.write(`${run.id}  ${run.state.padEnd(10)} ${run.createdAt}  ${message}\n`);
    }
  return 0;
}

/** `cancel` and `kill`. */
export async function stopRun(api: ApiClient, runId: string, how: 'cancel' | 'kill'): Promise<number> {
  await api.repeatedly.POST(`/runs/{id}/${how}`, { params: { path: { id: runId } } });
  process.stdout.write(
    how === 'cancel' ? `Run ${runId} stops at the next safe point.\n` : `Run ${runId} is killed.\n`,
  );
  return 0;
}

/** `delete`: runs that have ended, with their films. One that cannot be deleted is told; the others go all the same. */
export async function deleteRuns(api: ApiClient, runIds: readonly string[]): Promise<number> {
  let code: number = EXIT.filmed;
  for (const id of runIds) {
    try {
      await answerOf(api.DELETE('/runs/{id}', { params: { path: { id } } }));
      process.stdout.write(`Run ${id} is deleted, with its film.\n`);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      process.stderr.write(`${error.message}${error.remedy ? `\nTry: ${error.remedy}` : ''}\n`);
      code = EXIT.refused;
    }
  }
  return code;
}

/** `logs`: what happened in a run, as text. */
export async function showLogs(api: ApiClient, runId: string): Promise<number> {
  const params = { path: { id: runId } };
  const text = await answerOf(api.GET('/runs/{id}/logs', { params, parseAs: 'text' }));
  process.stdout.write(`${text}\n`);
  return 0;
}
