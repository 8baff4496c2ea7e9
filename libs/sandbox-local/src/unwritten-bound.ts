import { release } from 'node:os';

const MIB = 1024 ** 2;
/** Enough for an install to be written at the speed of memory, little enough to be written out in a second when the sandbox ends. */
const BYTES = 256 * MIB;
/** Before it, a bound of one device lets writers wait that wrote little for long ("raise wb_thresh to prevent write blocking"). */
const SINCE = [6, 14] as const;

/**
 * How many bytes a disk may hold that are not yet on the host's, so that one that is filled does not fill what all others may hold.
 * @param kernel as `uname -r` says it
 * @returns undefined where this kernel cannot bound it well
 */
export function unwrittenBound(kernel = release()): number | undefined {
  const [major = 0, minor = 0] = kernel.split('.').map((part) => Number.parseInt(part, 10));
  return major > SINCE[0] || (major === SINCE[0] && minor >= SINCE[1]) ? BYTES : undefined;
}
