import { answerOf, type ApiClient } from '@showrunner/api-client';
import { TERMINAL_RUN_STATES } from '@showrunner/contracts';
import type { RunReport } from '@showrunner/contracts';
import { Interrupts } from './interrupts';
import { ResultsFolder } from './results-folder';
import { reportResults, watchRun } from './watch-run';
import type { WatchOptions } from './watch-run';

/** `get`: fetches what a run made, also of one that ended while nobody waited; one that goes on is waited for. Ctrl-C leaves it alone. */
export async function getRun(api: ApiClient, runId: string, options: WatchOptions): Promise<number> {
  const report: RunReport = await answerOf(api.GET('/runs/{id}', { params: { path: { id: runId } } }));
  const out = await ResultsFolder.claim(options.out, { force: options.force });
  try {
    if (!TERMINAL_RUN_STATES.includes(report.state))
      // Nobody's signals are listened to: the run is another's, and Ctrl-C ends this command alone.
      return await watchRun(api, report.id, out, options, new Interrupts(() => undefined));
    return await reportResults(api, report, out, options);
  } finally {
    await out.release();
  }
}
