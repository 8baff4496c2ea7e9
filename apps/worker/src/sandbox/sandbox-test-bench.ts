import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type {
  BuildOverrides,
  BuildSpec,
  RunningApp,
  SandboxActivities,
  SandboxLimits,
  SandboxRef,
  Source,
} from '@showrunner/contracts';
import { newId } from '@showrunner/contracts';
import { createDatabase, type Database } from '@showrunner/database';
import { startTestPostgres, type TestPostgres } from '@showrunner/database/testing';
import type { Sandbox, SandboxProvider } from '@showrunner/sandbox';
import { LocalSandboxProvider } from '@showrunner/sandbox-local';
import { FileObjectStore } from '@showrunner/storage';
import { createLogger } from '@showrunner/telemetry';
import type { BuildTimeouts, SandboxDependencies } from './dependencies';
import { liveSandbox } from '../live-sandbox';
import { probe } from './http-probe';
import { createSandboxActivities } from './sandbox-activities';

const run = promisify(execFile);
const EXAMPLES = resolve(import.meta.dirname, '../../../../examples');
const GIB = 1024 ** 3;
const SMALL: Partial<SandboxLimits> = { cpus: 2, memoryBytes: 1.5 * GIB, diskBytes: 2 * GIB };

export interface BenchBuild {
  ref: SandboxRef;
  buildId: string;
  projectId: string;
  sandbox: Sandbox;
}

const localProvider = async (folder: string): Promise<SandboxProvider> =>
  new LocalSandboxProvider({ home: join(folder, 'sandboxes'), uidDirectory: join(folder, 'uids') });

/** The sandbox pool's activities over a real database, store and local sandboxes, for tests. */
export class SandboxTestBench {
  readonly abort = new AbortController();
  beats = 0;
  private readonly builds: BenchBuild[] = [];

  private constructor(
    private readonly folder: string,
    private readonly postgres: TestPostgres,
    readonly database: Database,
    readonly store: FileObjectStore,
    readonly provider: SandboxProvider,
  ) {}

  /** @param open makes the provider, below a folder of the bench; default local sandboxes */
  static async start(open = localProvider): Promise<SandboxTestBench> {
    const [folder, postgres] = await Promise.all([
      mkdtemp(join(tmpdir(), 'showrunner-sandbox-pool-')),
      startTestPostgres(),
    ]);
    return new SandboxTestBench(
      folder,
      postgres,
      createDatabase({
        url: postgres.url,
        secretKeys: { INTERNAL_TOKEN: 'test-token-of-the-services' },
      }),
      new FileObjectStore(join(folder, 'objects')),
      await open(folder),
    );
  }

  async stop(): Promise<void> {
    for (const build of this.builds) await this.provider.destroy(build.ref.sandboxId);
    await this.provider.close();
    await this.database.close();
    await this.postgres.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Where the object store's files lie. */
  get objects(): string {
    return join(this.folder, 'objects');
  }

  activities(
    timeouts: Partial<BuildTimeouts> = {},
    sourceHosts: string[] = [],
    {
      installCache = 'on',
      runtimes,
      systems,
      dockerfileHosts = [],
      ...others
    }: Partial<Pick<SandboxDependencies, 'attempt' | 'maxKeptInstallBytes' | 'runtimes' | 'systems'>> & {
      installCache?: 'on' | 'off';
      dockerfileHosts?: string[];
    } = {},
  ): SandboxActivities {
    return createSandboxActivities({
      provider: this.provider,
      database: this.database,
      store: this.store,
      logger: createLogger({ service: 'test', level: 'silent' }),
      config: {
        PREVIEW_PORT: 4401,
        SOURCE_ALLOWED_HOSTS: sourceHosts,
        INSTALL_ALLOWED_HOSTS: [],
        DOCKERFILE_ALLOWED_HOSTS: dockerfileHosts,
        INSTALL_CACHE: installCache,
        INSTALL_CACHE_BYTES: 10 * GIB,
      },
      runtimes,
      systems,
      attempt: () => 1,
      heartbeat: () => this.beats++,
      signal: () => this.abort.signal,
      timeouts,
      ...others,
    });
  }

  /** A new sandbox for a new build of a new project. */
  async create(
    limits: Partial<SandboxLimits> = SMALL,
    source: Source = { kind: 'git', url: 'https://example.org/a.git' },
  ): Promise<BenchBuild> {
    const project = await this.database.projects.create({
      id: newId(),
      name: 'test',
      source,
    });
    const build = await this.database.builds.create({ id: newId(), projectId: project.id });
    const ref = await this.activities().createSandbox({
      buildId: build.id,
      projectId: project.id,
      provider: this.provider.name,
      limits,
    });
    const made = {
      ref,
      buildId: build.id,
      projectId: project.id,
      sandbox: await liveSandbox(this.provider, ref.sandboxId),
    };
    this.builds.push(made);
    return made;
  }

  /** One of our example folders as an upload. */
  upload(example: string): Promise<Source> {
    return this.uploadFolder(join(EXAMPLES, example), example.replaceAll('/', '-'));
  }

  /** A folder of this host as an upload. */
  async uploadFolder(folder: string, name: string): Promise<Source> {
    const { stdout } = await run('tar', ['-czf', '-', '--exclude=node_modules', '-C', folder, '.'], {
      encoding: 'buffer',
      maxBuffer: 1 << 26,
    });
    const storageKey = `projects/test/upload/${name}.tgz`;
    await this.store.put(storageKey, stdout);
    return { kind: 'archive', storageKey, fileName: `${name}.tgz`, bytes: stdout.length, sha256: '' };
  }

  /** An example as far as to its build spec. */
  async prepare(
    example: string,
    options: { limits?: Partial<SandboxLimits>; overrides?: BuildOverrides; subdir?: string } = {},
  ): Promise<BenchBuild & { buildSpec: BuildSpec }> {
    const build = await this.create({ ...SMALL, ...options.limits });
    const activities = this.activities();
    await activities.fetchSource({
      ...build.ref,
      projectId: build.projectId,
      source: await this.upload(example),
    });
    const buildSpec = await activities.detectBuild({
      ...build.ref,
      buildId: build.buildId,
      subdir: options.subdir,
      overrides: options.overrides ?? {},
    });
    return { ...build, buildSpec };
  }

  async startApp(
    build: BenchBuild & { buildSpec: BuildSpec },
    timeouts: Partial<BuildTimeouts> = {},
  ): Promise<RunningApp> {
    const { ref, buildId, projectId, buildSpec } = build;
    const activities = this.activities(timeouts);
    await activities.installApp({ ...ref, buildId, buildSpec });
    return activities.startApp({ ...ref, buildId, projectId, buildSpec });
  }

  /** Body of a page of the running app, asked as its preview would. */
  async get(build: BenchBuild, app: RunningApp, path: string): Promise<{ status: number; body: string }> {
    const answer = await probe(build.sandbox, app.port, app.upstreamHost, path, 10_000, this.abort.signal);
    return { status: answer?.status ?? 0, body: answer?.body ?? '' };
  }
}
