import { storagePrefixes } from '@showrunner/contracts';
import type { DeletionRecord, EndedRun, Owners } from '@showrunner/database';
import type { ListedObject } from '@showrunner/storage';

/** An object may be stored a moment before the row that speaks of it: an upload, above all. */
export const GRACE_MS = 86_400_000;
const OWNED = ['runs', 'exports', 'builds', 'projects'] as const satisfies readonly (keyof Owners)[];

/** Bytes by the first part of the keys. */
export function byKind(objects: readonly ListedObject[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { key, bytes } of objects) {
    const kind = key.split('/')[0] ?? '';
    sums[kind] = (sums[kind] ?? 0) + bytes;
  }
  return sums;
}

/** Bytes of everything that goes with a run. */
export function bytesOfRuns(
  objects: readonly ListedObject[],
  runs: readonly EndedRun[],
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { key, bytes } of objects) {
    const prefix = `${key.split('/').slice(0, 2).join('/')}/`;
    sums.set(prefix, (sums.get(prefix) ?? 0) + bytes);
  }
  return new Map(
    runs.map(({ id, exports, builds }) => {
      const own = [
        storagePrefixes.run(id),
        ...exports.map(storagePrefixes.export),
        ...builds.map(storagePrefixes.build),
      ];
      return [id, own.reduce((sum, prefix) => sum + (sums.get(prefix) ?? 0), 0)];
    }),
  );
}

/**
 * Objects of which no row says whose they are, and no deletion either that is still being carried out.
 * @param usedAssets SHA-256 sums of the assets that some run's pages get
 */
export function orphansOf(
  objects: readonly ListedObject[],
  owners: Owners,
  known: { deletions: readonly DeletionRecord[]; usedAssets: ReadonlySet<string> },
  now: number,
): ListedObject[] {
  const going = new Set(known.deletions.flatMap(({ prefixes }) => prefixes));
  return objects.filter(({ key, modifiedAtMs }) => {
    if (now - modifiedAtMs < GRACE_MS) return false;
    const [kind = '', id = ''] = key.split('/');
    if (kind === 'assets') return !known.usedAssets.has(id);
    const owned = OWNED.find((name) => name === kind);
    // Other kinds have owners of their own, as kept installs do.
    return owned !== undefined && !owners[owned].has(id) && !going.has(`${kind}/${id}/`);
  });
}
