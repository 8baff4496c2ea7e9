import { statfsSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';

const GIB = 1024 ** 3;
/** A film keeps a core and a half busy at its peaks, and waits in between. */
const FILMS_PER_CPU = 1.5;
/** Browser, app, recorder and renderer of one film; measured with examples/catalogue, with room for larger apps. */
const BYTES_OF_FILM = 1.5 * GIB;
/** The platform itself and the system around it. */
const BYTES_OF_PLATFORM = 2.5 * GIB;
/** Sandbox, take and film, before they are stored. */
const DISK_OF_FILM = 2 * GIB;

export interface Machine {
  cpus: number;
  memoryBytes: number;
  /** Of the data folder; null where it cannot be measured. */
  freeDiskBytes: number | null;
}

/** The machine that this process runs on; in a container what that may use, as far as Node.js knows. */
export function measureMachine(home: string): Machine {
  let freeDiskBytes: number | null = null;
  try {
    const disk = statfsSync(home);
    freeDiskBytes = disk.bavail * disk.bsize;
  } catch {
    // Not there yet: the disk bounds nothing.
  }
  const memoryBytes = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  return { cpus: availableParallelism(), memoryBytes, freeDiskBytes };
}

/** How many films a machine bears at once, so that each shows what it shows alone. At least one. Pure. */
export function filmsOf({ cpus, memoryBytes, freeDiskBytes }: Machine): number {
  const byDisk = freeDiskBytes === null ? Number.POSITIVE_INFINITY : freeDiskBytes / DISK_OF_FILM;
  const byMemory = (memoryBytes - BYTES_OF_PLATFORM) / BYTES_OF_FILM;
  return Math.max(1, Math.floor(Math.min(cpus * FILMS_PER_CPU, byMemory, byDisk)));
}

/** Of the providers whose sandboxes run on this machine; at others the bound is theirs. */
export function filmsByProvider(config: Parameters<typeof filmsAtOnce>[0]): Record<string, number> {
  const films = filmsAtOnce(config);
  return { local: films, docker: films };
}

/** What the settings say, measured where they say `auto`. */
export function filmsAtOnce(config: { SHOWRUNNER_HOME: string; FILMS_AT_ONCE: number | 'auto' }): number {
  return config.FILMS_AT_ONCE === 'auto'
    ? filmsOf(measureMachine(config.SHOWRUNNER_HOME))
    : config.FILMS_AT_ONCE;
}
