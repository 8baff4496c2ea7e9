import { ApplicationFailure } from '@temporalio/common';
import { WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { AppError, catalogueEntry, newId, toldCode, workflowIds } from '@showrunner/contracts';
import type { RunRecord } from '@showrunner/database';
import type { Temporal } from '@showrunner/service';

/** A tool takes 30 s at the most; what was asked before goes first. The gateway waits a little longer. */
const PATIENCE_MS = 90_000;

/**
 * Asks the workflow of a session, or of a run, for something. Sent twice it is done once.
 * @param over what is thrown when it has ended
 * @throws {AppError} as the workflow says it, or `over`
 */
export async function askWorkflow<Answer>(
  temporal: Temporal,
  { id, state }: Pick<RunRecord, 'id' | 'state'>,
  update: string,
  asked: unknown,
  over: (id: string, state: string) => AppError,
): Promise<Answer> {
  const updateId = newId();
  try {
    return await temporal.call(
      (client) =>
        client.workflow
          .getHandle(workflowIds.run(id))
          .executeUpdate<Answer, [unknown]>(update, { args: [asked], updateId }),
      { timeoutMs: PATIENCE_MS },
    );
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure)
      throw refused(error.cause);
    if (error instanceof WorkflowNotFoundError || hasEnded(error)) throw over(id, state);
    throw error;
  }
}

function refused({ type, message, details }: ApplicationFailure): AppError {
  const code = toldCode(type ?? 'internal_error');
  const { remedy } = (details?.[0] ?? {}) as { remedy?: string };
  // What the catalogue has no status for ends sessions; nothing is wrong with this service.
  const status = catalogueEntry(code)?.status === undefined ? { status: 409 } : {};
  return new AppError(code, message, { ...status, ...(remedy !== undefined && { remedy }) });
}

const GRPC_NOT_FOUND = 5;
/** In the moment between. */
const hasEnded = (error: unknown): boolean =>
  (error as { code?: unknown }).code === GRPC_NOT_FOUND ||
  (error instanceof Error &&
    /workflow execution already completed/i.test(`${error.message} ${String(error.cause)}`));
