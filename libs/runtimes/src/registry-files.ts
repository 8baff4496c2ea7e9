import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { AppError } from '@showrunner/contracts';
import { z } from 'zod';

const METADATA_MS = 20_000;
const TARBALL_MS = 300_000;
const MOST_METADATA = 16 * 2 ** 20;
const MOST_PACKED = 200 * 2 ** 20;

const PackumentSchema = z.object({
  versions: z.record(
    z.string(),
    z.object({ dist: z.object({ tarball: z.string(), integrity: z.string() }) }),
  ),
});
type Versions = z.infer<typeof PackumentSchema>['versions'];

/** Packages of an npm registry as files on disk; nothing is taken whose SHA-512 is not the one that the registry names. */
export class RegistryFiles {
  private readonly base: string;

  constructor(url: string) {
    this.base = url.replace(/\/+$/, '');
  }

  /** Versions of a package with their tarball and integrity. @throws AppError `runtime_not_fetched` (retryable) */
  async versions(name: string, signal?: AbortSignal): Promise<Versions> {
    const { body } = await this.ask(`${this.base}/${name}`, METADATA_MS, signal);
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    try {
      for await (const chunk of body) {
        bytes += chunk.length;
        if (bytes > MOST_METADATA) throw notFetched(`what the registry says of ${name} is too long`);
        chunks.push(chunk);
      }
      return PackumentSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8'))).versions;
    } catch (cause) {
      signal?.throwIfAborted();
      throw cause instanceof AppError
        ? cause
        : notFetched(`the registry's answer for ${name} cannot be read`, cause);
    }
  }

  /**
   * Writes the tarball of one version to `path`.
   * @returns its integrity, `sha512-…`
   * @throws AppError `runtime_not_fetched` (retryable), `runtime_damaged`
   */
  async download(
    name: string,
    version: string,
    { path, signal }: { path: string; signal?: AbortSignal | undefined },
  ): Promise<string> {
    const versions = await this.versions(name, signal);
    const dist = Object.hasOwn(versions, version) ? versions[version]?.dist : undefined;
    if (dist === undefined) throw notFetched(`the registry has no ${name}@${version}`);
    const hash = createHash('sha512');
    let bytes = 0;
    const counted = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        bytes += chunk.length;
        hash.update(chunk);
        if (bytes > MOST_PACKED) done(notFetched(`${name}@${version} is too large`));
        else done(null, chunk);
      },
    });
    const { body } = await this.ask(this.ofThisRegistry(dist.tarball), TARBALL_MS, signal);
    try {
      await pipeline(
        Readable.fromWeb(body as ReadableStream),
        counted,
        createWriteStream(path, { mode: 0o600 }),
      );
    } catch (cause) {
      signal?.throwIfAborted();
      throw cause instanceof AppError ? cause : notFetched(`${name}@${version} did not arrive`, cause);
    }
    const integrity = `sha512-${hash.digest('base64')}`;
    if (integrity === dist.integrity) return integrity;
    throw new AppError('runtime_damaged', `${name}@${version} is not what the registry says that it is.`, {
      status: 502,
      remedy:
        'Nothing of it is used. Try again; if it stays so, the registry or the way to it is not to be trusted.',
    });
  }

  /** Tarballs come from the registry itself, whatever host its metadata name. */
  private ofThisRegistry(tarball: string): string {
    const path = URL.canParse(tarball) ? new URL(tarball).pathname : tarball;
    return new URL(path, `${this.base}/`).href;
  }

  private async ask(
    url: string,
    timeoutMs: number,
    signal: AbortSignal | undefined,
  ): Promise<{ body: AsyncIterable<Uint8Array> & ReadableStream }> {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const answer = await fetch(url, {
        headers: { accept: 'application/vnd.npm.install-v1+json, application/octet-stream' },
        redirect: 'error',
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      });
      if (!answer.ok || answer.body === null) throw notFetched(`the registry answered ${answer.status}`);
      return { body: answer.body as AsyncIterable<Uint8Array> & ReadableStream };
    } catch (cause) {
      signal?.throwIfAborted();
      throw cause instanceof AppError ? cause : notFetched(`${this.base} did not answer`, cause);
    }
  }
}

export const notFetched = (why: string, cause?: unknown): AppError =>
  new AppError('runtime_not_fetched', `What the app runs on could not be fetched: ${why}.`, {
    status: 503,
    retryable: true,
    remedy: 'Check the network and NPM_REGISTRY_URL, or choose what there is with --runtime.',
    cause,
  });
