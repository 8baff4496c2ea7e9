import { statfs } from 'node:fs/promises';
import { AppError } from '@showrunner/contracts';

export const DISK_SPACE = Symbol('DISK_SPACE');

export interface MeasuredDisk {
  freeBytes: number;
  totalBytes: number;
  /** With less free, new work is refused. */
  freeFloorBytes: number;
}

/** The file system of the data folder. New work is refused before it is full, so that what goes on has room to end. */
export class DiskSpace {
  /** @param folder exists, or will: one that cannot be measured refuses nothing */
  constructor(
    private readonly folder: string,
    private readonly freeFloorBytes: number,
  ) {}

  async measure(): Promise<MeasuredDisk> {
    const { freeFloorBytes } = this;
    const disk = await statfs(this.folder).catch(() => null);
    if (disk === null) return { freeBytes: 0, totalBytes: 0, freeFloorBytes };
    return { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize, freeFloorBytes };
  }

  /** @throws {AppError} `host_disk_full` (507) when less than the floor is free */
  async require(): Promise<void> {
    const { freeBytes, totalBytes, freeFloorBytes } = await this.measure();
    if (totalBytes === 0 || freeBytes >= freeFloorBytes) return;
    throw new AppError(
      'host_disk_full',
      `The disk is nearly full: ${inMib(freeBytes)} MiB are free, new work needs ${inMib(freeFloorBytes)} MiB.`,
      {
        status: 507,
        retryable: true,
        remedy:
          'Make room: showrunner prune, showrunner delete <run>, or lower RUNS_KEPT_BYTES. What goes on is finished. DISK_FREE_FLOOR_BYTES sets the floor.',
      },
    );
  }
}

const inMib = (bytes: number): number => Math.round(bytes / 1024 ** 2);
