import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { ApiClient } from './api-client';
import { readGitOptions, runRequest } from './film-options';
import type { FilmOptions } from './film-options';
import type { Interrupts } from './interrupts';
import { archiveOf, createProject } from './make-project';
import { prepareFolder } from './save-results';
import { readSourceArgument } from './source-argument';
import { EXIT, watchRun } from './watch-run';

/**
 * `film`: makes a project of the source, starts a run and watches it. Everything that can be wrong with the input is found before the
 * platform is started or asked for anything.
 */
export async function film(
  connectApi: () => Promise<ApiClient>,
  argument: string,
  options: FilmOptions,
  interrupts: Interrupts,
): Promise<number> {
  const source = readSourceArgument(argument);
  runRequest('', options);
  const git = readGitOptions(options, source.kind);
  const archive = await archiveOf(source);
  await prepareFolder(path.resolve(options.out));
  if (interrupts.interruption !== 'none') return EXIT.interrupted;
  const api = await connectApi();
  const project = await createProject(api, source, git, archive);
  if (interrupts.interruption !== 'none') return EXIT.interrupted;
  // The key makes it one run, should the answer get lost and the request be sent again.
  const run = await api.post<{ id: string }>('/runs', {
    json: runRequest(project.id, options),
    headers: { 'idempotency-key': randomUUID() },
    repeatable: true,
  });
  return watchRun(api, run.id, options, interrupts);
}
