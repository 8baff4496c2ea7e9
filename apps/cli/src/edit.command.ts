import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { answerOf } from '@showrunner/api-client';
import type { ApiClient, components } from '@showrunner/api-client';
import { InvalidInputError } from '@showrunner/contracts';
import { oneLine } from './progress-lines';
import { EXIT } from './watch-run';
import { whyUnreadable } from './why-unreadable';

type Timeline = components['schemas']['TimelineResource'];
type OtioDocument = components['schemas']['OtioDocument'];
type Operation = components['schemas']['TimelineOperationInput'];

export interface EditOptions {
  /** Operations, each as JSON. */
  op: string[];
  /** File with a JSON array of operations. */
  file?: string;
  undo?: boolean;
  redo?: boolean;
  /** Run whose edits are carried over. */
  carry?: string;
  /** File that becomes the film as OpenTimelineIO. */
  otio?: string;
  /** File of OpenTimelineIO that becomes the film. */
  fromOtio?: string;
  json?: boolean;
}

const MAX_BYTES = 1024 * 1024;

/**
 * `edit`: does operations to the timeline of a run, undoes, does again, or carries the edits of another run of the same plan over; without any
 * of it the timeline as it is. Prints what the film shows then.
 * @throws InvalidInputError `bad_operation`, `edit_ambiguous` @throws AppError the server's problem, e.g. `timeline_changed`
 */
export async function edit(api: ApiClient, runId: string, options: EditOptions): Promise<number> {
  const wanted = [
    options.op.length > 0 || options.file !== undefined,
    options.undo,
    options.redo,
    options.carry,
    options.otio,
    options.fromOtio,
  ];
  if (wanted.filter((one) => one !== undefined && one !== false).length > 1) {
    throw new InvalidInputError('edit_ambiguous', 'More than one kind of edit is given.', {
      remedy: 'Give operations (--op, --file), or one of --undo, --redo, --carry, --otio and --from-otio.',
    });
  }
  const operations = readOperations(options);
  const document = options.fromOtio === undefined ? null : readDocument(options.fromOtio);
  const path = { runId };
  const seen = await answerOf(api.GET('/runs/{runId}/timeline', { params: { path } }));
  const params = { path, header: { 'If-Match': `"${seen.version}"` } };
  let made = seen;
  if (operations.length > 0)
    made = await answerOf(api.POST('/runs/{runId}/timeline/operations', { params, body: { operations } }));
  if (options.undo === true) made = await answerOf(api.POST('/runs/{runId}/timeline/undo', { params }));
  if (options.redo === true) made = await answerOf(api.POST('/runs/{runId}/timeline/redo', { params }));
  if (options.carry !== undefined) {
    const body = { fromRunId: options.carry };
    const carried = await answerOf(api.POST('/runs/{runId}/timeline/carry', { params, body }));
    for (const { operation, reason } of carried.dropped)
      process.stderr.write(`  – not carried over: ${operation.op}: ${oneLine(reason)}\n`);
    made = carried;
  }
  if (document !== null) {
    const read = await answerOf(api.POST('/runs/{runId}/timeline/otio', { params, body: document }));
    for (const { what, reason } of read.lost)
      process.stderr.write(`  – not as in the file: ${oneLine(what)}: ${oneLine(reason)}\n`);
    made = read;
  }
  if (options.otio !== undefined) {
    const query = { version: seen.version };
    const film = await answerOf(api.GET('/runs/{runId}/timeline/otio', { params: { path, query } }));
    writeDocument(options.otio, film);
  }
  const lines = options.json === true ? [JSON.stringify(made, null, 2)] : timelineLines(made);
  process.stdout.write(`${lines.join('\n')}\n`);
  return EXIT.filmed;
}

/**
 * What was given with `--op`, then what the file holds. Whether it can be done is the platform's to say.
 * @throws InvalidInputError `bad_operation`
 */
export function readOperations({ op, file }: Pick<EditOptions, 'op' | 'file'>): Operation[] {
  const given = op.map((text) => parsed(text, `--op ${text.slice(0, 80)}`));
  const all = file === undefined ? given : [...given, ...listOf(file)];
  for (const one of all) {
    if (typeof one === 'object' && one !== null && 'op' in one && typeof one.op === 'string') continue;
    throw refuse(`${JSON.stringify(one).slice(0, 80)} is no operation: it has no "op".`);
  }
  return all as Operation[];
}

function textOf(file: string): string {
  try {
    if (statSync(file).size > MAX_BYTES) throw new RangeError('it is larger than 1 MiB.');
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw refuse(`"${file}" cannot be read: ${whyUnreadable(cause)}`);
  }
}

/** Whether it is a film is the platform's to say. */
function readDocument(file: string): OtioDocument {
  const document = parsed(textOf(file), `"${file}"`);
  if (typeof document === 'object' && document !== null && 'OTIO_SCHEMA' in document)
    return document as OtioDocument;
  throw new InvalidInputError('bad_otio', `"${file}" is no document of OpenTimelineIO.`, {
    remedy: 'Begin with the document of the film: showrunner edit <run> --otio film.otio.',
  });
}

function writeDocument(file: string, document: OtioDocument): void {
  try {
    writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
  } catch (cause) {
    throw new InvalidInputError('out_unusable', `"${file}" cannot be written: ${whyUnreadable(cause)}`, {
      remedy: 'Name a file in a folder that exists and that you may write to.',
    });
  }
}

function listOf(file: string): unknown[] {
  const list = parsed(textOf(file), `"${file}"`);
  if (Array.isArray(list) && list.length > 0) return list;
  throw refuse(`"${file}" holds no operations: it is no JSON array with something in it.`);
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw refuse(`${what} is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

const refuse = (message: string): InvalidInputError =>
  new InvalidInputError('bad_operation', message, {
    remedy: `Write it as docs/timelines.md says, for example '{"op":"setTheme","theme":"aurora"}'.`,
  });

/** What a film shows, a line an item and a caption, with the ids that operations name. */
export function timelineLines({ version, durationMs, timeline }: Timeline): string[] {
  const { title, aspect, theme, items, captions } = timeline;
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  return [
    `${oneLine(title)}: ${seconds(durationMs)}, ${aspect}, ${theme}, version ${version}`,
    ...items.map((item) =>
      item.kind === 'footage'
        ? `  ${item.id}  footage ${seconds(item.inMs)} to ${seconds(item.outMs)}${item.speed === 1 ? '' : `, ${item.speed} times as fast`}`
        : `  ${item.id}  ${item.kind === 'card' ? `card “${oneLine(item.title)}”` : 'held picture'}, ${seconds(item.durationMs)}`,
    ),
    ...captions.map(
      ({ id, startMs, endMs, text, heading }) =>
        `  ${id}  caption ${seconds(startMs)} to ${seconds(endMs)}: ${oneLine(text === '' ? (heading?.title ?? '') : text)}`,
    ),
  ];
}
