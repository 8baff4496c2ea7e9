import { randomBytes } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { AppError } from '@showrunner/contracts';
import type { CreateShare, ShareResource } from '@showrunner/contracts';
import type { ShareRecord, TenantDatabases } from '@showrunner/database';
import { DATABASE, sharePaths, shareToken, watchableFilm } from '@showrunner/service';

export const SHARE_OPTIONS = Symbol('SHARE_OPTIONS');
export interface ShareOptions {
  /** Signs the links; the gateway knows them by the same. */
  internalToken: string;
}

/** Links by which anybody may watch the film of a run. */
export class SharesService {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(SHARE_OPTIONS) private readonly options: ShareOptions,
  ) {}

  /** @throws {NotFoundError} no such run @throws {AppError} `nothing_to_share` (409): it has no film that browsers play */
  async create(tenantId: string, runId: string, { expiresInSeconds }: CreateShare): Promise<ShareResource> {
    const { exports, runs, shares } = this.database.forTenant(tenantId);
    await runs.get(runId);
    if (watchableFilm(await exports.listByRun(runId)) === null)
      throw new AppError('nothing_to_share', `Run ${runId} has no film yet that browsers can play.`, {
        status: 409,
        remedy: 'Wait until its film is rendered, or render it again as MP4: POST /api/runs/{id}/exports.',
      });
    const id = `shr-${randomBytes(12).toString('hex')}`;
    // Whole seconds, as in the link.
    const expiresAt = new Date(Math.ceil(Date.now() / 1000 + expiresInSeconds) * 1000);
    return this.told(await shares.create({ id, runId, expiresAt }));
  }

  /** Newest first, with those that ended. @throws {NotFoundError} no such run */
  async list(tenantId: string, runId: string): Promise<ShareResource[]> {
    const { runs, shares } = this.database.forTenant(tenantId);
    await runs.get(runId);
    return (await shares.list(runId)).map((share) => this.told(share));
  }

  /** It opens nothing from then on. @throws {NotFoundError} no such run, or no such link of it */
  async revoke(tenantId: string, runId: string, id: string): Promise<void> {
    const { runs, shares } = this.database.forTenant(tenantId);
    await runs.get(runId);
    await shares.revoke(runId, id);
  }

  private told({ tenantId: _, ...share }: ShareRecord): ShareResource {
    const expiresAt = new Date(share.expiresAt);
    const token = shareToken(this.options.internalToken, { shareId: share.id, expiresAt });
    const state =
      share.revokedAt !== null ? 'revoked' : expiresAt.getTime() <= Date.now() ? 'expired' : 'live';
    return { ...share, state, ...sharePaths(token) };
  }
}
