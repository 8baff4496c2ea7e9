import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from '@nestjs/common';
import { afterAll, expect, it } from '@jest/globals';
import { Operation } from '@showrunner/openapi';
import { DiskGuard } from './disk-guard';
import { DiskSpace } from './disk-space';

const folder = mkdtempSync(join(tmpdir(), 'disk-'));
afterAll(() => rmSync(folder, { recursive: true }));

class Films {
  @Operation({ id: 'make', permission: 'write', summary: '', answer: null, needsDisk: true })
  make(): void {}
  @Operation({ id: 'look', permission: 'read', summary: '', answer: null })
  look(): void {}
}
const asked = (name: 'make' | 'look') =>
  ({ getClass: () => Films, getHandler: () => ({ name }) }) as unknown as ExecutionContext;

it('with less free than the floor, what begins new work is refused, and nothing else', async () => {
  const full = new DiskGuard(new DiskSpace(folder, Number.MAX_SAFE_INTEGER));
  await expect(full.canActivate(asked('make'))).rejects.toMatchObject({
    ...{ code: 'host_disk_full', status: 507, retryable: true },
    message: expect.stringMatching(/^The disk is nearly full: \d+ MiB are free/),
  });
  expect(await full.canActivate(asked('look'))).toBe(true);
  expect(await new DiskGuard(new DiskSpace(folder, 1)).canActivate(asked('make'))).toBe(true);
});

it('without a floor, and where nothing can be measured, nothing is refused', async () => {
  await new DiskSpace(folder, 0).require();
  await new DiskSpace(join(folder, 'not-there'), Number.MAX_SAFE_INTEGER).require();
  const { freeBytes, totalBytes } = await new DiskSpace(folder, 5).measure();
  expect(freeBytes).toBeGreaterThan(0);
  expect(totalBytes).toBeGreaterThanOrEqual(freeBytes);
});
