import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError, TERMINAL_EXPORT_STATES, toldCode } from '@showrunner/contracts';
import type { Export } from '@showrunner/contracts';
import type { ApiClient } from './api-client';
import { prepareFolder } from './save-results';
import { EXIT } from './watch-run';

const POLL_MS = 500;
const FILES = ['video.mp4', 'captions.vtt'];

/**
 * `export`: renders the film of a run again from what is stored, and leaves `video.mp4` and `captions.vtt` in a folder.
 * @throws AppError the server's problem, `out_unusable`, or the reason for which rendering failed
 */
export async function exportRun(api: ApiClient, runId: string, options: { out: string }): Promise<number> {
  const folder = path.resolve(options.out);
  await prepareFolder(folder, FILES);
  let made = await api.post<Export>(`/runs/${encodeURIComponent(runId)}/exports`, {
    headers: { 'idempotency-key': randomUUID() },
    repeatable: true,
  });
  process.stderr.write(`Export ${made.id} of run ${runId}\n`);
  let told = -1;
  while (!TERMINAL_EXPORT_STATES.includes(made.state)) {
    const percent = Math.round(made.progress * 100);
    if (percent > told) process.stderr.write(`  ${made.state} ${percent} %\n`);
    told = Math.max(told, percent);
    await delay(POLL_MS);
    made = await api.get<Export>(`/exports/${made.id}`);
  }
  if (made.state !== 'done') {
    const { code, message, remedy } = made.failure ?? {
      code: 'cancelled',
      message: 'The export was cancelled.',
    };
    throw new AppError(toldCode(code), message, { remedy });
  }
  for (const name of FILES) {
    const file = path.join(folder, name);
    if (await api.download(`/exports/${made.id}/artifacts/${name}`, file)) process.stdout.write(`${file}\n`);
  }
  return EXIT.filmed;
}
