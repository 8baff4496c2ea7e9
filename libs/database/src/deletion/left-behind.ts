import { storagePrefixes, workflowIds } from '@showrunner/contracts';
import type { Prisma } from '../generated/client';
import type { Db } from '../connection/client';

interface Chosen {
  runs: Prisma.RunWhereInput;
  /** Besides those of the runs. */
  builds?: Prisma.BuildWhereInput;
  projects?: Prisma.ProjectWhereInput;
  sandboxes?: Prisma.SandboxWhereInput;
}

/** What rows leave in the object store, in Temporal and at providers. Call before they are deleted. */
export async function leftOf(
  db: Db,
  chosen: Chosen,
): Promise<{ prefixes: string[]; workflows: string[]; sandboxes: string[] }> {
  const runs = await idsOf(db.run.findMany({ where: chosen.runs, select: { id: true } }));
  const ofRuns = { runId: { in: runs } };
  const exports = await idsOf(db.export.findMany({ where: ofRuns, select: { id: true } }));
  const builds = await idsOf(
    db.build.findMany({
      where: { OR: [ofRuns, ...(chosen.builds ? [chosen.builds] : [])] },
      select: { id: true },
    }),
  );
  const projects =
    chosen.projects === undefined
      ? []
      : await idsOf(db.project.findMany({ where: chosen.projects, select: { id: true } }));
  const sandboxes =
    chosen.sandboxes === undefined
      ? []
      : await idsOf(db.sandbox.findMany({ where: chosen.sandboxes, select: { id: true } }));
  return {
    prefixes: [
      ...runs.map(storagePrefixes.run),
      ...exports.map(storagePrefixes.export),
      ...builds.map(storagePrefixes.build),
      ...projects.map(storagePrefixes.project),
    ],
    workflows: [
      ...runs.flatMap((id) => [workflowIds.run(id), workflowIds.film(id)]),
      ...exports.map(workflowIds.export),
      ...builds.map(workflowIds.build),
      ...sandboxes.flatMap((id) => [workflowIds.sandbox(id), workflowIds.removal(id)]),
    ],
    sandboxes,
  };
}

const idsOf = async (rows: Promise<{ id: string }[]>): Promise<string[]> => (await rows).map(({ id }) => id);
