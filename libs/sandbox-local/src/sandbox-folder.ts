import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  InvalidInputError,
  type LimitsInForce,
  type NetworkPolicy,
  type SandboxLimits,
  type SandboxStatus,
} from '@showrunner/contracts';
import type { ProcessIdentity } from './proc';

/** Everything about one local sandbox that any process of this host needs to go on with it. Kept in `<home>/<id>/meta.json`. */
export interface SandboxMeta {
  version: 1;
  id: string;
  status: SandboxStatus;
  createdAt: string;
  labels: Record<string, string>;
  requested: SandboxLimits;
  limits: LimitsInForce;
  /** Name of this sandbox's control groups, for people; programs derive it. */
  cgroupKey: string;
  /** Owner on the host of all its processes and files; undefined without root. */
  hostUid?: number;
  creator: ProcessIdentity;
  /** Process 1 of the sandbox, as the host sees it: the way into its namespaces. */
  init?: ProcessIdentity;
  /** bubblewrap's outer process, which holds the mount of the disk. */
  holder?: ProcessIdentity;
  /** Who is starting the stopped sandbox, or died at it. */
  starter?: ProcessIdentity;
  /** Set for every command. */
  environment?: Record<string, string>;
  /** Folder of the Debian system beneath it; the host's own when missing. */
  system?: string;
  /** Names that lead to the sandbox itself, besides `localhost`. */
  hostNames?: string[];
  /** The policy that holds while no phase is open; none when missing. */
  network?: NetworkPolicy;
  /** Owner on the host of the egress proxy's process and folder, once a policy needed one. */
  gateUid?: number;
  /** What the sandbox used before its last stop. */
  usage?: SandboxUsage;
}

export interface SandboxUsage {
  cpuSeconds: number;
  memoryPeakBytes: number;
}

const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/;
const TRASH = '.trash';

/** @throws InvalidInputError `sandbox_id_invalid`: an id becomes a folder, a control group and a host name. */
export function requireSandboxId(id: string): void {
  if (!ID.test(id))
    throw new InvalidInputError('sandbox_id_invalid', `"${id.slice(0, 80)}" cannot name a sandbox.`, {
      remedy: 'Use letters, digits, "_" and "-", at most 63.',
    });
}

/** The folder of all sandboxes of one platform. */
export class SandboxHome {
  /** Absolute: every process must derive the same names from it. */
  readonly path: string;

  constructor(path: string) {
    this.path = resolve(path);
  }

  folder(id: string): string {
    return join(this.path, id);
  }

  /** Name of a sandbox's control groups; ids are unique within a home only. */
  cgroupKey(id: string): string {
    return `${id}-${createHash('sha256').update(this.path).digest('hex').slice(0, 8)}`;
  }

  async prepare(): Promise<void> {
    await mkdir(join(this.path, TRASH), { recursive: true, mode: 0o700 });
  }

  /** Makes the folder; false when there is one already. Atomic between processes. */
  async claim(id: string): Promise<boolean> {
    try {
      await mkdir(this.folder(id), { mode: 0o700 });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }

  async ids(): Promise<string[]> {
    const entries = await readdir(this.path, { withFileTypes: true }).catch(() => []);
    return entries.filter((entry) => entry.isDirectory() && ID.test(entry.name)).map((entry) => entry.name);
  }

  /**
   * Takes the folder out of sight in one step, so that a creator still at work notices at its next write and cleans up itself.
   * @returns the folder's new place, or undefined when there was none
   */
  async discard(id: string): Promise<string | undefined> {
    const target = join(this.path, TRASH, `${id}.${randomBytes(6).toString('hex')}`);
    try {
      await rename(this.folder(id), target);
      return target;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Folders a destroyer could not finish. */
  async discarded(): Promise<{ id: string; folder: string }[]> {
    const names = await readdir(join(this.path, TRASH)).catch(() => [] as string[]);
    return names.map((name) => ({
      id: name.slice(0, name.lastIndexOf('.')),
      folder: join(this.path, TRASH, name),
    }));
  }
}

export async function readMeta(folder: string): Promise<SandboxMeta | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, 'meta.json'), 'utf8')) as SandboxMeta;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

/** Replaces meta.json in one step. Fails with ENOENT when the sandbox was destroyed meanwhile. */
export async function writeMeta(folder: string, meta: SandboxMeta): Promise<void> {
  const temporary = join(folder, `meta.${randomBytes(4).toString('hex')}.tmp`);
  await writeFile(temporary, JSON.stringify(meta, null, 2), { mode: 0o600 });
  await rename(temporary, join(folder, 'meta.json'));
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
