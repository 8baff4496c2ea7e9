import { AppError, InvalidInputError } from '@showrunner/contracts';

export { processNotRunning, sandboxNotFound, sandboxNotRunning } from '@showrunner/sandbox/provider';

export function sandboxLost(id: string, outOfMemory = false): AppError {
  const why = outOfMemory ? ': it ran out of memory' : '';
  return new AppError('sandbox_lost', `The sandbox ${id} is no longer running${why}.`, {
    remedy: outOfMemory
      ? 'Give it more memory, and build the project again.'
      : 'Build the project again; a new sandbox is made.',
    status: 410,
    details: { outOfMemory },
  });
}

export function capabilityMissing(sentence: string, remedy: string): InvalidInputError {
  return new InvalidInputError('sandbox_capability_missing', sentence, { remedy });
}

/** The image cannot hold a sandbox. */
export function imageUnfit(image: string, why: string, cause?: unknown): InvalidInputError {
  return new InvalidInputError('sandbox_start_failed', `The image ${image} cannot hold a sandbox: ${why}.`, {
    remedy: 'Use a Linux image with /bin/sh and the coreutils or busybox, or leave the image out.',
    cause,
  });
}
