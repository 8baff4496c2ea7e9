import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes in sockaddr_un.sun_path, less the closing NUL. */
const LONGEST = 107;

/**
 * A path by which a unix socket in `folder` can be bound or reached, however long the folder's own path is.
 * @returns the path and a function that frees it; call it once the socket is bound or connected
 */
export function socketPath(folder: string, name: string): { path: string; free: () => void } {
  const direct = join(folder, name);
  if (Buffer.byteLength(direct) <= LONGEST) return { path: direct, free: () => undefined };
  const fd = openSync(folder, 'r');
  return { path: `/proc/self/fd/${fd}/${name}`, free: () => closeSync(fd) };
}
