import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { InvalidInputError } from '@showrunner/contracts';
import { answerOf, type ApiClient } from '@showrunner/api-client';
import type { Interrupts } from './interrupts';
import { ResultsFolder } from './results-folder';
import { EXIT, watchRun } from './watch-run';
import type { WatchOptions } from './watch-run';

const REMEDY = 'Give the history.json that "film" left, or the id of a run ("showrunner runs" lists them).';

/** `replay`: films the actions of an earlier run, or of an exported history, again. No planning, no model. */
export async function replay(
  connectApi: () => Promise<ApiClient>,
  what: string,
  options: WatchOptions,
  interrupts: Interrupts,
): Promise<number> {
  const history = readReplayArgument(what);
  const out = await ResultsFolder.claim(options.out, { force: options.force });
  try {
    const api = await connectApi();
    if (interrupts.interruption !== 'none') return EXIT.interrupted;
    // The key makes it one run, should the answer get lost and the request be sent again.
    const header = { 'Idempotency-Key': randomUUID() };
    const run =
      history === undefined
        ? await answerOf(api.repeatedly.POST('/runs/{id}/replay', { params: { path: { id: what }, header } }))
        : await answerOf(api.repeatedly.POST('/runs/replay', { params: { header }, body: { history } }));
    return await watchRun(api, run.id, out, options, interrupts);
  } finally {
    await out.release();
  }
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
