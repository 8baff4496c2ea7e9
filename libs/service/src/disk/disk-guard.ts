import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { operationOf } from '@showrunner/openapi';
import type { DiskSpace } from './disk-space';

/** Refuses what would begin new work while the disk is nearly full; which routes do, stands at them. */
export class DiskGuard implements CanActivate {
  constructor(private readonly disk: Pick<DiskSpace, 'require'>) {}

  /** @throws {AppError} `host_disk_full` (507) */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { prototype } = context.getClass<object>();
    if (operationOf(prototype as object, context.getHandler().name)?.needsDisk === true)
      await this.disk.require();
    return true;
  }
}
