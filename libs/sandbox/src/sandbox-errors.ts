import { AppError } from '@showrunner/contracts';

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
