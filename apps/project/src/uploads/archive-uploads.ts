import type { IncomingMessage } from 'node:http';
import type { Readable, Writable } from 'node:stream';
import { Inject } from '@nestjs/common';
import busboy from 'busboy';
import { InvalidInputError, MAX_ARCHIVE_BYTES, storageKeys } from '@showrunner/contracts';
import type { ArchiveSource } from '@showrunner/contracts';
import { OBJECT_STORE } from '@showrunner/service';
import { safeFileName } from '@showrunner/storage';
import type { ObjectStore } from '@showrunner/storage';
import { ArchiveGate } from './archive-gate';

export interface ReceivedUpload {
  archive: Omit<ArchiveSource, 'kind' | 'subdir'>;
  /** The parsed JSON of the field `project`; `{}` without one. */
  project: unknown;
}

const MAX_FIELD_BYTES = 64 * 1024;
const HOW = 'Send multipart/form-data with the file as `archive` and, if you like, JSON as `project`.';

/** Receives archives: bytes go to the object store as they come, never whole into memory. */
export class ArchiveUploads {
  constructor(@Inject(OBJECT_STORE) private readonly store: ObjectStore) {}

  /** @throws {InvalidInputError} and leaves nothing in the store then */
  async receive(request: IncomingMessage, projectId: string): Promise<ReceivedUpload> {
    let storing: Promise<ReceivedUpload['archive']> | undefined;
    let project: unknown = {};
    try {
      await this.parse(request, {
        onFile: (stream, fileName) => {
          storing = this.keep(stream, fileName, projectId);
          return storing;
        },
        onProject: (json) => {
          project = json;
        },
      });
      const archive = await storing;
      if (archive === undefined) {
        throw new InvalidInputError('archive_missing', 'The upload has no file `archive`.', { remedy: HOW });
      }
      return { archive, project };
    } catch (error) {
      const kept = await storing?.catch(() => undefined);
      if (kept !== undefined) await this.store.delete(kept.storageKey);
      throw error;
    }
  }

  private async keep(
    stream: Readable,
    fileName: string,
    projectId: string,
  ): Promise<ReceivedUpload['archive']> {
    const gate = new ArchiveGate();
    stream.once('limit', () => gate.destroy(tooLarge()));
    stream.once('error', (error) => gate.destroy(error));
    stream.pipe(gate);
    const storageKey = storageKeys.upload(projectId, safeFileName(fileName));
    await this.store.put(storageKey, gate);
    return { storageKey, fileName: fileName.slice(0, 255), bytes: gate.bytes, sha256: gate.sha256() };
  }

  /** Resolves when the body is read to its end; rejects at the first thing wrong, without reading on. */
  private parse(
    request: IncomingMessage,
    on: { onFile(stream: Readable, fileName: string): Promise<unknown>; onProject(json: unknown): void },
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const parser = parserFor(request);
      const fail = (error: unknown): void => {
        // Not at once: the parser may be in the middle of a chunk and does not expect to be gone after it.
        setImmediate(() => parser.destroy());
        reject(error);
      };
      // Busboy hands over no name at all for a part without one, or with an empty one; its types do not say so.
      parser.on('file', (name: string | undefined, stream, { filename }) => {
        // Busboy reports a broken body on the stream as well as on itself.
        stream.on('error', () => undefined);
        stream.once('limit', () => fail(tooLarge()));
        if (name !== 'archive') return fail(unexpectedPart(name));
        on.onFile(stream, filename || 'upload').catch(fail);
      });
      parser.on('field', (name: string | undefined, value, { valueTruncated }) => {
        if (name !== 'project') return fail(unexpectedPart(name));
        const json = valueTruncated ? undefined : parsedJson(value);
        if (json === undefined) return fail(badProjectField());
        on.onProject(json);
      });
      parser.on('filesLimit', () => fail(unexpectedPart('archive (twice)')));
      parser.on('partsLimit', () => fail(unexpectedPart('more')));
      parser.on('error', () => fail(brokenBody()));
      parser.on('close', resolve);
      feed(request, parser).catch(() => fail(brokenBody()));
    });
  }
}

/**
 * Chunk by chunk, each only when the one before was taken apart, and not by `pipe`: the parser and its listeners then run inside of this
 * function, and what they throw at a body that nobody thought of is its failure. Thrown from an event, it would end the process.
 */
async function feed(request: IncomingMessage, parser: Writable): Promise<void> {
  // The socket stays: the answer goes over it.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    await new Promise<void>((resolve, reject) => {
      parser.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
  }
  parser.end();
}

/** @throws {InvalidInputError} `multipart_invalid` for a body without a boundary */
function parserFor(request: IncomingMessage): busboy.Busboy {
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { files: 1, fields: 2, parts: 4, fileSize: MAX_ARCHIVE_BYTES, fieldSize: MAX_FIELD_BYTES },
    });
  } catch {
    // Busboy only says here that the header is not one of multipart.
    throw brokenBody();
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Undefined is no JSON value: the caller refuses it.
    return undefined;
  }
}

const tooLarge = (): InvalidInputError =>
  new InvalidInputError(
    'archive_too_large',
    `The archive is larger than ${MAX_ARCHIVE_BYTES / 1024 ** 2} MB.`,
    {
      status: 413,
      remedy: 'Leave out node_modules, build results and media, or give a Git address instead.',
    },
  );
const brokenBody = (): InvalidInputError =>
  new InvalidInputError('multipart_invalid', 'The multipart body is broken or ended early.', { remedy: HOW });
const unexpectedPart = (name: string | undefined): InvalidInputError =>
  new InvalidInputError(
    'multipart_part_unexpected',
    name === undefined
      ? 'The upload has a part without a name.'
      : `The upload has an unexpected part "${name.slice(0, 60)}".`,
    {
      remedy: HOW,
    },
  );
const badProjectField = (): InvalidInputError =>
  new InvalidInputError('bad_json', 'The field `project` is not JSON of at most 64 KiB.', { remedy: HOW });
