import { isDeepStrictEqual } from 'node:util';
import { Inject } from '@nestjs/common';
import { AppError, InvalidInputError, newId } from '@showrunner/contracts';
import type { TenantDatabases, TimelineChangeRecord, TimelineRecord } from '@showrunner/database';
import { DATABASE, OBJECT_STORE } from '@showrunner/service';
import type { ObjectStore } from '@showrunner/storage';
import {
  applyOperations,
  carryEdits,
  durationOf,
  fromOtio,
  OperationSchema,
  rewound,
  standing,
  TimelineSchema,
  toOtio,
  undo,
} from '@showrunner/timeline';
import type { Inverse, Operation, OtioTimeline, Timeline } from '@showrunner/timeline';
import { z } from 'zod';
import { takeFileName } from '../artifacts/artifacts.service';
import { firstTimeline } from './first-timeline';
import { requireMatch, timelineChanged } from './if-match';
import type { CarriedEdits, OtioRead, TimelineChange, TimelineResource } from './timeline.schemas';

/** A history shows so many changes. */
const MOST_SHOWN = 200;
/** Operations that are carried over at once. */
const MOST_CARRIED = 1000;

/** What a change makes of a timeline. */
interface Made {
  kind: TimelineChangeRecord['kind'];
  operations: Operation[];
  timeline: Timeline;
  inverse: Inverse;
}

/** A timeline as it is now, with what was done to it. */
interface Present {
  stored: TimelineRecord;
  timeline: Timeline;
  changes: TimelineChangeRecord[];
}

/** Timelines of runs: read, changed by operations, undone, done again, carried over. */
export class TimelinesService {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
  ) {}

  /** @throws {NotFoundError} no such run @throws {AppError} those of `firstTimeline`, 410 `timeline_version_gone` */
  async get(tenantId: string, runId: string, version?: number): Promise<TimelineResource> {
    const present = await this.present(tenantId, runId);
    if (version === undefined) return toResource(present);
    const timeline = await this.at(tenantId, present.stored, version);
    return { ...toResource({ ...present, timeline }), version };
  }

  /** The last ones, oldest first. */
  async history(tenantId: string, runId: string): Promise<TimelineChange[]> {
    const { changes } = await this.present(tenantId, runId);
    const stands = new Set(standing(changes).done.map(({ version }) => version));
    const shown = changes.slice(-MOST_SHOWN);
    const operations = await this.operationsOf(tenantId, runId, shown);
    return shown.map(({ version, kind, createdAt }, n) => ({
      ...{ version, kind, operations: operations[n] ?? [], createdAt },
      inEffect: stands.has(version),
    }));
  }

  /** All operations as one change. @throws {AppError} those of `get` and `requireMatch`, 400 `bad_operation` */
  async apply(
    tenantId: string,
    runId: string,
    seen: string | undefined,
    operations: Operation[],
  ): Promise<TimelineResource> {
    return this.change(tenantId, runId, seen, ({ timeline }) => ({
      ...{ kind: 'edit', operations, ...applyOperations(timeline, operations) },
    }));
  }

  /** @throws {AppError} those of `get` and `requireMatch`, 409 `nothing_to_undo`, `nothing_to_redo` */
  async step(
    tenantId: string,
    runId: string,
    seen: string | undefined,
    kind: 'undo' | 'redo',
  ): Promise<TimelineResource> {
    return this.change(tenantId, runId, seen, async ({ timeline, changes }) => {
      const next = nextOf(changes, kind);
      const { timelines } = this.database.forTenant(tenantId);
      const inverse = next === undefined ? null : await timelines.inverse(runId, next.version);
      if (next === undefined || inverse === null) throw nothingTo(kind, runId);
      const [operations = []] = await this.operationsOf(tenantId, runId, [next]);
      // Only what `applyOperations` and `undo` answered is written there.
      return { kind, operations, ...undo(timeline, inverse as Inverse) };
    });
  }

  /**
   * Does what stands of another run's edits to this one, as one change; both filmed one plan.
   * @throws {NotFoundError} no such run @throws {AppError} those of `get` and `requireMatch`, 409 `other_plan`
   */
  async carry(
    tenantId: string,
    runId: string,
    seen: string | undefined,
    fromRunId: string,
  ): Promise<CarriedEdits> {
    const { runs } = this.database.forTenant(tenantId);
    const [run, other] = [await runs.get(runId), await runs.get(fromRunId)];
    if (run.planHash === null || run.planHash !== other.planHash) throw otherPlan(runId, fromRunId);
    const { stored, changes } = await this.present(tenantId, fromRunId);
    const first = await this.at(tenantId, stored, 1);
    const edits = (await this.operationsOf(tenantId, fromRunId, standing(changes).done)).flat();
    if (edits.length > MOST_CARRIED) throw tooMany(edits.length);
    let carried: Pick<CarriedEdits, 'kept' | 'dropped'> = { kept: [], dropped: [] };
    const answer = await this.change(tenantId, runId, seen, ({ timeline }) => {
      const { kept, dropped } = carryEdits(first, edits, timeline);
      carried = { kept, dropped };
      if (kept.length === 0) return null;
      return { kind: 'edit', operations: kept, ...applyOperations(timeline, kept) };
    });
    return { ...answer, ...carried };
  }

  /** As a document of OpenTimelineIO, whose media are named as the run's files are. @throws {AppError} those of `get` */
  async otio(tenantId: string, runId: string, version?: number): Promise<OtioTimeline> {
    const { timeline } = await this.get(tenantId, runId, version);
    const names = await this.takeFiles(tenantId, runId);
    return toOtio(timeline, (takeId) => names.get(takeId) ?? `${takeId}.mkv`);
  }

  /**
   * What a document of OpenTimelineIO shows of the run becomes its film, as one change.
   * @throws {AppError} those of `get` and `requireMatch`, 400 `bad_otio`
   */
  async readOtio(
    tenantId: string,
    runId: string,
    seen: string | undefined,
    document: unknown,
  ): Promise<OtioRead> {
    const names = await this.takeFiles(tenantId, runId);
    const ids = new Map([...names].map(([takeId, name]) => [name, takeId]));
    let lost: OtioRead['lost'] = [];
    const answer = await this.change(tenantId, runId, seen, ({ timeline }) => {
      const { timeline: read, losses } = fromOtio(document, timeline, (file) => ids.get(file));
      lost = losses;
      const operations = [OperationSchema.parse({ op: 'replace', film: read })];
      const made = applyOperations(timeline, operations);
      // What says the same is no change.
      return isDeepStrictEqual(made.timeline, timeline) ? null : { kind: 'edit', operations, ...made };
    });
    return { ...answer, lost };
  }

  /** Under what name each take of a run is offered, by its id. */
  private async takeFiles(tenantId: string, runId: string): Promise<Map<string, string>> {
    const takes = await this.database.forTenant(tenantId).takes.list(runId);
    return new Map(takes.map(({ takeId }, n) => [takeId, takeFileName(n)]));
  }

  /** As it is now; a run that has none yet gets its first. */
  private async present(tenantId: string, runId: string): Promise<Present> {
    const { runs, timelines } = this.database.forTenant(tenantId);
    const run = await runs.get(runId);
    const stored =
      (await timelines.find(runId)) ??
      (await timelines.create(
        runId,
        await firstTimeline({ database: this.database, store: this.store }, run),
      ));
    const changes = await timelines.changes(runId);
    return { stored, timeline: TimelineSchema.parse(stored.document), changes };
  }

  private async at(tenantId: string, stored: TimelineRecord, version: number): Promise<Timeline> {
    const { timelines } = this.database.forTenant(tenantId);
    const inverses = await timelines.inversesAfter(stored.runId, version);
    return rewound({ ...stored, inverses }, version);
  }

  /** Of each change, in their order. */
  private async operationsOf(
    tenantId: string,
    runId: string,
    changes: readonly TimelineChangeRecord[],
  ): Promise<Operation[][]> {
    const versions = changes.map(({ version }) => version);
    const stored = await this.database.forTenant(tenantId).timelines.operations(runId, versions);
    return versions.map((version) => OperationsSchema.parse(stored.get(version) ?? []));
  }

  /** @param make null: there is nothing to change */
  private async change(
    tenantId: string,
    runId: string,
    seen: string | undefined,
    make: (present: Present) => Made | null | Promise<Made | null>,
  ): Promise<TimelineResource> {
    const owned = this.database.forTenant(tenantId);
    const present = await this.present(tenantId, runId);
    const { version } = present.stored;
    requireMatch(seen, runId, version);
    const made = await make(present);
    if (made === null) return toResource(present);
    const { kind, operations, timeline: document, inverse } = made;
    const id = newId();
    const isDone = await owned.transaction(({ timelines }) =>
      timelines.change({ runId, id, from: version, kind, operations, document, inverse }),
    );
    const after = await this.present(tenantId, runId);
    if (!isDone) throw timelineChanged(runId, after.stored.version);
    // Somebody else may have changed it since: what is answered is what this one made.
    return { ...toResource({ ...after, timeline: document }), version: version + 1 };
  }
}

const OperationsSchema = z.array(OperationSchema);

function toResource({ stored, timeline, changes }: Present): TimelineResource {
  const { runId, version, createdAt, updatedAt } = stored;
  const can = (kind: 'undo' | 'redo'): boolean => nextOf(changes, kind) !== undefined;
  return {
    ...{ runId, version, durationMs: durationOf(timeline), canUndo: can('undo'), canRedo: can('redo') },
    ...{ timeline, createdAt, updatedAt },
  };
}

/** The change that is undone, or done again, next. */
function nextOf(
  changes: readonly TimelineChangeRecord[],
  kind: 'undo' | 'redo',
): TimelineChangeRecord | undefined {
  const { done, undone } = standing(changes);
  const next = (kind === 'undo' ? done : undone).at(-1);
  return next?.isKept === true ? next : undefined;
}

function nothingTo(kind: 'undo' | 'redo', runId: string): AppError {
  const remedy = 'GET /api/runs/{id}/timeline/history says what was done.';
  return kind === 'undo'
    ? new AppError('nothing_to_undo', `Nothing of the timeline of run ${runId} can be undone.`, {
        ...{ status: 409, remedy: `${remedy} The last 200 changes can be undone.` },
      })
    : new AppError(
        'nothing_to_redo',
        `Nothing of the timeline of run ${runId} was undone since its last edit.`,
        {
          ...{ status: 409, remedy },
        },
      );
}

const otherPlan = (runId: string, other: string): AppError =>
  new AppError('other_plan', `Run ${other} filmed another plan than run ${runId}.`, {
    status: 409,
    remedy: 'Carry edits over between films of one plan: a replay, or a run with planId.',
  });

const tooMany = (count: number): InvalidInputError =>
  new InvalidInputError('bad_operation', `${count} operations are too many to be carried over at once.`, {
    remedy: `Carry over films with at most ${MOST_CARRIED}.`,
  });
