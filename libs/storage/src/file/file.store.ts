import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import type { Stats } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { NotFoundError } from '@showrunner/contracts';
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

/** Where unfinished objects are written; no key can begin with a dot. */
const INCOMING = '.incoming';

/** Objects as files below one folder, one file an object, replaced atomically by renaming. */
export class FileObjectStore implements ObjectStore {
  private readonly folder: string;

  /** @param folder absolute or relative to the working directory; made when missing */
  constructor(folder: string) {
    this.folder = resolve(folder);
  }

  async put(key: string, body: ObjectBody): Promise<ObjectHead> {
    const path = this.pathOf(key);
    const incoming = join(this.folder, INCOMING, randomUUID());
    holdErrors(body);
    await mkdir(dirname(incoming), { recursive: true });
    try {
      const source = body instanceof Readable ? body : Readable.from([body]);
      await pipeline(source, createWriteStream(incoming, { flags: 'wx', mode: 0o600, flush: true }));
      await mkdir(dirname(path), { recursive: true });
      await rename(incoming, path);
    } catch (error) {
      await rm(incoming, { force: true });
      throw error;
    }
    return headOf(key, await stat(path));
  }

  async putFile(key: string, path: string): Promise<ObjectHead> {
    return this.put(key, createReadStream(path));
  }

  async get(key: string, range?: ByteRange): Promise<StoredObject> {
    const head = await this.existing(key);
    const resolved = resolveRange(range, head.bytes);
    const stream = head.bytes === 0 ? Readable.from([]) : createReadStream(this.pathOf(key), resolved);
    return { ...head, range: resolved, stream };
  }

  async read(key: string): Promise<Buffer> {
    await this.existing(key);
    return readFile(this.pathOf(key));
  }

  async head(key: string): Promise<ObjectHead | null> {
    const found = await stat(this.pathOf(key)).catch(absentAsNull);
    return found?.isFile() ? headOf(key, found) : null;
  }

  async delete(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  async list(prefix: string): Promise<ListedObject[]> {
    const start = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    const parts = start === '' ? [] : keySegments(start.slice(0, -1));
    const from = join(this.folder, ...parts);
    const entries = await readdir(from, { recursive: true, withFileTypes: true }).catch(absentAsNull);
    const listed: ListedObject[] = [];
    for (const entry of entries ?? []) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const key = path.slice(this.folder.length + 1).replaceAll('\\', '/');
      if (key.startsWith(`${INCOMING}/`) || !key.startsWith(prefix)) continue;
      // Deleted while we looked: it is not there any more.
      const found = await stat(path).catch(absentAsNull);
      if (found) listed.push({ key, bytes: found.size, modifiedAtMs: found.mtimeMs });
    }
    return listed.sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  private pathOf(key: string): string {
    return join(this.folder, ...keySegments(key));
  }

  private async existing(key: string): Promise<ObjectHead> {
    const head = await this.head(key);
    if (head === null) throw new NotFoundError('stored object', key);
    return head;
  }
}

function headOf(key: string, { size, mtimeMs, ino }: Stats): ObjectHead {
  const etag = `"${ino.toString(36)}-${Math.round(mtimeMs * 1000).toString(36)}-${size.toString(36)}"`;
  return { bytes: size, etag, contentType: contentTypeOf(key) };
}

function absentAsNull(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
}
