import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { InvalidInputError, isRegression } from '@showrunner/contracts';
import type { CheckReport } from '@showrunner/contracts';
import { answerOf, type ApiClient } from '@showrunner/api-client';
import type { Interrupts } from './interrupts';
import { junitOf } from './junit-report';
import { archiveOf, createProject } from './make-project';
import { oneLine } from './progress-lines';
import { readSourceArgument } from './source-argument';
import { EXIT, followAloud } from './watch-run';

export interface CheckOptions {
  against?: string;
  source?: string;
  junit?: string;
  json?: string;
}

/**
 * `check`: drives the plan of a run again, without pace and pictures, and says step by step what changed. Exit code 0: all that worked works; 1:
 * something does not, or the app could not be started any more.
 */
export async function check(
  connectApi: () => Promise<ApiClient>,
  run: string,
  options: CheckOptions,
  interrupts: Interrupts,
): Promise<number> {
  const source = sourceOf(options);
  const api = await connectApi();
  const projectId = await source(api);
  if (interrupts.interruption !== 'none') return EXIT.interrupted;
  const params = { path: { id: run }, header: { 'Idempotency-Key': randomUUID() } };
  const body = { ...(options.against && { against: options.against }), ...(projectId && { projectId }) };
  const { id } = await answerOf(api.repeatedly.POST('/runs/{id}/checks', { params, body }));
  process.stderr.write(`Check ${id} of run ${run}\n`);
  await followAloud(api, id, interrupts);
  const report = await answerOf(api.GET('/runs/{id}/check', { params: { path: { id } } }));
  if (options.json !== undefined) await save(options.json, `${JSON.stringify(report, null, 2)}\n`);
  if (options.junit !== undefined) await save(options.junit, junitOf(report));
  for (const line of checkLines(report)) process.stdout.write(`${line}\n`);
  if (interrupts.interruption !== 'none') return EXIT.interrupted;
  return report.regressed ? EXIT.notFilmed : EXIT.filmed;
}

/** What is checked instead of the run's own source, packed now; found wrong before anything is started. */
function sourceOf({ source, against }: CheckOptions): (api: ApiClient) => Promise<string | undefined> {
  if (source === undefined) return () => Promise.resolve(undefined);
  if (against !== undefined) {
    throw new InvalidInputError('check_ambiguous', 'Both --against and --source are given.', {
      remedy: 'Leave one of them out.',
    });
  }
  const read = readSourceArgument(source);
  return async (api) => (await createProject(api, read, {}, await archiveOf(read))).id;
}

async function save(file: string, text: string): Promise<void> {
  try {
    await writeFile(path.resolve(file), text);
  } catch (cause) {
    throw new InvalidInputError('out_unusable', `"${file}" cannot be written.`, {
      remedy: 'Name a file that you may write.',
      cause,
    });
  }
}

const MARKS: Record<CheckReport['steps'][number]['change'], string> = {
  same: '✓',
  healed: '~',
  worksNow: '+',
  refuted: '✗',
  missing: '✗',
  notReached: '✗',
  stillFails: '–',
};
const WORDS: Record<CheckReport['steps'][number]['change'], string> = {
  same: '',
  healed: 'works, on another target',
  worksNow: 'works now',
  refuted: 'no longer does what it did',
  missing: 'is no longer there',
  notReached: 'not reached',
  stillFails: 'fails as before',
};

/** What a check found, for people: each step that changed, and how many did not. */
export function checkLines({ steps, regressed, failure }: CheckReport): string[] {
  if (failure !== null) return [`Nothing could be checked: ${oneLine(failure.message)}`];
  const lines = steps.map(({ featureTitle, caption, change, reason }) => {
    const said = [WORDS[change], oneLine(reason)].filter((one) => one !== '').join(': ');
    return `  ${MARKS[change]} ${oneLine(featureTitle)} · ${oneLine(caption)}${said === '' ? '' : `: ${said}`}`;
  });
  const broken = steps.filter(isRegression).length;
  const end = regressed
    ? `${broken} of ${steps.length} steps no longer work.`
    : `All ${steps.length} steps are as they were, or better.`;
  return [...lines, end];
}
