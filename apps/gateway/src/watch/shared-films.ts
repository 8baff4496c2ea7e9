import { AppError, FILM_FILES, storageKeys } from '@showrunner/contracts';
import type { Database, ShareRecord, TenantDatabase } from '@showrunner/database';
import { readShareToken, sharePaths, watchableFilm } from '@showrunner/service';
import type { WatchableFilm } from '@showrunner/service';
import type { ObjectStore } from '@showrunner/storage';
import { z } from 'zod';
import type { WatchedFilm } from './watch-page';

export interface SharedFilmsOptions {
  database: Pick<Database, 'shares' | 'forTenant'>;
  store: ObjectStore;
  /** By which the links were signed. */
  linkSecret: string;
}

/** Of `chapters.json` beside a film. */
const ChaptersSchema = z.object({
  title: z.string(),
  chapters: z.array(z.object({ title: z.string(), start: z.number().nonnegative() })),
});
const VIDEO_TYPES: Record<string, string> = { 'video.mp4': 'video/mp4', 'video.webm': 'video/webm' };

/** The films that share links open: each link one film, in the name of the tenant who made it, and nothing else of that tenant. */
export class SharedFilms {
  constructor(private readonly options: SharedFilmsOptions) {}

  /** @throws {AppError} as `open` does */
  async page(token: string): Promise<WatchedFilm> {
    const { share, owned, watchable } = await this.open(token);
    const { film, video, files } = watchable;
    const { path, embedPath } = sharePaths(token);
    const file = (name: string) => (files.has(name) ? `${path}/${name}` : undefined);
    const told = await this.chapters(watchable);
    return {
      title: told?.title ?? (await titleOf(owned, share.runId)),
      chapters: told?.chapters ?? [],
      durationMs: film.durationMs,
      size: film.width === null || film.height === null ? null : { width: film.width, height: film.height },
      paths: {
        ...{ page: path, embed: embedPath, video: `${path}/${video}` },
        captions: file(FILM_FILES.captionsVtt),
        poster: file(FILM_FILES.poster),
      },
      videoType: VIDEO_TYPES[video] ?? 'video/mp4',
    };
  }

  /** Storage key of a file of the shared film. @throws {AppError} as `open` does, and `share_invalid` for any other name */
  async file(token: string, name: string): Promise<string> {
    const key = (await this.open(token)).watchable.files.get(name);
    if (key === undefined) throw invalid();
    return key;
  }

  /** @throws {AppError} `share_invalid` (404), `share_ended` (410) */
  private async open(
    token: string,
  ): Promise<{ share: ShareRecord; owned: TenantDatabase; watchable: WatchableFilm }> {
    const { database, linkSecret } = this.options;
    const claims = readShareToken(linkSecret, token);
    if (claims === undefined) throw invalid();
    if (claims.expiresAt.getTime() <= Date.now()) throw ended('expired');
    const share = await database.shares.find(claims.shareId);
    // It was signed, so it was there once: its run has been deleted.
    if (share === null) throw ended('deleted');
    if (share.revokedAt !== null) throw ended('revoked');
    const owned = database.forTenant(share.tenantId);
    const watchable = watchableFilm(await owned.exports.listByRun(share.runId));
    if (watchable === null) throw ended('deleted');
    return { share, owned, watchable };
  }

  private async chapters({ film }: WatchableFilm): Promise<z.infer<typeof ChaptersSchema> | undefined> {
    const name = FILM_FILES.chaptersJson;
    if (!film.files.some((file) => file.name === name)) return undefined;
    const key = storageKeys.exportFile(film.id, name);
    if ((await this.options.store.head(key)) === null) return undefined;
    return ChaptersSchema.parse(JSON.parse((await this.options.store.read(key)).toString()));
  }
}

async function titleOf({ plans, runs }: TenantDatabase, runId: string): Promise<string> {
  const { planId } = await runs.get(runId);
  return (planId === null ? null : await plans.find(planId))?.body.title ?? 'A film';
}

const invalid = (): AppError =>
  new AppError('share_invalid', 'This link leads to no film.', {
    status: 404,
    remedy: 'Open it as it was sent, to its last character.',
  });
const ENDED = {
  expired: 'The time of this link is over.',
  revoked: 'This link was taken back.',
  deleted: 'The film of this link was deleted.',
};
const ended = (how: keyof typeof ENDED): AppError =>
  new AppError('share_ended', ENDED[how], {
    status: 410,
    remedy: 'Ask whoever sent it for a new one.',
  });
