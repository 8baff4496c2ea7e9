import { Inject } from '@nestjs/common';
import { comparisonReport } from '@showrunner/comparison';
import {
  AppError,
  clipName,
  ComparisonSchema,
  FILM_FILES,
  NotFoundError,
  storageKeys,
  TERMINAL_RUN_STATES,
} from '@showrunner/contracts';
import type { Comparison } from '@showrunner/contracts';
import type { TenantDatabases } from '@showrunner/database';
import { DATABASE, OBJECT_STORE } from '@showrunner/service';
import type { ObjectStore } from '@showrunner/storage';

/** What runs have found beside the states that they were compared with. */
export class ComparisonService {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(OBJECT_STORE) private readonly store: Pick<ObjectStore, 'head' | 'read'>,
  ) {}

  /**
   * @throws {NotFoundError} no such run, or it was compared with nothing
   * @throws {AppError} `run_not_ended`, `nothing_compared` (409)
   */
  async get(tenantId: string, id: string): Promise<Comparison> {
    const owned = this.database.forTenant(tenantId);
    const { compare, state, message } = await owned.runs.get(id);
    if (compare === null) throw new NotFoundError('comparison of run', id);
    if (!TERMINAL_RUN_STATES.includes(state))
      throw new AppError('run_not_ended', `Run ${id} is still ${state}.`, {
        status: 409,
        remedy: 'Wait for its end, then ask for what it found.',
      });
    const key = storageKeys.comparison(id);
    if ((await this.store.head(key)) === null)
      throw new AppError('nothing_compared', `Run ${id} ended before anything was compared: ${message}`, {
        status: 409,
        remedy: 'See why it ended: GET /api/runs/{id}.',
      });
    const stored = ComparisonSchema.parse(JSON.parse((await this.store.read(key)).toString('utf8')));
    const clips = new Map((await owned.clips.list(id)).map((clip) => [clip.feature, clipName(clip)]));
    return {
      ...stored,
      features: stored.features.map((one) => ({ ...one, clip: clips.get(one.feature) ?? null })),
    };
  }

  /** As Markdown, with links to the run's files. Throws as `get` does. */
  async report(tenantId: string, id: string): Promise<string> {
    const comparison = await this.get(tenantId, id);
    const film = await this.database.forTenant(tenantId).exports.filmOfRun(id);
    const at = (name: string): string => `/api/runs/${id}/artifacts/${name}`;
    return comparisonReport(
      comparison,
      film === null
        ? {}
        : { film: at('video.mp4'), poster: at(FILM_FILES.poster), files: `/api/runs/${id}/artifacts` },
    );
  }
}
