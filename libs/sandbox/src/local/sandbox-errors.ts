import { AppError, InvalidInputError } from '@showrunner/contracts';

/** The sandbox's process 1 is gone: killed, out of memory, or the host was restarted. */
export function sandboxLost(id: string): AppError {
  return new AppError('sandbox_lost', `The sandbox ${id} is no longer running.`, {
    remedy: 'Build the project again; a new sandbox is made.',
    status: 410,
  });
}

export function sandboxNotFound(id: string): AppError {
  return new AppError('sandbox_not_found', `There is no sandbox ${id}.`, { status: 404 });
}

export function sandboxNotRunning(id: string, status: string): AppError {
  return new AppError('sandbox_not_running', `The sandbox ${id} is ${status}.`, {
    remedy: 'Start it first.',
    status: 409,
  });
}

export function processNotRunning(name: string): AppError {
  return new AppError('process_not_running', `No process "${name}" runs in the sandbox.`, { status: 409 });
}

export function capabilityMissing(what: string): InvalidInputError {
  return new InvalidInputError('sandbox_capability_missing', `The local provider cannot ${what}.`, {
    remedy: 'Choose another provider, or leave that out.',
  });
}
