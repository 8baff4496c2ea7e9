import { NotFoundError, RUN_STATES, TERMINAL_RUN_STATES } from '@showrunner/contracts';
import type {
  BuildOverrides,
  FeatureOutcome,
  GivenSecrets,
  IntentPart,
  PlanReview,
  RunFailure,
  RunState,
  StageTiming,
  StopReason,
} from '@showrunner/contracts';
import type { Db } from '../connection/client';
import { Prisma } from '../generated/client';
import { fromJson, toJson } from '../json';
import { opened, placeOf, placeOfSecrets, sealed, toStored } from '../secrets/environments';
import type { Environment } from '../secrets/environments';
import type { SecretBox } from '../secrets/secret-box';
import { pageQuery, toPage } from '../paging';
import type { Page, PageRequest } from '../paging';
import { SUMMARY_COLUMNS, toRunRecord, toRunSummaryRecord } from './run-record';
import type { NewRun, RunRecord, RunSummaryRecord } from './run-record';

/** What a change of state did: `state` moved on, only the `message` is new, or `nothing` (said already, or the run is over). */
export type RunStateChange = 'state' | 'message' | 'nothing';

const BY_HAND = { session: { not: Prisma.DbNull } };

/** Runs: executions of plans. Their state only moves forward, and an end is final. */
export function runsRepository(db: Db, box: SecretBox, tenantId?: string) {
  const find = async (id: string): Promise<RunRecord | null> => {
    const row = await db.run.findFirst({ where: { id } });
    return row && toRunRecord(row);
  };
  const openSecrets = async (id: string): Promise<GivenSecrets> => {
    const row = await db.run.findFirst({ where: { id }, select: { secretsSealed: true } });
    if (row?.secretsSealed == null) return {};
    return JSON.parse(box.open(row.secretsSealed, placeOfSecrets(id))) as GivenSecrets;
  };
  return {
    /** Stores a run in state `queued`; when it is there already, answers the stored one. */
    async create(run: NewRun): Promise<RunRecord> {
      const { limits, overrides, size, recorded, compare, session, review, secrets = {}, ...plain } = run;
      const stored = toStored(overrides ?? {}, box, placeOf('runs', run.id));
      const data = {
        ...plain,
        overrides: toJson(stored.overrides),
        environmentSealed: stored.environmentSealed,
        secretsSealed: sealed(secrets, box, placeOfSecrets(run.id)),
        size: toJson(size),
        limits: limits === undefined ? undefined : toJson(limits),
        recorded: recorded === undefined ? undefined : toJson(recorded),
        compare: compare === undefined ? undefined : toJson(compare),
        session: session === undefined ? undefined : toJson(session),
        review: review === undefined ? undefined : toJson(review),
      };
      await db.run.createMany({ data: [data], skipDuplicates: true });
      return toRunRecord(await db.run.findUniqueOrThrow({ where: { id: run.id } }));
    },
    find,
    /** @throws {NotFoundError} */
    async get(id: string): Promise<RunRecord> {
      const run = await find(id);
      if (run === null) throw new NotFoundError('run', id);
      return run;
    },
    /** Values of the variables that its app is started with. For who starts it, or films it again. */
    async openEnvironment(id: string): Promise<Environment> {
      const row = await db.run.findFirst({ where: { id } });
      if (row === null) return {};
      return opened(row, fromJson<BuildOverrides>(row.overrides).env, box, placeOf('runs', id)) ?? {};
    },
    /** What its steps type and its pages must not show, by name. For who drives its app, or films it again. */
    openSecrets,
    /** Keeps more of them; of a name that is known already its value stays. */
    async addSecrets(id: string, more: GivenSecrets): Promise<void> {
      const known = await openSecrets(id);
      if (Object.keys(more).every((name) => name in known)) return;
      const secretsSealed = sealed({ ...more, ...known }, box, placeOfSecrets(id));
      await db.run.updateMany({ where: { id }, data: { secretsSealed } });
    },
    /** Newest first, without what only a look at one run needs. */
    async list(
      page: PageRequest & { projectId?: string; state?: RunState },
    ): Promise<Page<RunSummaryRecord>> {
      const { where, ...order } = pageQuery(page);
      const { projectId, state } = page;
      const rows = await db.run.findMany({
        where: { AND: [where, { projectId, state }] },
        select: SUMMARY_COLUMNS,
        ...order,
      });
      return toPage(rows, page.limit, toRunSummaryRecord);
    },
    /** Those that somebody drives or drove, newest first. */
    async listByHand(page: PageRequest): Promise<Page<RunRecord>> {
      const { where, ...order } = pageQuery(page);
      const rows = await db.run.findMany({ where: { AND: [where, BY_HAND] }, ...order });
      return toPage(rows, page.limit, toRunRecord);
    },
    /** How far somebody's look at its plan is. */
    async setReview(id: string, review: PlanReview): Promise<void> {
      await db.run.updateMany({ where: { id }, data: { review: toJson(review) } });
    },
    /** How many have not ended. */
    async countUnfinished(): Promise<number> {
      return db.run.count({ where: { state: { notIn: [...TERMINAL_RUN_STATES] } } });
    },
    /** How many were asked for since a moment, of those that are still there. */
    async countSince(moment: Date): Promise<number> {
      return db.run.count({ where: { createdAt: { gte: moment } } });
    },
    /** How many are driven by hand now. */
    async countByHand(): Promise<number> {
      return db.run.count({ where: { AND: [BY_HAND, { state: { notIn: [...TERMINAL_RUN_STATES] } }] } });
    },
    /** Whether somebody drives the app of this sandbox, which another run or build has made. */
    async isDriven(sandboxId: string): Promise<boolean> {
      const count = await db.run.count({
        where: {
          state: { notIn: [...TERMINAL_RUN_STATES] },
          session: { path: ['on', 'sandbox', 'sandboxId'], equals: sandboxId },
        },
      });
      return count > 0;
    },
    /** Runs that have not ended, oldest first. */
    async listUnfinished(): Promise<RunRecord[]> {
      const rows = await db.run.findMany({
        where: { state: { notIn: [...TERMINAL_RUN_STATES] } },
        orderBy: { createdAt: 'asc' },
      });
      return rows.map(toRunRecord);
    },
    /** Moves a run on. A step back and a change after the end are left out without an error: they come from a late retry. */
    async setState(change: {
      id: string;
      state: RunState;
      message: string;
      failure?: RunFailure;
    }): Promise<RunStateChange> {
      const { id, state, message, failure } = change;
      const finishedAt = TERMINAL_RUN_STATES.includes(state) ? new Date() : undefined;
      const data = {
        state,
        message,
        failure: failure === undefined ? undefined : toJson(failure),
        finishedAt,
      };
      const moved = await db.run.updateMany({ where: { id, state: { in: statesBefore(state) } }, data });
      if (moved.count > 0) return 'state';
      if (TERMINAL_RUN_STATES.includes(state)) return 'nothing';
      const said = await db.run.updateMany({
        where: { id, state, message: { not: message } },
        data: { message },
      });
      return said.count > 0 ? 'message' : 'nothing';
    },
    /** Notes that a user wants a run ended; a kill outranks a cancel. False when the run is over. */
    async requestStop(id: string, stop: StopReason): Promise<boolean> {
      const where = { id, state: { notIn: [...TERMINAL_RUN_STATES] } };
      const weaker = stop === 'kill' ? {} : { OR: [{ stopRequested: null }, { stopRequested: stop }] };
      const { count } = await db.run.updateMany({
        where: { ...where, ...weaker },
        data: { stopRequested: stop },
      });
      return count > 0 || (await db.run.count({ where })) > 0;
    },
    /** Adds sentences worth knowing, each once. */
    async addNotes(id: string, notes: readonly string[]): Promise<void> {
      if (notes.length === 0) return;
      await db.$executeRaw`
        UPDATE runs SET notes = notes || (
          SELECT coalesce(jsonb_agg(DISTINCT note), '[]'::jsonb) FROM jsonb_array_elements(${JSON.stringify(toJson(notes))}::jsonb) AS note
          WHERE NOT runs.notes @> jsonb_build_array(note))
        WHERE id = ${id} AND (${tenantId ?? null}::text IS NULL OR tenant_id = ${tenantId ?? null})`;
    },
    async setBuild(id: string, buildId: string, sandboxId: string | null): Promise<void> {
      await db.run.updateMany({ where: { id }, data: { buildId, sandboxId } });
    },
    /** Which plan is filmed. */
    async setPlan(id: string, planId: string, planHash: string): Promise<void> {
      await db.run.updateMany({ where: { id }, data: { planId, planHash } });
    },
    /** What the intent names, as the plan has it; also of a run that ends without a plan. */
    async setIntentParts(id: string, parts: readonly IntentPart[]): Promise<void> {
      await db.run.updateMany({ where: { id }, data: { intentParts: toJson(parts) } });
    },
    async setOutcomes(id: string, outcomes: FeatureOutcome[], divergences: string[]): Promise<void> {
      const data = { outcomes: toJson(outcomes), divergences: toJson(divergences) };
      await db.run.updateMany({ where: { id }, data });
    },
    /** False when this stage was recorded already. */
    async addStage(id: string, { stage, film, startedAt, durationMs }: StageTiming): Promise<boolean> {
      const { count } = await db.runStage.createMany({
        data: [{ runId: id, stage, film, startedAt: new Date(startedAt), durationMs }],
        skipDuplicates: true,
      });
      return count > 0;
    },
    /**
     * What earlier runs that ended well took, newest first: the stages of each.
     * @param like of the same project, where it is given, and of the same kind: films or checks
     */
    async earlierStages(
      like: { projectId?: string; isCheck: boolean },
      limit: number,
    ): Promise<{ stage: string; durationMs: number }[][]> {
      const runs = await db.run.findMany({
        where: {
          state: 'done',
          checkOf: like.isCheck ? { not: null } : null,
          // How long somebody takes by hand says nothing of a film.
          session: { equals: Prisma.DbNull },
          ...(like.projectId === undefined ? {} : { projectId: like.projectId }),
        },
        orderBy: { createdAt: 'desc' },
        take: limit,
        select: { stages: { select: { stage: true, durationMs: true } } },
      });
      return runs.map(({ stages }) => stages).filter((stages) => stages.length > 0);
    },
    /** In the order in which they started. */
    async listStages(id: string): Promise<StageTiming[]> {
      const rows = await db.runStage.findMany({ where: { runId: id }, orderBy: { startedAt: 'asc' } });
      return rows.map(({ stage, film, startedAt, durationMs }) => ({
        stage,
        film,
        startedAt: startedAt.toISOString(),
        durationMs,
      }));
    },
  };
}

/** The states from which a run may go to `state`: any earlier one that is not an end. */
export function statesBefore(state: RunState): RunState[] {
  const earlier = TERMINAL_RUN_STATES.includes(state)
    ? RUN_STATES
    : RUN_STATES.slice(0, RUN_STATES.indexOf(state));
  return earlier.filter((candidate) => !TERMINAL_RUN_STATES.includes(candidate));
}
