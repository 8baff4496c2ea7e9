import { existsSync, readFileSync } from 'node:fs';
import { InvalidInputError } from '@showrunner/contracts';
import type { ApiClient } from './api-client';
import { watchRun } from './watch-run';
import type { WatchOptions } from './watch-run';

/** `replay`: films the actions of an earlier run, or of an exported history, again. No planning, no model. */
export async function replay(api: ApiClient, what: string, options: WatchOptions): Promise<number> {
  const run = existsSync(what)
    ? await api.post<{ id: string }>('/runs/replay', { json: { history: readHistory(what) } })
    : await api.post<{ id: string }>(`/runs/${encodeURIComponent(what)}/replay`);
  process.stderr.write(`Run ${run.id}\n`);
  return watchRun(api, run.id, options);
}

/** @throws InvalidInputError `history_unreadable` */
function readHistory(file: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (value && typeof value === 'object') return value as Record<string, unknown>;
  } catch (cause) {
    throw new InvalidInputError('history_unreadable', `"${file}" is not a history.`, {
      remedy: REMEDY,
      cause,
    });
  }
  throw new InvalidInputError('history_unreadable', `"${file}" is not a history.`, { remedy: REMEDY });
}
const REMEDY = 'Give the history.json that "film" left, or the id of a run.';
