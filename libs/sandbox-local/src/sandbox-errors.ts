import { AppError, InvalidInputError } from '@showrunner/contracts';

export { processNotRunning, sandboxNotFound, sandboxNotRunning } from '@showrunner/sandbox/provider';

/** The sandbox's process 1 is gone: killed, out of memory, or the host was restarted. */
export function sandboxLost(id: string): AppError {
  return new AppError('sandbox_lost', `The sandbox ${id} is no longer running.`, {
    remedy: 'Build the project again; a new sandbox is made.',
    status: 410,
  });
}

export function capabilityMissing(what: string): InvalidInputError {
  return new InvalidInputError('sandbox_capability_missing', `The local provider cannot ${what}.`, {
    remedy: 'Choose another provider, or leave that out.',
  });
}
