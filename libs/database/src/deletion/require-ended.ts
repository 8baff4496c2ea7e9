import { AppError, TERMINAL_EXPORT_STATES, TERMINAL_RUN_STATES } from '@showrunner/contracts';
import type { Db } from '../connection/client';

/** Of builds of their own; that of a run ends with it. */
const UNFINISHED_BUILDS = ['queued', 'building'];

/** @throws {AppError} `run_in_use` (409) @returns whose the run is */
export async function requireRunEnded(db: Db, id: string): Promise<{ tenantId: string }> {
  const run = await db.run.findFirstOrThrow({ where: { id } });
  if (!(TERMINAL_RUN_STATES as readonly string[]).includes(run.state)) {
    throw new AppError('run_in_use', `Run ${id} has not ended: it is ${run.state}.`, {
      status: 409,
      remedy: `Wait for it, or cancel it with POST /api/runs/${id}/cancel.`,
    });
  }
  const rendering = await db.export.findFirst({
    where: { runId: id, state: { notIn: [...TERMINAL_EXPORT_STATES] } },
  });
  if (rendering === null) return run;
  throw new AppError('run_in_use', `Export ${rendering.id} of run ${id} is still being rendered.`, {
    status: 409,
    remedy: `Wait for it, or cancel it with POST /api/exports/${rendering.id}/cancel.`,
  });
}

/** That nothing of a project or tenant goes on. @throws {AppError} with the code given (409) */
export async function requireIdle(
  db: Db,
  of: { projectId: string } | { tenantId: string },
  code: 'project_in_use' | 'tenant_in_use',
): Promise<void> {
  const whose = code === 'project_in_use' ? 'this project' : 'this tenant';
  const refuse = (what: string, remedy: string): never => {
    throw new AppError(code, `${what} of ${whose} has not ended.`, { status: 409, remedy });
  };
  const run = await db.run.findFirst({ where: { ...of, state: { notIn: [...TERMINAL_RUN_STATES] } } });
  if (run !== null)
    refuse(`Run ${run.id}`, `Wait for it, or cancel it with POST /api/runs/${run.id}/cancel.`);
  const build = await db.build.findFirst({ where: { ...of, runId: null, state: { in: UNFINISHED_BUILDS } } });
  if (build !== null)
    refuse(`Build ${build.id}`, 'Wait for it: GET /api/builds/{id} says when it has ended.');
  const rendering = await db.export.findFirst({
    where: { run: of, state: { notIn: [...TERMINAL_EXPORT_STATES] } },
  });
  if (rendering !== null)
    refuse(
      `Export ${rendering.id}`,
      `Wait for it, or cancel it with POST /api/exports/${rendering.id}/cancel.`,
    );
}
