import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { AppError, NotFoundError } from '@showrunner/contracts';
import type { ObjectStore } from '@showrunner/storage';
import { z } from 'zod';
import type { Packed, Packing } from './made-folders';

const HOUR_MS = 3_600_000;
/** Without a lock file the registry's newest versions are wanted, at least those of yesterday. */
const UNLOCKED_MS = 24 * HOUR_MS;
const UNUSED_MS = 14 * 24 * HOUR_MS;
/** A pack that no entry names is being written, or was left by a worker that died. */
const UNFINISHED_MS = HOUR_MS;
const PREFIX = 'installs/';

const EntrySchema = z.object({
  /** Key of the pack in the object store. */
  object: z.string(),
  packing: z.enum(['zstd', 'gzip']),
  bytes: z.number().int().nonnegative(),
  sha256: z.string(),
  /** The command that made it. */
  install: z.string(),
  locked: z.boolean(),
  /** Unix epoch, ms. */
  keptAt: z.number(),
  usedAt: z.number(),
});
export type KeptInstall = z.infer<typeof EntrySchema>;

export type InstallStore = Pick<ObjectStore, 'get' | 'put' | 'read' | 'head' | 'delete' | 'list'>;

/**
 * Packs of installs in the object store, by key. A pack is written under a name of its own and the entry, which names it, last: so a reader sees
 * a whole pack or none, however many write the same key.
 */
export class KeptInstalls {
  constructor(
    private readonly store: InstallStore,
    private readonly now: () => number = Date.now,
  ) {}

  /** undefined when there is none or it has expired. */
  async find(key: string): Promise<KeptInstall | undefined> {
    const entry = await this.read(entryKey(key));
    return entry === undefined || this.isExpired(entry) ? undefined : entry;
  }

  /**
   * The pack of an entry. Ends with an error, before its last bytes are given out, when they are not those that were kept.
   * @throws NotFoundError
   */
  async open(entry: KeptInstall): Promise<Readable> {
    const { stream } = await this.store.get(entry.object);
    return Readable.from(checked(stream, entry), { objectMode: false });
  }

  async touch(key: string, entry: KeptInstall): Promise<void> {
    await this.store.put(entryKey(key), JSON.stringify({ ...entry, usedAt: this.now() }));
  }

  async keep(
    key: string,
    packed: Packed,
    content: AsyncIterable<Buffer>,
    { install, locked }: Pick<KeptInstall, 'install' | 'locked'>,
  ): Promise<KeptInstall> {
    const now = this.now();
    const object = `${folderOf(key)}${now}-${randomBytes(6).toString('hex')}.tar.${END[packed.packing]}`;
    const hash = createHash('sha256');
    async function* hashed(): AsyncGenerator<Buffer> {
      for await (const chunk of content) {
        hash.update(chunk);
        yield chunk;
      }
    }
    await this.store.put(object, Readable.from(hashed(), { objectMode: false }));
    const entry: KeptInstall = {
      ...packed,
      object,
      sha256: hash.digest('hex'),
      install,
      locked,
      keptAt: now,
      usedAt: now,
    };
    await this.store.put(entryKey(key), JSON.stringify(entry));
    return entry;
  }

  async drop(key: string): Promise<void> {
    // The entry first: what it names must be there as long as it can be found.
    await this.store.delete(entryKey(key));
    for (const { key: object } of await this.store.list(folderOf(key))) await this.store.delete(object);
  }

  /** Removes what has expired, what nobody finished, and the longest unused until the rest takes at most `maxBytes`. */
  async tidy(maxBytes: number): Promise<{ removed: number; bytes: number }> {
    const objects = await this.store.list(PREFIX);
    const live: { key: string; entry: KeptInstall }[] = [];
    const named = new Set<string>();
    let removed = 0;
    for (const { key } of objects) {
      const id = /^installs\/([0-9a-f]{64})\/entry\.json$/.exec(key)?.[1];
      if (id === undefined) continue;
      const entry = await this.read(key);
      if (entry !== undefined && !this.isExpired(entry)) {
        live.push({ key: id, entry });
        named.add(entry.object);
        continue;
      }
      await this.drop(id);
      removed++;
    }
    let bytes = live.reduce((sum, { entry }) => sum + entry.bytes, 0);
    live.sort((a, b) => a.entry.usedAt - b.entry.usedAt);
    for (const { key, entry } of live) {
      if (bytes <= maxBytes) break;
      await this.drop(key);
      bytes -= entry.bytes;
      removed++;
    }
    for (const { key } of objects) {
      const writtenAt = Number(/\/(\d+)-[0-9a-f]+\.tar\.\w+$/.exec(key)?.[1] ?? Number.NaN);
      if (named.has(key) || !(this.now() - writtenAt > UNFINISHED_MS)) continue;
      await this.store.delete(key);
    }
    return { removed, bytes };
  }

  private isExpired({ locked, keptAt, usedAt }: KeptInstall): boolean {
    return locked ? this.now() - usedAt > UNUSED_MS : this.now() - keptAt > UNLOCKED_MS;
  }

  private async read(key: string): Promise<KeptInstall | undefined> {
    try {
      if ((await this.store.head(key)) === null) return undefined;
      return EntrySchema.parse(JSON.parse((await this.store.read(key)).toString('utf8')));
    } catch (error) {
      // Gone in between, or damaged: as if it were not there.
      if (error instanceof NotFoundError || error instanceof SyntaxError || error instanceof z.ZodError)
        return undefined;
      throw error;
    }
  }
}

const END: Readonly<Record<Packing, string>> = { zstd: 'zst', gzip: 'gz' };
const folderOf = (key: string): string => `${PREFIX}${key}/`;
const entryKey = (key: string): string => `${folderOf(key)}entry.json`;

/** The bytes as they come, the last of them only when all are those that were kept. */
async function* checked(stream: Readable, { bytes, sha256 }: KeptInstall): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let length = 0;
  let held: Buffer | undefined;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    hash.update(chunk);
    length += chunk.length;
    if (held !== undefined) yield held;
    held = chunk;
  }
  if (length !== bytes || hash.digest('hex') !== sha256) {
    throw new AppError('install_damaged', 'A kept install is not what was kept.', { retryable: true });
  }
  if (held !== undefined) yield held;
}
