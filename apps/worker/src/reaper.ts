import { NotFoundError, TERMINAL_RUN_STATES } from '@showrunner/contracts';
import type { SandboxInfo, SandboxProviderName } from '@showrunner/contracts';
import { isOfBuild } from '@showrunner/database';
import type { Database, SandboxRecord } from '@showrunner/database';
import { reapSandboxes, type SandboxProvider } from '@showrunner/sandbox';
import type { Logger } from '@showrunner/telemetry';

type WatchedProvider = Pick<SandboxProvider, 'name' | 'list' | 'destroy' | 'sweep'>;

export interface ReaperOptions {
  /** The provider of this platform. */
  provider: WatchedProvider;
  /** Any provider, for sandboxes that were made before another one was chosen. @throws AppError `sandbox_unavailable` */
  providerOf: (name: SandboxProviderName) => Promise<WatchedProvider>;
  database: Pick<Database, 'runs' | 'builds' | 'sandboxes' | 'previews'>;
  logger: Pick<Logger, 'warn'>;
  everyMs?: number;
}

/** A sandbox younger than this may belong to a run that is being written down. */
const MIN_AGE_MS = 30_000;
/** A sandbox that was kept, or built without a run, goes after this long (requirement 2.7: 30 minutes for a filmed project). */
const KEPT_MS = 30 * 60_000;

/** What decides whether a sandbox is still of use. */
type Owned = Pick<SandboxInfo, 'id' | 'createdAt' | 'labels'> & { provider?: SandboxProviderName };

/**
 * Whether somebody still has a use for the sandbox: a run that goes on, or a user who kept it a short while ago. Pure but for the look-ups.
 */
export async function isLive(
  database: Pick<Database, 'runs' | 'builds' | 'sandboxes'>,
  info: Owned,
  now = Date.now(),
): Promise<boolean> {
  const { run, build } = info.labels;
  const record = await database.sandboxes.find(info.id);
  const young = now - Date.parse(info.createdAt) < KEPT_MS;
  // Under a lease a workflow decides, however long ago it was made; of one that has moved the rest goes.
  if (record !== null && !isOfBuild(record))
    return record.status !== 'destroyed' && (record.provider === (info.provider ?? record.provider) || young);
  if (!young && (await database.runs.isDriven(info.id))) return true;
  try {
    if (run) {
      const { state, keepSandbox } = await database.runs.get(run);
      return !TERMINAL_RUN_STATES.includes(state) || (keepSandbox && state === 'done' && young);
    }
    if (build) {
      const { state } = await database.builds.get(build);
      const waits = record?.status === 'queued';
      return state !== 'detected' && state !== 'failed' && state !== 'cancelled' && (young || waits);
    }
    return young;
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}

/** Ends, from time to time, the sandboxes that nobody has a use for: what a terminated workflow or a killed machine left. */
export class Reaper {
  private readonly toldAbout = new Set<string>();

  constructor(private readonly options: ReaperOptions) {}

  /** One round over every provider that sandboxes were recorded at, and over records whose sandbox is not there. */
  async sweep(now = Date.now()): Promise<void> {
    const { database, provider } = this.options;
    const records = await database.sandboxes.listUndestroyed();
    const providers = new Map<SandboxProviderName, WatchedProvider>([[provider.name, provider]]);
    for (const name of new Set(records.map((record) => record.provider))) {
      const other = providers.get(name) ?? (await this.reachable(name, records));
      if (other !== undefined) providers.set(name, other);
    }
    for (const each of providers.values()) {
      const destroyed = await reapSandboxes(each, (info) => isLive(database, info), MIN_AGE_MS);
      for (const id of destroyed) await this.ended(id, each.name);
    }
    for (const record of await database.sandboxes.listUndestroyed()) {
      const watched = providers.get(record.provider);
      if (watched !== undefined && (await this.isForsaken(record, now))) {
        await watched.destroy(record.providerId ?? record.id);
        await this.ended(record.id, record.provider);
      }
    }
  }

  /** A record that keeps a place, or waits for one, although the run or build that it belongs to has ended. */
  private async isForsaken(record: SandboxRecord, now: number): Promise<boolean> {
    const { id, runId, buildId } = record;
    if (!isOfBuild(record) || buildId === null) return false;
    const createdAt = record.admittedAt ?? record.createdAt;
    if (now - Date.parse(createdAt) < MIN_AGE_MS) return false;
    const labels = { build: buildId, ...(runId === null ? {} : { run: runId }) };
    return !(await isLive(this.options.database, { id, createdAt, labels }, now));
  }

  private async reachable(
    name: SandboxProviderName,
    records: readonly SandboxRecord[],
  ): Promise<WatchedProvider | undefined> {
    try {
      const provider = await this.options.providerOf(name);
      this.toldAbout.delete(name);
      return provider;
    } catch (error) {
      const sandboxes = records.filter((record) => record.provider === name).length;
      const sentence =
        'sandboxes are recorded at a provider that this platform cannot reach; nobody ends them';
      if (!this.toldAbout.has(name)) this.options.logger.warn({ provider: name, sandboxes, error }, sentence);
      this.toldAbout.add(name);
      return undefined;
    }
  }

  private async ended(sandboxId: string, provider: SandboxProviderName): Promise<void> {
    const { database, logger } = this.options;
    const record = await database.sandboxes.find(sandboxId);
    if (record === null || record.provider === provider) {
      await database.previews.revoke(sandboxId);
      await database.sandboxes.markDestroyed(sandboxId);
    }
    logger.warn({ sandboxId, provider }, 'ended a sandbox that nobody had a use for');
  }
}

export function startReaper(options: ReaperOptions): { stop(): void } {
  const reaper = new Reaper(options);
  let busy = false;
  const round = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      await reaper.sweep();
    } catch (error) {
      options.logger.warn({ error }, 'the reaper could not finish its round; it comes again');
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => void round(), options.everyMs ?? 15_000);
  return { stop: () => clearInterval(timer) };
}
