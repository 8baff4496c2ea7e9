import { NotFoundError, promptKey } from '@showrunner/contracts';
import type { AppKind, Generation, GenerationState, RunFailure } from '@showrunner/contracts';
import type { Generation as Row } from '../generated/client';
import type { Db } from '../connection/client';
import { fromJson, isoOrNull, toJson } from '../json';

/** An app that is written, without what models cost for it: see `modelCalls.ofProject`. */
export interface GenerationRecord extends Omit<Generation, 'usage'> {
  projectId: string;
  tenantId: string;
}

const toRecord = (row: Row): GenerationRecord => ({
  projectId: row.projectId,
  tenantId: row.tenantId,
  prompt: row.prompt,
  // Checked by the database.
  kind: row.kind as AppKind,
  state: row.state as GenerationState,
  message: row.message,
  attempt: row.attempt,
  failure: fromJson<RunFailure | null>(row.failure),
  notes: row.notes,
  model: row.model,
  reusedFrom: row.reusedFrom,
  buildId: row.buildId,
  createdAt: row.createdAt.toISOString(),
  finishedAt: isoOrNull(row.finishedAt),
});

const ENDED: GenerationState[] = ['running', 'failed'];
const MOST_NOTES = 20;

/** Apps that models write, one a project. */
export function generationsRepository(db: Db) {
  const find = async (projectId: string): Promise<GenerationRecord | null> => {
    const row = await db.generation.findFirst({ where: { projectId } });
    return row && toRecord(row);
  };
  return {
    find,
    /** @throws {NotFoundError} */
    async get(projectId: string): Promise<GenerationRecord> {
      const found = await find(projectId);
      if (found === null) throw new NotFoundError('project', projectId);
      return found;
    },
    async create(generation: { projectId: string; prompt: string; kind: AppKind }): Promise<void> {
      const data = { ...generation, promptKey: promptKey(generation.prompt) };
      await db.generation.createMany({ data: [data], skipDuplicates: true });
    },
    /** How far it is. One that has ended stays as it is. */
    async setState(
      projectId: string,
      {
        failure,
        note,
        ...change
      }: {
        state?: GenerationState;
        message?: string;
        attempt?: number;
        failure?: RunFailure;
        note?: string;
        model?: string;
        reusedFrom?: string | null;
        buildId?: string;
      },
    ): Promise<void> {
      const row = await db.generation.findFirst({ where: { projectId, state: { notIn: ENDED } } });
      if (row === null) return;
      const notes = note === undefined || row.notes.includes(note) ? row.notes : [...row.notes, note];
      const isEnd = change.state !== undefined && ENDED.includes(change.state);
      await db.generation.updateMany({
        where: { projectId, state: { notIn: ENDED } },
        data: {
          ...change,
          notes: notes.slice(0, MOST_NOTES),
          ...(failure === undefined ? {} : { failure: toJson(failure) }),
          ...(isEnd ? { finishedAt: new Date() } : {}),
        },
      });
    },
    /**
     * The newest project of an equal prompt, with an app that ran and was filmed; null when there is none. To be asked for in the name of a tenant:
     * what another's prompt brought is not handed on.
     */
    async findPattern(prompt: string, kind: AppKind): Promise<GenerationRecord | null> {
      const row = await db.generation.findFirst({
        where: {
          ...{ kind, promptKey: promptKey(prompt), state: 'running' },
          project: { deletedAt: null, runs: { some: { state: 'done' } } },
        },
        orderBy: { createdAt: 'desc' },
      });
      return row && toRecord(row);
    },
  };
}
