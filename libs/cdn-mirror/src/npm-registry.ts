import { createHash } from 'node:crypto';
import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@showrunner/contracts';
import { maxSatisfying, validRange } from 'semver';
import { extract } from 'tar-stream';
import { z } from 'zod';

export interface RegistryOptions {
  /** Of an npm registry: `https://registry.npmjs.org`. */
  url: string;
  signal?: AbortSignal;
  /** Longest wait for one answer, ms. */
  timeoutMs?: number;
  fetch?: typeof fetch;
}

/** A package's files, held in memory: nothing of it is written or run. */
export interface FetchedPackage {
  name: string;
  version: string;
  /** By path within the package. */
  files: ReadonlyMap<string, Buffer>;
}

const TIMEOUT_MS = 20_000;
const MOST_METADATA = 30 * 2 ** 20;
const MOST_PACKED = 40 * 2 ** 20;
const MOST_UNPACKED = 160 * 2 ** 20;
const MOST_FILES = 20_000;

const PackumentSchema = z.object({
  'dist-tags': z.record(z.string(), z.string()).default({}),
  versions: z.record(
    z.string(),
    z.object({
      dist: z.object({
        tarball: z.string(),
        integrity: z.string().optional(),
        shasum: z.string().optional(),
      }),
    }),
  ),
});

const unavailable = (message: string, retryable = false): AppError =>
  new AppError('package_unavailable', message, {
    retryable,
    remedy: 'Check the address, or keep a copy of the file in the app.',
  });

/** Reads packages of an npm registry: version, tarball, integrity. Keeps what it has read for as long as it lives. */
export class NpmRegistry {
  private readonly packages = new Map<string, Promise<FetchedPackage>>();

  constructor(private readonly options: RegistryOptions) {}

  /** @throws AppError `package_unavailable` when there is no such package or version, or when it is too large or damaged */
  package(name: string, range: string): Promise<FetchedPackage> {
    const key = `${name}@${range}`;
    const known = this.packages.get(key);
    if (known) return known;
    const fetched = this.read(name, range);
    this.packages.set(key, fetched);
    // Asked again, it is tried again.
    fetched.catch(() => this.packages.delete(key));
    return fetched;
  }

  private async read(name: string, range: string): Promise<FetchedPackage> {
    const metadata = await this.get(`${this.base}/${name.replace('/', '%2f')}`, MOST_METADATA, {
      accept: 'application/vnd.npm.install-v1+json',
    });
    const parsed = PackumentSchema.safeParse(parseJson(metadata));
    if (!parsed.success) throw unavailable(`The registry's answer for ${name} cannot be read.`);
    const { versions, 'dist-tags': tags } = parsed.data;
    const version = versionFor(range, Object.keys(versions), tags);
    const dist = version === undefined ? undefined : versions[version]?.dist;
    if (version === undefined || dist === undefined)
      throw unavailable(`There is no version ${range} of ${name}.`);
    const packed = await this.get(this.sameRegistry(dist.tarball), MOST_PACKED);
    if (!isWhole(packed, dist))
      throw unavailable(`${name}@${version} is not what the registry says that it is.`);
    return { name, version, files: await unpack(packed, `${name}@${version}`) };
  }

  private get base(): string {
    return this.options.url.replace(/\/+$/, '');
  }

  /** Tarballs come from the registry itself, whatever host its metadata name. */
  private sameRegistry(tarball: string): string {
    const url = new URL(this.base);
    // Set, not resolved: a path that begins with two slashes would name a host.
    url.pathname = URL.canParse(tarball) ? new URL(tarball).pathname : tarball;
    return url.href;
  }

  private async get(url: string, mostBytes: number, headers: Record<string, string> = {}): Promise<Buffer> {
    const { signal, timeoutMs = TIMEOUT_MS, fetch: request = fetch } = this.options;
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await request(url, {
        headers,
        redirect: 'error',
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      if (response.status === 404)
        throw unavailable(`The registry has no ${new URL(url).pathname.slice(1)}.`);
      if (!response.ok || response.body === null)
        throw unavailable(`The registry answered ${response.status}.`, true);
      return await bounded(response.body, mostBytes);
    } catch (cause) {
      signal?.throwIfAborted();
      if (cause instanceof AppError) throw cause;
      throw new AppError('package_unavailable', `The registry ${this.base} did not answer.`, {
        cause,
        retryable: true,
        remedy: 'Check the network and NPM_REGISTRY_URL.',
      });
    }
  }
}

async function bounded(body: AsyncIterable<Uint8Array>, mostBytes: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body) {
    bytes += part.length;
    if (bytes > mostBytes) throw unavailable(`It is larger than ${Math.round(mostBytes / 2 ** 20)} MiB.`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined; // Told as an answer that cannot be read.
  }
}

function versionFor(range: string, versions: string[], tags: Record<string, string>): string | undefined {
  if (versions.includes(range)) return range;
  const tag = Object.hasOwn(tags, range) ? tags[range] : undefined;
  if (tag !== undefined) return tag;
  return validRange(range) === null ? undefined : (maxSatisfying(versions, range) ?? undefined);
}

/** Whether the bytes are those that the registry names: by its integrity, or by the SHA-1 of packages from before there was one. */
function isWhole(packed: Buffer, { integrity, shasum }: { integrity?: string; shasum?: string }): boolean {
  const [, algorithm, digest] = /^(sha512|sha384|sha256|sha1)-([A-Za-z0-9+/=]+)/.exec(integrity ?? '') ?? [];
  if (algorithm !== undefined) return createHash(algorithm).update(packed).digest('base64') === digest;
  return shasum !== undefined && createHash('sha1').update(packed).digest('hex') === shasum;
}

async function unpack(packed: Buffer, name: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  let bytes = 0;
  const entries = extract();
  const reading = (async () => {
    for await (const entry of entries) {
      const path = entry.header.name.replace(/^[^/]*\//, '');
      if (entry.header.type !== 'file' || path === '') {
        entry.resume();
        continue;
      }
      bytes += entry.header.size ?? 0;
      if (bytes > MOST_UNPACKED || files.size >= MOST_FILES) throw unavailable(`${name} is too large.`);
      files.set(path, await bounded(entry as AsyncIterable<Uint8Array>, MOST_UNPACKED));
    }
  })();
  try {
    await Promise.all([reading, pipeline(Readable.from([packed]), createGunzip(), entries)]);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('package_unavailable', `${name} cannot be unpacked.`, { cause });
  }
  return files;
}
