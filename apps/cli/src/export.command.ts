import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError, TERMINAL_EXPORT_STATES, toldCode } from '@showrunner/contracts';
import { answerOf, type ApiClient } from '@showrunner/api-client';
import type { ExportOutputInput } from '@showrunner/contracts';
import { download } from './download';
import { readOutput, type OutputOptions } from './output-options';
import { oneLine } from './progress-lines';
import { ResultsFolder } from './results-folder';
import { EXIT } from './watch-run';

const POLL_MS = 500;

export interface ExportOptions extends OutputOptions {
  out: string;
  force?: boolean;
}

/**
 * `export`: renders the film of a run again from what is stored, in the format asked for, and leaves it with its captions, chapters and stills
 * in a folder. What else lies there stays.
 * @throws InvalidInputError `bad_output` @throws AppError the server's problem, `out_unusable`, or the reason for which rendering failed
 */
export async function exportRun(api: ApiClient, runId: string, options: ExportOptions): Promise<number> {
  const output = readOutput(options);
  const out = await ResultsFolder.claim(options.out, { names: [], force: options.force });
  try {
    return await exportInto(out, api, runId, output);
  } finally {
    await out.release();
  }
}

/** A platform from before exports named their files offers these. */
const OLDER_FILES = ['video.mp4', 'captions.vtt'];

const namesOf = ({ files }: { files?: { name: string }[] }): string[] =>
  files === undefined || files.length === 0 ? OLDER_FILES : files.map(({ name }) => path.basename(name));

/**
 * Asks for an export, waits for its end and says how far it is.
 * @throws AppError the reason for which rendering failed
 */
export async function renderedExport(
  api: ApiClient,
  runId: string,
  output: ExportOutputInput,
): Promise<{ id: string; files?: { name: string }[]; notes?: string[] }> {
  const once = { header: { 'Idempotency-Key': randomUUID() } };
  let made = await answerOf(
    api.repeatedly.POST('/runs/{runId}/exports', { params: { path: { runId }, ...once }, body: output }),
  );
  process.stderr.write(`Export ${made.id} of run ${runId}\n`);
  let told = -1;
  while (!TERMINAL_EXPORT_STATES.includes(made.state)) {
    const percent = Math.round(made.progress * 100);
    if (percent > told) process.stderr.write(`  ${made.state} ${percent} %\n`);
    told = Math.max(told, percent);
    await delay(POLL_MS);
    made = await answerOf(api.GET('/exports/{id}', { params: { path: { id: made.id } } }));
  }
  if (made.state !== 'done') {
    const { code, message, remedy } = made.failure ?? {
      code: 'cancelled',
      message: 'The export was cancelled.',
    };
    throw new AppError(toldCode(code), message, { remedy });
  }
  return made;
}

async function exportInto(
  out: ResultsFolder,
  api: ApiClient,
  runId: string,
  output: ExportOutputInput,
): Promise<number> {
  const made = await renderedExport(api, runId, output);
  const { id } = made;
  for (const note of made.notes ?? []) process.stderr.write(`  – ${oneLine(note)}\n`);
  const files = await out.stage(async (staging) => {
    const written: string[] = [];
    for (const name of namesOf(made)) {
      const params = { path: { id, name } };
      const asked = api.GET('/exports/{id}/artifacts/{name}', { params, parseAs: 'stream' });
      if (await download(asked, path.join(staging, name))) written.push(name);
    }
    return written;
  });
  const folder = await out.swap(files);
  for (const name of files) process.stdout.write(`${path.join(folder, name)}\n`);
  return EXIT.filmed;
}
