import { Inject } from '@nestjs/common';
import { clipName, NotFoundError, storageKeys } from '@showrunner/contracts';
import type { Artifact } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { DATABASE, OBJECT_STORE } from '@showrunner/service';
import type { ObjectStore } from '@showrunner/storage';

/** Where a file of a run comes from. */
export type FoundArtifact =
  | { kind: 'object'; key: string }
  | { kind: 'text'; text: string; contentType: string }
  | { kind: 'elsewhere'; href: string };

export class ArtifactsService {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
  ) {}

  /** The files that exist now. */
  async list(runId: string): Promise<Artifact[]> {
    const keys = await this.keys(runId);
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
  async find(runId: string, name: string): Promise<FoundArtifact> {
    const key = (await this.keys(runId)).get(name);
    if (key === undefined) throw new NotFoundError('artifact', name);
    if ((await this.store.head(key)) !== null) return { kind: 'object', key };
    // While Temporal has the history, the service that speaks with it answers.
    if (name === 'history.json') return { kind: 'elsewhere', href: `/api/runs/${runId}/history` };
    const plan = name === 'plan.json' ? await this.planText(runId) : null;
    if (plan === null) throw new NotFoundError('artifact', name);
    return { kind: 'text', text: plan, contentType: 'application/json' };
  }

  /** Storage keys by the names under which files are offered. Nothing of a name from outside ever becomes part of a key. */
  private async keys(runId: string): Promise<Map<string, string>> {
    await this.database.runs.get(runId);
    const [film, takes, clips] = await Promise.all([
      this.database.exports.filmOfRun(runId),
      this.database.takes.list(runId),
      this.database.clips.list(runId),
    ]);
    const films: [string, string][] =
      film === null
        ? []
        : [
            ['video.mp4', film.storageKey ?? storageKeys.exportVideo(film.id)],
            ['captions.vtt', film.captionsKey ?? storageKeys.exportCaptions(film.id)],
          ];
    return new Map([
      ...films,
      ['plan.json', storageKeys.plan(runId)],
      ['actions.jsonl', storageKeys.actions(runId)],
      ['clips.json', storageKeys.clips(runId)],
      ['history.json', storageKeys.history(runId)],
      ...takes.map(({ storageKey }, index): [string, string] => [
        index === 0 ? 'take.mkv' : `take-${index + 1}.mkv`,
        storageKey,
      ]),
      ...clips
        .map(clipName)
        .map((name): [string, string] => [`${name}.jpg`, storageKeys.clipThumbnail(runId, name)]),
    ]);
  }

  /** The plan that a run was pinned to is stored with the run that made it. */
  private async planText(runId: string): Promise<string | null> {
    const { planId } = await this.database.runs.get(runId);
    const plan =
      (await this.database.plans.findByRun(runId)) ??
      (planId === null ? null : await this.database.plans.find(planId));
    if (plan === null) return null;
    const { id: ownId, hash, body } = plan;
    return `${JSON.stringify({ planId: ownId, hash, ...body }, null, 2)}\n`;
  }
}
