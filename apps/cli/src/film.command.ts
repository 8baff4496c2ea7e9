import { randomUUID } from 'node:crypto';
import { InvalidInputError } from '@showrunner/contracts';
import { answerOf, type ApiClient } from '@showrunner/api-client';
import { againstItsBase, comparedSource, requireComparable } from './compared-source';
import type { ComparedRequest } from './compared-source';
import { readGitOptions, runRequest } from './film-options';
import type { FilmOptions } from './film-options';
import type { Interrupts } from './interrupts';
import { createProject } from './make-project';
import { createByPrompt, promptRequest } from './prompted-project';
import { reportComparison } from './report-comparison';
import { ResultsFolder } from './results-folder';
import { readSourceArgument } from './source-argument';
import { EXIT, followAloud, watchRun } from './watch-run';

/**
 * `film`: makes a project of the source, or takes that of the pinned plan, starts a run and watches it. Everything that can be wrong with the input is found before the
 * platform is started or asked for anything.
 */
export async function film(
  connectApi: () => Promise<ApiClient>,
  argument: string | undefined,
  asked: FilmOptions,
  interrupts: Interrupts,
): Promise<number> {
  const options = againstItsBase(argument, asked);
  runRequest('', options);
  requireComparable(options);
  const projectOn = await projectOf(argument, options, interrupts);
  const out = await ResultsFolder.claim(options.out, { force: options.force });
  try {
    return await filmInto(out, connectApi, projectOn, options, interrupts);
  } finally {
    await out.release();
  }
}

async function filmInto(
  out: ResultsFolder,
  connectApi: () => Promise<ApiClient>,
  projectOn: (api: ApiClient) => Promise<FilmedProject>,
  options: FilmOptions,
  interrupts: Interrupts,
): Promise<number> {
  if (interrupts.interruption !== 'none') return EXIT.interrupted;
  const api = await connectApi();
  const project = await projectOn(api);
  if (interrupts.interruption !== 'none') return EXIT.interrupted;
  // The key makes it one run, should the answer get lost and the request be sent again.
  const once = { header: { 'Idempotency-Key': randomUUID() } };
  const run = await answerOf(
    api.repeatedly.POST('/runs', {
      params: once,
      body: { ...runRequest(project.id, options), ...project.compared },
    }),
  );
  if (options.base === undefined) return watchRun(api, run.id, out, options, interrupts);
  process.stderr.write(`Run ${run.id}, compared with ${options.base}\n`);
  const report = await followAloud(api, run.id, interrupts);
  const code = await reportComparison(api, report, out, options);
  return interrupts.interruption === 'none' ? code : EXIT.interrupted;
}

interface FilmedProject {
  id: string;
  compared?: ComparedRequest;
}

/**
 * How the project of a film is had: made of its source, which is read and packed now, or found by the plan, which belongs to one.
 * @throws InvalidInputError `no_source`, `plan_has_source`, `source_ambiguous` and those of the source
 */
async function projectOf(
  argument: string | undefined,
  options: FilmOptions,
  interrupts: Interrupts,
): Promise<(api: ApiClient) => Promise<FilmedProject>> {
  const { planId, template, prompt, branch, subdir, tokenFile, sshKeyFile } = options;
  const ofSource = [argument, branch, subdir, tokenFile, sshKeyFile];
  if (planId !== undefined) {
    if ([...ofSource, template, prompt].some((given) => given !== undefined)) {
      throw new InvalidInputError('plan_has_source', 'A plan is filmed on the source that it was made for.', {
        remedy: 'Leave the source, --branch and --subdir out, or leave --plan-id out.',
      });
    }
    return async (api) => {
      const params = { path: { id: planId } };
      const { projectId } = await answerOf(api.GET('/plans/{id}', { params }));
      return { id: projectId };
    };
  }
  if (template !== undefined || prompt !== undefined) {
    if (ofSource.some((given) => given !== undefined) || (template && prompt)) {
      throw new InvalidInputError('source_ambiguous', 'More than one thing to film is given.', {
        remedy: 'Give a source, --template or --prompt, and only one of them.',
      });
    }
    if (prompt !== undefined) {
      const body = promptRequest(prompt, options.kind);
      return (api) => createByPrompt(api, body, interrupts);
    }
    return (api) => answerOf(api.POST('/projects', { body: { template: template ?? '' } }));
  }
  if (argument === undefined) {
    throw new InvalidInputError('no_source', 'There is nothing to film.', {
      remedy:
        'Give a Git URL, a folder or an archive, --template with an app of the gallery, --prompt with what an app shall do, or --plan-id with a plan of an earlier run.',
    });
  }
  const source = readSourceArgument(argument, sshKeyFile);
  const git = readGitOptions(options, source.kind);
  const { archive, request } = await comparedSource(source, options);
  return async (api) => {
    const { id } = await createProject(api, source, git, archive);
    return { id, compared: await request(api) };
  };
}
