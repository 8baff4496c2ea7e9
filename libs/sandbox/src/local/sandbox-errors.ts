import { AppError } from '@showrunner/contracts';

/** The sandbox's process 1 is gone: killed, out of memory, or the host was restarted. */
export function sandboxLost(id: string): AppError {
  return new AppError('sandbox_lost', `The sandbox ${id} is no longer running.`, {
    remedy: 'Build the project again; a new sandbox is made.',
    status: 410,
  });
}
