import { AppError, writtenBuildIdOf } from '@showrunner/contracts';
import type { AppAttempt, WrittenApp } from '@showrunner/contracts';
import type { GenerationRecord } from '@showrunner/database';
import { missingOf, packFiles, scanApp, shownApp, told } from '@showrunner/generated-app';
import { writeApp as askForApp } from '@showrunner/llm';
import { storedLedger } from '../models';
import { keepFiles } from './keep-files';
import type { ReadyBuild } from './keep-files';
import { knownVulnerabilities } from './known-vulnerabilities';
import type { WritingDependencies } from './writing-dependencies';

type Written = ReadyBuild | { problem: string };

/** An app takes longer to write than a plan. */
const ANSWER_FACTOR = 2;
/** Below the longest time of the activity. */
const WRITING_MS = 4 * 60_000;
const ATTEMPTS = 3;
/** Of the model's answer, not of its server: another attempt may bring another answer. */
const WORTH_ANOTHER = new Set(['model_answer_invalid', 'model_answer_cut', 'model_refused']);

/** The activity `writeApp`: see `WritingActivities`. */
export async function writeApp(deps: WritingDependencies, input: AppAttempt): Promise<Written> {
  const { projectId, attempt } = input;
  const { database } = deps;
  const generation = await database.generations.get(projectId);
  const { source } = await database.projects.get(projectId);
  const buildId = writtenBuildIdOf(projectId, attempt);
  // What a lost worker had finished is not asked and paid for again.
  if (source.kind === 'archive' && (await database.builds.find(buildId)) !== null)
    return { build: { buildId, source } };
  await database.generations.setState(projectId, {
    ...{ state: 'writing', attempt, message: attempt === 1 ? 'Writing the app' : 'Writing the app again' },
  });
  const taken = attempt === 1 ? await takeOver(deps, input, generation) : undefined;
  return taken ?? (await writeAnew(deps, input, generation));
}

/** The files of an equal prompt of the same tenant, which ran and were filmed. */
async function takeOver(
  deps: WritingDependencies,
  input: AppAttempt,
  { prompt, kind, tenantId }: GenerationRecord,
): Promise<Written | undefined> {
  const { database, store } = deps;
  const { generations, projects } = database.forTenant(tenantId);
  const pattern = await generations.findPattern(prompt, kind);
  const project = pattern === null ? null : await projects.find(pattern.projectId);
  if (project?.source.kind !== 'archive' || (await store.head(project.source.storageKey)) === null)
    return undefined;
  const kept = await keepFiles(deps, input, await store.read(project.source.storageKey));
  const note = `An equal prompt was made before: the files of project ${project.id}, which ran and were filmed, were taken over; no model was asked.`;
  await generations.setState(input.projectId, { reusedFrom: project.id, note });
  return kept;
}

async function writeAnew(
  deps: WritingDependencies,
  input: AppAttempt,
  { prompt, kind }: GenerationRecord,
): Promise<Written> {
  const { database, models } = deps;
  const { projectId, attempt, isLast, problem } = input;
  const note = (text: string): Promise<void> => database.generations.setState(projectId, { note: text });
  if (models === undefined)
    throw new AppError('model_not_set_up', 'There is no model that could write an app.');
  const spent = await database.modelCalls.spent({ projectId });
  const timeoutMs = models.timeoutMs * ANSWER_FACTOR;
  let app: WrittenApp;
  try {
    const request = { prompt, kind, problem, isFallback: isLast, leftUsd: models.appLimit.usd - spent.usd };
    const answered = await askForApp(models.clients, request, {
      ...{ signal: deps.signal(), now: Date.now, timeoutMs, budgetMs: WRITING_MS },
      ...{ attempt: deps.attempt(), attempts: ATTEMPTS, maxWaitMs: models.maxWaitMs },
      ...{ ledger: storedLedger(database, { projectId }, models.appLimit), purpose: { purpose: 'app' } },
      prices: models.prices,
    });
    app = answered.value;
    for (const text of answered.notes) await note(`${text} ${answered.model} was asked instead.`);
    await database.generations.setState(projectId, { model: answered.model, reusedFrom: null });
  } catch (error) {
    if (!(error instanceof AppError) || isLast || !WORTH_ANOTHER.has(error.code)) throw error;
    await note(`Attempt ${attempt}: ${error.message}`);
    return { problem: error.message };
  }
  const findings = [...missingOf(app, kind), ...(await scanApp(app.files))].map(told);
  const known = findings.length > 0 ? undefined : await knownVulnerabilities(app.files, deps.advisories);
  for (const text of known?.notes ?? []) await note(text);
  const refused = [...findings, ...(known?.refused ?? [])];
  if (refused.length === 0) return keepFiles(deps, input, await packFiles(shownApp(app, kind)));
  await note(`Attempt ${attempt} was refused before it ran: ${refused.slice(0, 3).join(' ')}`);
  return { problem: refused.join('\n') };
}
