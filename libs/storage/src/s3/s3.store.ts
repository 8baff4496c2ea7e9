import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { S3Client } from '@aws-sdk/client-s3';
import { AppError, NotFoundError } from '@showrunner/contracts';
import { resolveRange } from '../byte-range';
import { contentTypeOf } from '../content-type';
import { keySegments } from '../object-key';
import { holdErrors } from '../hold-errors';
import type {
  ByteRange,
  ListedObject,
  ObjectBody,
  ObjectHead,
  ObjectStore,
  StoredObject,
} from '../object-store';

export interface S3Options {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Longest silence of the server, also in the middle of an object, before the call fails, ms. Default 60 s. */
  silenceMs?: number;
}

type Sdk = typeof import('@aws-sdk/client-s3');
interface Connection {
  sdk: Sdk;
  client: S3Client;
}

const PART_BYTES = 8 * 1024 * 1024;
const PARTS_AT_ONCE = 3;
const CONNECT_TIMEOUT_MS = 5_000;
/** A reader who pauses for longer loses its stream as well, and asks for the rest by range, as players do. */
const SILENCE_MS = 60_000;

/** Objects in a bucket of an S3-compatible server. The SDK is loaded and the bucket made on first use. */
export class S3ObjectStore implements ObjectStore {
  private connecting: Promise<Connection> | undefined;

  constructor(private readonly options: S3Options) {}

  async put(key: string, body: ObjectBody): Promise<ObjectHead> {
    keySegments(key);
    holdErrors(body);
    const { sdk, client } = await this.connection();
    const target = { Bucket: this.options.bucket, Key: key, ContentType: contentTypeOf(key) };
    if (body instanceof Readable) {
      const { Upload } = await import('@aws-sdk/lib-storage');
      // Parts are sent while the stream is read; on an error they are taken back and the object is not made.
      const upload = new Upload({
        client,
        params: { ...target, Body: body },
        partSize: PART_BYTES,
        queueSize: PARTS_AT_ONCE,
      });
      await this.named(upload.done(), key);
    } else {
      await this.named(client.send(new sdk.PutObjectCommand({ ...target, Body: Buffer.from(body) })), key);
    }
    return this.existing(key);
  }

  async putFile(key: string, path: string): Promise<ObjectHead> {
    return this.put(key, createReadStream(path));
  }

  async get(key: string, range?: ByteRange): Promise<StoredObject> {
    const head = await this.existing(key);
    const resolved = resolveRange(range, head.bytes);
    if (head.bytes === 0) return { ...head, range: resolved, stream: Readable.from([]) };
    const { sdk, client } = await this.connection();
    const answer = await this.named(
      client.send(
        new sdk.GetObjectCommand({
          Bucket: this.options.bucket,
          Key: key,
          Range: `bytes=${resolved.start}-${resolved.end}`,
          // The object of the head, not one that replaced it in between.
          IfMatch: head.etag,
        }),
      ),
      key,
    );
    // In Node the SDK answers Node streams.
    return { ...head, range: resolved, stream: answer.Body as Readable };
  }

  async read(key: string): Promise<Buffer> {
    return buffer((await this.get(key)).stream);
  }

  async head(key: string): Promise<ObjectHead | null> {
    keySegments(key);
    const { sdk, client } = await this.connection();
    try {
      const answer = await client.send(new sdk.HeadObjectCommand({ Bucket: this.options.bucket, Key: key }));
      return { bytes: answer.ContentLength ?? 0, etag: answer.ETag ?? '""', contentType: contentTypeOf(key) };
    } catch (error) {
      if (isAbsent(error)) return null;
      throw storageError(error, key);
    }
  }

  async delete(key: string): Promise<void> {
    keySegments(key);
    const { sdk, client } = await this.connection();
    await this.named(
      client.send(new sdk.DeleteObjectCommand({ Bucket: this.options.bucket, Key: key })),
      key,
    );
  }

  async list(prefix: string): Promise<ListedObject[]> {
    const { sdk, client } = await this.connection();
    const listed: ListedObject[] = [];
    const input = { Bucket: this.options.bucket, Prefix: prefix };
    for await (const page of sdk.paginateListObjectsV2({ client }, input)) {
      for (const { Key, Size, LastModified } of page.Contents ?? [])
        if (Key)
          listed.push({ key: Key, bytes: Size ?? 0, modifiedAtMs: LastModified?.getTime() ?? Date.now() });
    }
    return listed.sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  private async existing(key: string): Promise<ObjectHead> {
    const head = await this.head(key);
    if (head === null) throw new NotFoundError('stored object', key);
    return head;
  }

  private connection(): Promise<Connection> {
    this.connecting ??= this.connect().catch((error: unknown) => {
      this.connecting = undefined;
      throw storageError(error, this.options.bucket);
    });
    return this.connecting;
  }

  private async connect(): Promise<Connection> {
    const sdk = await import('@aws-sdk/client-s3');
    const { endpoint, region, accessKeyId, secretAccessKey, bucket, silenceMs = SILENCE_MS } = this.options;
    const client = new sdk.S3Client({
      endpoint,
      region,
      credentials: { accessKeyId, secretAccessKey },
      forcePathStyle: true,
      requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS, socketTimeout: silenceMs },
      // Servers other than AWS do not all know the newer checksums.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
    try {
      await client.send(new sdk.HeadBucketCommand({ Bucket: bucket }));
    } catch (error) {
      if (!isAbsent(error)) throw error;
      await client.send(new sdk.CreateBucketCommand({ Bucket: bucket })).catch((failure: unknown) => {
        if (!isNamed(failure, ['BucketAlreadyOwnedByYou', 'BucketAlreadyExists'])) throw failure;
      });
    }
    return { sdk, client };
  }

  private async named<T>(answer: Promise<T>, key: string): Promise<T> {
    return answer.catch((error: unknown) => {
      throw storageError(error, key);
    });
  }
}

function isAbsent(error: unknown): boolean {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  return status === 404 || isNamed(error, ['NotFound', 'NoSuchKey', 'NoSuchBucket']);
}

function isNamed(error: unknown, names: readonly string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}

function storageError(error: unknown, key: string): unknown {
  if (error instanceof AppError) return error;
  const { $metadata, name } = error as { $metadata?: { httpStatusCode?: number }; name?: string };
  const status = $metadata?.httpStatusCode;
  const refused = status === 401 || status === 403;
  return new AppError('storage_failed', `The object store failed on "${key}" (${name ?? 'unknown'}).`, {
    status: 503,
    retryable: !refused,
    remedy: refused
      ? 'Check S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, and that they may use S3_BUCKET.'
      : 'Check that S3_ENDPOINT answers, then try again.',
    cause: error,
  });
}
