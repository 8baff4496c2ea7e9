import { Inject } from '@nestjs/common';
import { AppError, DEFAULT_LIMITS, InvalidInputError } from '@showrunner/contracts';
import type { Migration, SandboxProviderName, WatchedProviders } from '@showrunner/contracts';
import type { Database, SandboxRecord } from '@showrunner/database';
import type { Sandbox, SandboxProvider } from '@showrunner/sandbox';
import { PLATFORM_DATABASE } from '@showrunner/service';
import { SandboxAccess } from '../sandboxes/sandbox-access';
import { SandboxProviders } from '../sandboxes/sandbox-providers';

/** What a sandbox keeps; everything else is the provider's image. */
const FOLDERS = ['/app', '/home/app'] as const;
const MOVABLE: readonly SandboxRecord['status'][] = ['running', 'stopped', 'archived'];

export interface PlannedMove {
  id: string;
  tenantId: string;
  status: SandboxRecord['status'];
  action: 'move' | 'clean' | 'skip';
  why: string;
}

/**
 * Moves sandboxes from one provider to another: files are carried over, then the record is changed, then the old one is destroyed. Broken
 * off at any moment, a second call goes on: until the record is changed the old one counts, afterwards only its rest is cleaned away.
 */
export class MigrationsService {
  constructor(
    @Inject(PLATFORM_DATABASE) private readonly database: Database,
    @Inject(SandboxAccess) private readonly access: SandboxAccess,
    @Inject(SandboxProviders) private readonly providers: SandboxProviders,
  ) {}

  /** What there is to do; changes nothing. */
  async plan({ from, to }: Migration): Promise<PlannedMove[]> {
    requireTwo(from, to);
    const [records, left] = await Promise.all([
      this.database.sandboxes.listUndestroyed(),
      this.provider(from).then((provider) => provider.list()),
    ]);
    const atOld = new Set(left.map(({ id }) => id));
    return records.flatMap((record): PlannedMove[] => {
      const { id, tenantId, status, provider } = record;
      if (provider === to && atOld.has(id))
        return [{ id, tenantId, status, action: 'clean', why: 'moved, and left behind at the old provider' }];
      if (provider !== from) return [];
      const why = whyNot(record);
      return [{ id, tenantId, status, action: why === '' ? 'move' : 'skip', why }];
    });
  }

  /** Every provider that sandboxes are recorded at. */
  async watched(): Promise<WatchedProviders['data']> {
    const records = await this.database.sandboxes.listUndestroyed();
    const names = [...new Set(records.map(({ provider }) => provider))].sort();
    return Promise.all(
      names.map(async (provider) => {
        const sandboxes = records.filter((record) => record.provider === provider).length;
        const why = await this.providers.of(provider).then(
          () => '',
          (error: unknown) => sentenceOf(error),
        );
        return { provider, sandboxes, reachable: why === '', why };
      }),
    );
  }

  /** Moves one. Processes end; files, labels, limits, lease and cost stay. @throws {AppError} `migration_not_possible` (409) */
  async move(
    id: string,
    { from, to }: Migration,
  ): Promise<{ id: string; provider: SandboxProviderName; files: number }> {
    requireTwo(from, to);
    const record = await this.database.sandboxes.get(id);
    const [oldProvider, newProvider] = await Promise.all([this.provider(from), this.provider(to)]);
    let files = 0;
    if (record.provider === from) {
      const why = whyNot(record);
      if (why !== '') throw notPossible(id, why);
      await this.access.requireFree(record);
      files = await this.carryOver(record, oldProvider, newProvider);
    } else if (record.provider !== to) throw notPossible(id, `it lives at ${record.provider}`);
    await oldProvider.destroy(id);
    return { id, provider: to, files };
  }

  /** That it cannot be opened is the fault of who names it, not of the platform. @throws {InvalidInputError} `provider_not_set_up` (422) */
  private provider(name: SandboxProviderName): Promise<SandboxProvider> {
    return this.providers.of(name).catch((error: unknown) => {
      if (!(error instanceof AppError) || error.code !== 'sandbox_unavailable' || error.retryable)
        throw error;
      throw new InvalidInputError('provider_not_set_up', error.message, {
        status: 422,
        ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
      });
    });
  }

  private async carryOver(
    record: SandboxRecord,
    oldProvider: SandboxProvider,
    newProvider: SandboxProvider,
  ): Promise<number> {
    const source = await oldProvider.getOrStart(record.providerId ?? record.id);
    const target = await newProvider.create({
      id: record.id,
      limits: { ...DEFAULT_LIMITS, ...record.requested },
      labels: { ...record.labels, tenant: record.tenantId, purpose: record.purpose },
      environment: await this.database.sandboxes.openEnvironment(record.id),
      network: record.network ?? undefined,
    });
    for (const { name } of await source.listProcesses()) await source.killProcess(name);
    for (const folder of FOLDERS) await target.files.upload(folder, await source.files.download(folder));
    const [before, after] = await Promise.all([countFiles(source), countFiles(target)]);
    if (after < before) {
      throw new AppError(
        'migration_incomplete',
        `Only ${after} of ${before} files of ${record.id} arrived.`,
        {
          retryable: true,
          remedy: 'Try again; the sandbox is unchanged where it was.',
        },
      );
    }
    const { limits } = await target.info();
    if (record.status === 'stopped') await target.stop();
    if (record.status === 'archived') await target.archive();
    await this.database.sandboxes.setProvider(record.id, newProvider.name, null, limits);
    return after;
  }
}

const sentenceOf = (error: unknown): string =>
  error instanceof AppError ? `${error.message} ${error.remedy ?? ''}`.trim() : String(error);

const countFiles = async (sandbox: Sandbox): Promise<number> => {
  const { stdout } = await sandbox.exec(`find ${FOLDERS.join(' ')} -type f 2>/dev/null | wc -l`);
  return Number(stdout.trim());
};

/** Why a sandbox is not moved; empty when it can be. */
function whyNot({ status, buildId, idleTimeoutMs, desired }: SandboxRecord): string {
  if (!MOVABLE.includes(status)) return `it is ${status}`;
  if (desired === 'destroyed') return 'it is being deleted';
  if (buildId !== null && idleTimeoutMs === null) return 'it belongs to a build or run';
  return '';
}

const notPossible = (id: string, why: string): AppError =>
  new AppError('migration_not_possible', `The sandbox ${id} cannot be moved: ${why}.`, {
    status: 409,
    remedy: 'Plan the migration again to see what is left to do.',
  });

function requireTwo(from: SandboxProviderName, to: SandboxProviderName): void {
  if (from !== to) return;
  throw new AppError('migration_not_possible', 'Both providers are the same.', {
    status: 409,
    remedy: 'Name the provider to move from and another to move to.',
  });
}
