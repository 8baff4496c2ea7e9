import type { SandboxInfo } from '@showrunner/contracts';
import type { SandboxProvider } from './sandbox.types';

/**
 * Destroys what nobody owns any more, and finishes what a destroyer that died left behind.
 * @param isLive whether the owner of this sandbox still wants it
 * @param minAgeMs younger sandboxes are left alone: their owner may not have recorded them yet
 * @returns ids that were destroyed
 */
export async function reapSandboxes(
  provider: Pick<SandboxProvider, 'list' | 'destroy' | 'sweep'>,
  isLive: (info: SandboxInfo) => Promise<boolean>,
  minAgeMs: number,
): Promise<string[]> {
  const destroyed: string[] = [];
  for (const info of await provider.list()) {
    if (Date.now() - Date.parse(info.createdAt) < minAgeMs) continue;
    if (await isLive(info)) continue;
    await provider.destroy(info.id);
    destroyed.push(info.id);
  }
  // Last, so that it also finds what half-made ones had claimed before they wrote it down.
  await provider.sweep();
  return destroyed;
}
