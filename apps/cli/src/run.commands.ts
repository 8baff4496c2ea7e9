import type { ApiClient } from './api-client';

interface RunLine {
  id: string;
  state: string;
  message: string;
  createdAt: string;
}

interface RunPage {
  data: RunLine[];
  nextCursor: string | null;
}

/** `runs`: all runs, newest first. */
export async function listRuns(api: ApiClient, json: boolean): Promise<number> {
  const runs: RunLine[] = [];
  let cursor: string | null = null;
  do {
    const page: RunPage = await api.get<RunPage>(
      `/runs?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    );
    runs.push(...page.data);
    cursor = page.nextCursor;
  } while (cursor);
  if (json) process.stdout.write(`${JSON.stringify(runs, null, 2)}\n`);
  else if (runs.length === 0)
    process.stdout.write('No runs yet. Make one with "showrunner film <source>".\n');
  else
    for (const run of runs) {
      const message = (run.message.split('\n')[0] ?? '').slice(0, 100);
      process.stdout.write(`${run.id}  ${run.state.padEnd(10)} ${run.createdAt}  ${message}\n`);
    }
  return 0;
}

/** `cancel` and `kill`. */
export async function stopRun(api: ApiClient, runId: string, how: 'cancel' | 'kill'): Promise<number> {
  await api.post(`/runs/${encodeURIComponent(runId)}/${how}`, { repeatable: true });
  process.stdout.write(
    how === 'cancel' ? `Run ${runId} stops at the next safe point.\n` : `Run ${runId} is killed.\n`,
  );
  return 0;
}

/** `logs`: what happened in a run, as text. */
export async function showLogs(api: ApiClient, runId: string): Promise<number> {
  const response = await api.request(`/runs/${encodeURIComponent(runId)}/logs`);
  process.stdout.write(`${await response.text()}\n`);
  return 0;
}
