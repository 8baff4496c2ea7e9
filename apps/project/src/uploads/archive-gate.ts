import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import type { TransformCallback } from 'node:stream';
import { InvalidInputError } from '@showrunner/contracts';
import { archiveKind, HEAD_BYTES } from './archive-kind';

const REMEDY = 'Upload a zip, tar or tar.gz file of the folder to film.';

/** Lets an archive through as it arrives, counting and hashing it; anything else ends the stream with a clear error. */
export class ArchiveGate extends Transform {
  bytes = 0;
  private readonly hash = createHash('sha256');
  private head: Buffer | null = Buffer.alloc(0);

  /** Lower-case hex, once everything went through. */
  sha256(): string {
    return this.hash.digest('hex');
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    this.hash.update(chunk);
    if (this.head === null) return done(null, chunk);
    this.head = Buffer.concat([this.head, chunk]);
    if (this.head.length < HEAD_BYTES) return done();
    this.open(done);
  }

  override _flush(done: TransformCallback): void {
    if (this.head === null) return done();
    this.open(done);
  }

  private open(done: TransformCallback): void {
    const head = this.head ?? Buffer.alloc(0);
    this.head = null;
    const refusal = refusalOf(head);
    if (refusal !== null) return done(refusal);
    done(null, head);
  }
}

function refusalOf(head: Buffer): InvalidInputError | null {
  const found = archiveKind(head.subarray(0, HEAD_BYTES));
  switch (found.kind) {
    case 'zip':
    case 'tar':
    case 'tar.gz':
      return null;
    case 'empty':
      return new InvalidInputError('archive_empty', 'The archive is empty.', { remedy: REMEDY });
    case 'other':
      return new InvalidInputError(
        'archive_type_unsupported',
        `The file is ${found.what}, which is not taken.`,
        {
          status: 415,
          remedy: REMEDY,
        },
      );
    case 'unknown':
      return new InvalidInputError('not_an_archive', 'The file is not an archive.', {
        status: 415,
        remedy: REMEDY,
      });
  }
}
