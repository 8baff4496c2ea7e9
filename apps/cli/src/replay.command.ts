import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { InvalidInputError } from '@showrunner/contracts';
import { answerOf, type ApiClient } from '@showrunner/api-client';
import type { Interrupts } from './interrupts';
import { archiveOf, createProject } from './make-project';
import { ResultsFolder } from './results-folder';
import { readSourceArgument } from './source-argument';
import type { SourceArgument } from './source-argument';
import { EXIT, watchRun } from './watch-run';
import type { WatchOptions } from './watch-run';

const REMEDY = 'Give the history.json that "film" left, or the id of a run ("showrunner runs" lists them).';

export interface ReplayOptions extends WatchOptions {
  /** Folder, archive or repository that was filmed, for a history of another machine. */
  source?: string;
}

/** `replay`: films the actions of an earlier run, or of an exported history, again. No planning, no model. */
export async function replay(
  connectApi: () => Promise<ApiClient>,
  what: string,
  options: ReplayOptions,
  interrupts: Interrupts,
): Promise<number> {
  const history = readReplayArgument(what);
  const source = sourceFor(history, options);
  const archive = source && (await archiveOf(source));
  const out = await ResultsFolder.claim(options.out, { force: options.force });
  try {
    const api = await connectApi();
    if (interrupts.interruption !== 'none') return EXIT.interrupted;
    // The key makes it one run, should the answer get lost and the request be sent again.
    const header = { 'Idempotency-Key': randomUUID() };
    const project = source && (await createProject(api, source, {}, archive));
    const run =
      history === undefined
        ? await answerOf(api.repeatedly.POST('/runs/{id}/replay', { params: { path: { id: what }, header } }))
        : await answerOf(
            api.repeatedly.POST('/runs/replay', {
              params: { header },
              body: { history, ...(project && { projectId: project.id }) },
            }),
          );
    return await watchRun(api, run.id, out, options, interrupts);
  } finally {
    await out.release();
  }
}

/** @throws {InvalidInputError} `source_not_needed`, and what `readSourceArgument` throws */
export function sourceFor(
  history: Record<string, unknown> | undefined,
  { source }: Pick<ReplayOptions, 'source'>,
): SourceArgument | undefined {
  if (source === undefined) return undefined;
  if (history === undefined)
    throw new InvalidInputError('source_not_needed', 'A run that is here has its source.', {
      remedy: 'Leave out --source, or give a history.json.',
    });
  return readSourceArgument(source);
}

/**
 * The history that a file holds; undefined when the id of a run was given.
 * @throws {InvalidInputError} `history_missing`, `history_unreadable`
 */
export function readReplayArgument(what: string): Record<string, unknown> | undefined {
  if (!existsSync(what)) {
    if (/^[a-z0-9]{6,40}$/.test(what)) return undefined;
    throw new InvalidInputError('history_missing', `"${what}" is neither a file nor the id of a run.`, {
      remedy: REMEDY,
    });
  }
  try {
    const value: unknown = JSON.parse(readFileSync(what, 'utf8'));
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch (cause) {
    throw new InvalidInputError('history_unreadable', `"${what}" is not a history.`, {
      remedy: REMEDY,
      cause,
    });
  }
  throw new InvalidInputError('history_unreadable', `"${what}" is not a history.`, { remedy: REMEDY });
}
