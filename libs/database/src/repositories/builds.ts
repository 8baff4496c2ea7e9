import { NotFoundError } from '@showrunner/contracts';
import type {
  BuildOverrides,
  BuildSpec,
  RunFailure,
  RunningApp,
  SandboxLimits,
  SandboxProviderName,
  StoredOverrides,
} from '@showrunner/contracts';
import type { Build } from '../generated/client';
import type { Db } from '../connection/client';
import { fromJson, isoOrNull, toJson } from '../json';
import { opened, placeOf, specWithout, toShown, toStored } from '../secrets/environments';
import type { Environment } from '../secrets/environments';
import type { SecretBox } from '../secrets/secret-box';
import { pageQuery, toPage } from '../paging';
import type { Page, PageRequest } from '../paging';

export interface BuildRecord {
  id: string;
  projectId: string;
  runId: string | null;
  tenantId: string;
  /** queued, building, running, detected, failed, cancelled, ended (ran until its sandbox was gone). */
  state: string;
  message: string;
  provider: SandboxProviderName;
  /** Of variables only the names: see `openEnvironment`. */
  overrides: StoredOverrides;
  limits: Partial<SandboxLimits> | null;
  /** Ends with the plan, in state `detected`: nothing is installed or started. */
  detectOnly: boolean;
  plan: BuildSpec | null;
  app: RunningApp | null;
  failure: RunFailure | null;
  sandboxId: string | null;
  createdAt: string;
  finishedAt: string | null;
}

const FINISHED_STATES = ['running', 'detected', 'failed', 'cancelled'];
const FINAL_STATES = ['detected', 'failed', 'cancelled', 'ended'];

const toRecord = (row: Build): BuildRecord => {
  const overrides = toShown(fromJson<BuildOverrides>(row.overrides));
  return {
    id: row.id,
    projectId: row.projectId,
    runId: row.runId,
    tenantId: row.tenantId,
    state: row.state,
    message: row.message,
    provider: row.provider as SandboxProviderName,
    overrides,
    limits: fromJson<Partial<SandboxLimits> | null>(row.limits),
    detectOnly: row.detectOnly,
    plan: specWithout(fromJson<BuildSpec | null>(row.plan), overrides),
    app: fromJson<RunningApp | null>(row.app),
    failure: fromJson<RunFailure | null>(row.failure),
    sandboxId: row.sandboxId,
    createdAt: row.createdAt.toISOString(),
    finishedAt: isoOrNull(row.finishedAt),
  };
};

/** Builds: from a source to a running sandbox. */
export function buildsRepository(db: Db, box: SecretBox) {
  const find = async (id: string): Promise<BuildRecord | null> => {
    const row = await db.build.findFirst({ where: { id } });
    return row && toRecord(row);
  };
  return {
    /** Stores a build in state `queued`; when it is there already, answers the stored one. */
    async create(build: {
      id: string;
      projectId: string;
      runId?: string;
      /** Default `default`. */
      tenantId?: string;
      provider?: SandboxProviderName;
      /** The values of variables are sealed. */
      overrides?: BuildOverrides & StoredOverrides;
      limits?: Partial<SandboxLimits>;
      detectOnly?: boolean;
    }): Promise<BuildRecord> {
      const { overrides, environmentSealed } = toStored(
        build.overrides ?? {},
        box,
        placeOf('builds', build.id),
      );
      const data = {
        ...build,
        overrides: toJson(overrides),
        environmentSealed,
        limits: build.limits === undefined ? undefined : toJson(build.limits),
        state: 'queued',
      };
      await db.build.createMany({ data: [data], skipDuplicates: true });
      return toRecord(await db.build.findUniqueOrThrow({ where: { id: build.id } }));
    },
    find,
    /** @throws {NotFoundError} */
    async get(id: string): Promise<BuildRecord> {
      const build = await find(id);
      if (build === null) throw new NotFoundError('build', id);
      return build;
    },
    /** Values of the variables that its app is started with; those of its run, where a run made it. For who starts the app alone. */
    async openEnvironment(id: string): Promise<Environment> {
      const row = await db.build.findFirst({ where: { id } });
      if (row === null) return {};
      const own = opened(row, fromJson<BuildOverrides>(row.overrides).env, box, placeOf('builds', id));
      if (own !== null || row.runId === null) return own ?? {};
      const run = await db.run.findFirst({ where: { id: row.runId } });
      if (run === null) return {};
      return opened(run, fromJson<BuildOverrides>(run.overrides).env, box, placeOf('runs', run.id)) ?? {};
    },
    /** Newest first. */
    async list(page: PageRequest & { projectId?: string }): Promise<Page<BuildRecord>> {
      const { where, ...order } = pageQuery(page);
      const rows = await db.build.findMany({
        where: { AND: [where, { projectId: page.projectId }] },
        ...order,
      });
      return toPage(rows, page.limit, toRecord);
    },
    /** Builds of their own, without a run, that were asked for before a moment and have not got anywhere yet; oldest first. */
    async listQueuedBefore(moment: Date, limit: number): Promise<BuildRecord[]> {
      const rows = await db.build.findMany({
        where: { runId: null, state: 'queued', createdAt: { lt: moment } },
        orderBy: { createdAt: 'asc' },
        take: limit,
      });
      return rows.map(toRecord);
    },
    /** Moves a build on; detected, failed, cancelled and ended are final. True when the row changed. */
    async setState(change: {
      id: string;
      state: string;
      message: string;
      failure?: RunFailure;
    }): Promise<boolean> {
      const { id, state, message, failure } = change;
      const { count } = await db.build.updateMany({
        where: {
          id,
          state: { notIn: FINAL_STATES },
          OR: [{ state: { not: state } }, { message: { not: message } }],
        },
        data: {
          state,
          message,
          failure: failure === undefined ? undefined : toJson(failure),
          finishedAt: FINISHED_STATES.includes(state) ? new Date() : null,
        },
      });
      return count > 0;
    },
    async setSandbox(id: string, sandboxId: string): Promise<void> {
      await db.build.updateMany({ where: { id }, data: { sandboxId } });
    },
    /** What the detector chose. */
    async setBuildSpec(id: string, buildSpec: BuildSpec): Promise<void> {
      await db.build.updateMany({ where: { id }, data: { plan: toJson(buildSpec) } });
    },
    /** The running app as the health check saw it. */
    async setApp(id: string, app: RunningApp): Promise<void> {
      await db.build.updateMany({ where: { id }, data: { app: toJson(app) } });
    },
  };
}
