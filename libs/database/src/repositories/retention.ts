import { TERMINAL_RUN_STATES } from '@showrunner/contracts';
import type { RunState, Take } from '@showrunner/contracts';
import type { Db } from '../connection/client';
import { fromJson } from '../json';

/** A run that has ended, with what is stored beside its own prefix. */
export interface EndedRun {
  id: string;
  projectId: string;
  tenantId: string;
  state: RunState;
  finishedAt: Date;
  exports: string[];
  builds: string[];
}
/** Ids of all rows that objects can belong to. */
export interface Owners {
  runs: Set<string>;
  exports: Set<string>;
  builds: Set<string>;
  projects: Set<string>;
}

/** What stored objects are compared with. Of all tenants. */
export function retentionRepository(db: Db) {
  const idsOf = async (rows: Promise<{ id: string }[]>): Promise<Set<string>> =>
    new Set((await rows).map(({ id }) => id));
  const select = { id: true } as const;
  return {
    /** Longest ended first. A run that something goes on with is not among them. */
    async listEnded(): Promise<EndedRun[]> {
      const rows = await db.run.findMany({
        where: {
          state: { in: [...TERMINAL_RUN_STATES] },
          exports: { none: { state: { in: ['queued', 'rendering'] } } },
        },
        select: {
          ...{ id: true, projectId: true, tenantId: true, state: true, finishedAt: true, createdAt: true },
          exports: { select },
        },
      });
      const builds = await db.build.findMany({
        where: { runId: { in: rows.map(({ id }) => id) } },
        select: { id: true, runId: true },
      });
      const ofRun = new Map<string, string[]>();
      for (const { id, runId } of builds)
        if (runId !== null) ofRun.set(runId, [...(ofRun.get(runId) ?? []), id]);
      return rows
        .map(({ id, exports, createdAt, finishedAt, state, ...run }) => ({
          ...{ id, ...run, state: state as RunState, finishedAt: finishedAt ?? createdAt },
          exports: exports.map((one) => one.id),
          builds: ofRun.get(id) ?? [],
        }))
        .sort((a, b) => a.finishedAt.getTime() - b.finishedAt.getTime());
    },
    async owners(): Promise<Owners> {
      const [runs, exports, builds, projects] = await Promise.all([
        idsOf(db.run.findMany({ select })),
        idsOf(db.export.findMany({ select })),
        idsOf(db.build.findMany({ select })),
        idsOf(db.project.findMany({ select })),
      ]);
      return { runs, exports, builds, projects };
    },
    /** Keys of objects that rows speak of: takes and films of runs that have ended, uploads apart. */
    async expectedObjects(): Promise<{ runId: string; key: string }[]> {
      const ended = { run: { state: { in: [...TERMINAL_RUN_STATES] } } };
      const takes = await db.take.findMany({ where: ended, select: { runId: true, body: true } });
      const exports = await db.export.findMany({
        where: { ...ended, state: 'done', storageKey: { not: null } },
        select: { runId: true, storageKey: true },
      });
      return [
        ...takes.map(({ runId, body }) => ({ runId, key: fromJson<Take>(body).storageKey })),
        ...exports.map(({ runId, storageKey }) => ({ runId, key: storageKey ?? '' })),
      ];
    },
  };
}
