import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { AppError } from '@showrunner/contracts';
import { namesOf } from './names';
import type { SandboxRecord } from './records';
import type { SandboxMake, EngineContext } from './engine-context';

export interface Archived {
  make: SandboxMake;
  record: Omit<SandboxRecord, 'sequence'>;
}

const FACTS = 'sandbox.json';
const FOLDERS = [
  { path: '/app', parent: '/', file: 'app.tar.gz' },
  { path: '/home/app', parent: '/home', file: 'home.tar.gz' },
] as const;
const COPY_MS = 10 * 60_000;

/** Archives of sandboxes: the two folders that are kept, as the engine copies them out, compressed, on this platform's disk. */
export class Archives {
  constructor(private readonly context: EngineContext) {}

  private folder(id: string): string {
    return join(this.context.home, 'archives', id);
  }

  /** Copies a stopped sandbox out. It counts once it has its name, which is the last thing it gets. */
  async pack(id: string, archived: Archived): Promise<void> {
    const unfinished = `${this.folder(id)}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    for (const { path, file } of FOLDERS) {
      const reply = await this.context.client.stream(
        'GET',
        `/containers/${namesOf(this.context.installation, id).container}/archive`,
        { query: { path }, timeoutMs: COPY_MS },
      );
      await pipeline(
        reply,
        createGzip({ level: 3 }),
        createWriteStream(join(unfinished, file), { mode: 0o600 }),
      );
      await sync(join(unfinished, file));
    }
    await writeFile(join(unfinished, FACTS), JSON.stringify(archived), { mode: 0o600 });
    await sync(join(unfinished, FACTS));
    await this.remove(id);
    await rename(unfinished, this.folder(id));
    await sync(join(this.context.home, 'archives'));
  }

  async read(id: string): Promise<Archived | undefined> {
    try {
      return JSON.parse(await readFile(join(this.folder(id), FACTS), 'utf8')) as Archived;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Changes the facts that are kept with an archive. */
  async rewrite(id: string, archived: Archived): Promise<void> {
    const path = join(this.folder(id), FACTS);
    await writeFile(`${path}.next`, JSON.stringify(archived), { mode: 0o600 });
    await rename(`${path}.next`, path);
  }

  /** Unpacks inside, as the sandbox's user and within its limits: names and links in an archive are as hostile as the app. */
  async unpack(
    id: string,
    run: (argv: string[], stdin: NodeJS.ReadableStream) => Promise<number | null>,
  ): Promise<void> {
    for (const { parent, file } of FOLDERS) {
      const code = await run(
        ['tar', '-xzpf', '-', '-C', parent],
        createReadStream(join(this.folder(id), file)),
      );
      if (code !== 0)
        throw new AppError('sandbox_archive_failed', `The archive of ${id} could not be unpacked.`, {
          remedy: 'See that the disk of the engine has room, then start it again.',
          retryable: true,
        });
    }
  }

  async remove(id: string): Promise<void> {
    await rm(this.folder(id), { recursive: true, force: true });
  }

  /** Compressed bytes; null when there is no archive. */
  async bytes(id: string): Promise<number | null> {
    try {
      const files = await Promise.all(FOLDERS.map(({ file }) => stat(join(this.folder(id), file))));
      return files.reduce((sum, { size }) => sum + size, 0);
    } catch {
      return null; // none, or it was restored meanwhile
    }
  }

  /** Removes what was begun so long ago and has no end. */
  async sweep(olderThanMs: number): Promise<void> {
    const root = join(this.context.home, 'archives');
    for (const name of await readdir(root).catch(() => [] as string[])) {
      if (!name.endsWith('.unfinished')) continue;
      const { mtimeMs } = await stat(join(root, name));
      if (Date.now() - mtimeMs > olderThanMs) await rm(join(root, name), { recursive: true, force: true });
    }
  }

  async ids(): Promise<string[]> {
    const names = await readdir(join(this.context.home, 'archives')).catch(() => [] as string[]);
    return names.filter((name) => !name.endsWith('.unfinished'));
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
