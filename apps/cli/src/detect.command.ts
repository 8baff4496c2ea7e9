import { setTimeout as delay } from 'node:timers/promises';
import { AppError, type Build, toldCode } from '@showrunner/contracts';
import { answerOf, type ApiClient } from '@showrunner/api-client';
import { buildRequest, readGitOptions } from './film-options';
import type { FilmOptions } from './film-options';
import type { Interrupts } from './interrupts';
import { archiveOf, createProject } from './make-project';
import { buildSpecLines } from './build-spec-lines';
import { readSourceArgument } from './source-argument';
import { EXIT } from './watch-run';

export type DetectOptions = Pick<
  FilmOptions,
  | 'branch'
  | 'tokenFile'
  | 'sshKeyFile'
  | 'hostKey'
  | 'subdir'
  | 'install'
  | 'start'
  | 'dockerfile'
  | 'port'
  | 'runtime'
  | 'env'
  | 'provider'
  | 'json'
>;

const LOOK_EVERY_MS = 300;

/**
 * `detect`: has the platform fetch a source into a sandbox, read its files and say how it would be built and started. Nothing of the
 * source is run, and neither its sandbox nor its project is left behind.
 * @throws {AppError} why there is no plan, with the code and remedy that detection gave
 */
export async function detect(
  connectApi: () => Promise<ApiClient>,
  argument: string,
  options: DetectOptions,
  interrupts: Interrupts,
): Promise<number> {
  const source = readSourceArgument(argument, options.sshKeyFile);
  const request = buildRequest(options);
  const git = readGitOptions(options, source.kind);
  const archive = await archiveOf(source);
  if (interrupts.interruption !== 'none') return EXIT.interrupted;
  const api = await connectApi();
  const project = await createProject(api, source, git, archive);
  try {
    let build: Build = await answerOf(
      api.POST('/projects/{projectId}/detect', {
        params: { path: { projectId: project.id } },
        body: request,
      }),
    );
    while (!['detected', 'failed', 'cancelled'].includes(build.state)) {
      if (interrupts.interruption !== 'none') return EXIT.interrupted;
      await delay(LOOK_EVERY_MS);
      build = await answerOf(api.GET('/builds/{id}', { params: { path: { id: build.id } } }));
    }
    if (build.plan === null || build.state !== 'detected') throw failureOf(build);
    const lines = options.json ? [JSON.stringify(build.plan, null, 2)] : buildSpecLines(build.plan);
    process.stdout.write(`${lines.join('\n')}\n`);
    return EXIT.filmed;
  } finally {
    await forget(api, project.id);
  }
}

function failureOf({ failure, message }: Build): AppError {
  return new AppError(toldCode(failure?.code ?? 'not_detected'), failure?.message ?? message, {
    remedy: failure?.remedy,
  });
}

/** The project was only made to ask this; that it stays when the platform goes away is worth a line, not a failure. */
async function forget(api: ApiClient, projectId: string): Promise<void> {
  try {
    await api.DELETE('/projects/{id}', { params: { path: { id: projectId } } });
  } catch (error) {
    process.stderr.write(
      `The project ${projectId} was left behind: ${error instanceof Error ? error.message : String(error)}\n`,
    );
  }
}
