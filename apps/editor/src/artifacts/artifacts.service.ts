import { Inject } from '@nestjs/common';
import { clipName, NotFoundError, storageKeys } from '@showrunner/contracts';
import type { Artifact } from '@showrunner/contracts';
import type { TenantDatabase, TenantDatabases } from '@showrunner/database';
import { DATABASE, OBJECT_STORE } from '@showrunner/service';
import type { ObjectStore } from '@showrunner/storage';

/** Where a file of a run comes from. */
export type FoundArtifact =
  | { kind: 'object'; key: string }
  | { kind: 'text'; text: string; contentType: string }
  | { kind: 'elsewhere'; href: string };

export class ArtifactsService {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
  ) {}

  /** The files that exist now. */
  async list(tenantId: string, runId: string): Promise<Artifact[]> {
    const keys = await this.keys(this.database.forTenant(tenantId), runId);
    const artifacts = await Promise.all(
      [...keys].map(async ([name, key]) => {
        const head = await this.store.head(key);
        const href = `/api/runs/${runId}/artifacts/${name}`;
        return head === null ? [] : [{ name, contentType: head.contentType, bytes: head.bytes, href }];
      }),
    );
    return artifacts.flat();
  }

  /** @throws {NotFoundError} when there is no such file, or not yet */
  async find(tenantId: string, runId: string, name: string): Promise<FoundArtifact> {
    const owned = this.database.forTenant(tenantId);
    const key = (await this.keys(owned, runId)).get(name);
    if (key === undefined) throw new NotFoundError('artifact', name);
    if ((await this.store.head(key)) !== null) return { kind: 'object', key };
    // While Temporal has the history, the service that speaks with it answers.
    if (name === 'history.json') return { kind: 'elsewhere', href: `/api/runs/${runId}/history` };
    const plan = name === 'plan.json' ? await planText(owned, runId) : null;
    if (plan === null) throw new NotFoundError('artifact', name);
    return { kind: 'text', text: plan, contentType: 'application/json' };
  }

  /** Storage keys by the names under which files are offered. Nothing of a name from outside ever becomes part of a key. */
  private async keys(
    { runs, exports, takes: recordings, clips: cut }: TenantDatabase,
    runId: string,
  ): Promise<Map<string, string>> {
    await runs.get(runId);
    const [film, takes, clips] = await Promise.all([
      exports.filmOfRun(runId),
      recordings.list(runId),
      cut.list(runId),
    ]);
    const films: [string, string][] =
      film === null
        ? []
        : [
            ['video.mp4', film.storageKey ?? storageKeys.exportVideo(film.id)],
            ['captions.vtt', film.captionsKey ?? storageKeys.exportCaptions(film.id)],
            ...film.files.map(({ name }): [string, string] => [name, storageKeys.exportFile(film.id, name)]),
          ];
    return new Map([
      ...films,
      ['plan.json', storageKeys.plan(runId)],
      ['actions.jsonl', storageKeys.actions(runId)],
      ['clips.json', storageKeys.clips(runId)],
      ['history.json', storageKeys.history(runId)],
      ...takes.map(({ storageKey }, index): [string, string] => [takeFileName(index), storageKey]),
      ...clips
        .map(clipName)
        .map((name): [string, string] => [`${name}.jpg`, storageKeys.clipThumbnail(runId, name)]),
    ]);
  }
}

/** @param index of a take among those of its run */
export const takeFileName = (index: number): string => (index === 0 ? 'take.mkv' : `take-${index + 1}.mkv`);

/** The plan that a run was pinned to is stored with the run that made it. */
async function planText({ plans, runs }: TenantDatabase, runId: string): Promise<string | null> {
  const { planId } = await runs.get(runId);
  const plan = (await plans.findByRun(runId)) ?? (planId === null ? null : await plans.find(planId));
  if (plan === null) return null;
  const { id: ownId, hash, body } = plan;
  return `${JSON.stringify({ planId: ownId, hash, ...body }, null, 2)}\n`;
}
