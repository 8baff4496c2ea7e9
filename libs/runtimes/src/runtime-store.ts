import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readlink, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@showrunner/contracts';
import semver from 'semver';
import { withFileLock } from './made-once';
import { npmOfNode } from './npm-of-node';
import { RegistryFiles } from './registry-files';
import { unpackPackage } from './unpack-package';

export interface RuntimeStoreOptions {
  /** Where they lie, e.g. `node-18.20.8/bin/node`; made when it is missing. Everybody may read it. */
  folder: string;
  /** Of an npm registry. */
  registryUrl: string;
  /** As npm calls it; default that of this machine. */
  arch?: 'x64' | 'arm64';
}

const RELEASES_MS = 3_600_000;
/** A first download takes this long at most, waiting for that of another included. */
const WAIT_SECONDS = 600;
/** Programs, and the headers that add-ons are compiled with. */
const OF_NODE = /^(bin\/|include\/|LICENSE$)/;

/** Versions of Node below one folder: made once, never changed, known by the hash of what they were made of. */
export class RuntimeStore {
  private readonly registry: RegistryFiles;
  private readonly making = new Map<string, Promise<void>>();
  private known: { releases: string[]; until: number } | undefined;

  constructor(private readonly options: RuntimeStoreOptions) {
    this.registry = new RegistryFiles(options.registryUrl);
  }

  private get package(): string {
    const arch = this.options.arch ?? (process.arch === 'arm64' ? 'arm64' : 'x64');
    return `node-linux-${arch}`;
  }

  /** Versions that the registry has, oldest first; as they were within the last hour. @throws AppError `runtime_not_fetched` */
  async nodeReleases(signal?: AbortSignal): Promise<string[]> {
    if (this.known !== undefined && this.known.until > Date.now()) return this.known.releases;
    const versions = Object.keys(await this.registry.versions(this.package, signal));
    const releases = semver.sort(
      versions.filter((one) => semver.prerelease(one) === null && semver.valid(one) === one),
    );
    this.known = { releases, until: Date.now() + RELEASES_MS };
    return releases;
  }

  /**
   * Node of exactly this version with an npm that fits it, at `node-<version>` below the folder. Callers at the same time share one download.
   * @throws AppError `runtime_not_fetched` (retryable), `runtime_damaged`, `runtime_busy` (retryable)
   */
  async node(version: string, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<void> {
    if (semver.valid(version) !== version)
      throw new AppError(
        'runtime_not_fetched',
        `${JSON.stringify(version.slice(0, 40))} is no version of Node.`,
      );
    const name = `node-${version}`;
    if (await this.has(name)) return;
    const running = this.making.get(name);
    if (running !== undefined) return running;
    const made = this.make(name, version, signal).finally(() => this.making.delete(name));
    this.making.set(name, made);
    return made;
  }

  /** The link is set last: where it leads is whole. */
  private async has(name: string): Promise<boolean> {
    const target = await readlink(join(this.options.folder, name)).catch(() => undefined);
    return (
      target !== undefined &&
      (await stat(join(this.options.folder, target)).catch(() => undefined)) !== undefined
    );
  }

  private async make(name: string, version: string, signal: AbortSignal | undefined): Promise<void> {
    const { folder } = this.options;
    await mkdir(folder, { recursive: true, mode: 0o755 });
    await withFileLock(
      join(folder, `.${name}.lock`),
      async () => {
        if (await this.has(name)) return;
        const unfinished = join(folder, `.${randomBytes(6).toString('hex')}.unfinished`);
        try {
          await mkdir(join(unfinished, 'made'), { recursive: true, mode: 0o755 });
          const hash = await this.fill(unfinished, version, signal);
          await this.publish(join(unfinished, 'made'), name, hash);
        } finally {
          await rm(unfinished, { recursive: true, force: true });
        }
      },
      { waitSeconds: WAIT_SECONDS, signal },
    );
  }

  /** @returns a hash of what it was made of */
  private async fill(unfinished: string, version: string, signal: AbortSignal | undefined): Promise<string> {
    const made = join(unfinished, 'made');
    const npm = npmOfNode(version);
    const parts = [
      { name: this.package, version, to: made, wanted: (path: string) => OF_NODE.test(path) },
      { name: 'npm', version: npm, to: join(made, 'lib/node_modules/npm'), wanted: () => true },
    ];
    const integrity: string[] = [];
    for (const part of parts) {
      const path = join(unfinished, 'package.tgz');
      integrity.push(await this.registry.download(part.name, part.version, { path, signal }));
      await mkdir(part.to, { recursive: true, mode: 0o755 });
      await unpackPackage(path, part.to, part.wanted);
    }
    await chmod(join(made, 'bin/node'), 0o755);
    for (const program of ['npm', 'npx']) {
      await rm(join(made, 'bin', program), { force: true });
      await symlink(`../lib/node_modules/npm/bin/${program}-cli.js`, join(made, 'bin', program));
      await chmod(join(made, `lib/node_modules/npm/bin/${program}-cli.js`), 0o755);
    }
    const facts = { node: version, npm, integrity };
    await writeFile(join(made, 'runtime.json'), `${JSON.stringify(facts, null, 2)}\n`, { mode: 0o644 });
    return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
  }

  private async publish(made: string, name: string, hash: string): Promise<void> {
    const { folder } = this.options;
    const place = `.${name}-${hash.slice(0, 16)}`;
    await rm(join(folder, place), { recursive: true, force: true });
    await rename(made, join(folder, place));
    const link = join(folder, `.${randomBytes(6).toString('hex')}.link`);
    await symlink(place, link);
    await rename(link, join(folder, name));
  }
}
