import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { processesIn, removeGroup } from './kill-group';
import type { CgroupLayout } from './cgroup-layout';
import { PARENT } from './control-group';

/** A younger group may be about to be joined. */
const MIN_AGE_MS = 60_000;

/** Removes groups whose key begins so, that hold no process any more: their owner was killed before it could. Never fails. */
export async function removeEmptyGroups(layout: CgroupLayout, prefix: string): Promise<void> {
  const roots = new Set(Object.values(layout.controllers).map(({ root }) => root));
  if (layout.reaper !== undefined) roots.add(layout.reaper.root);
  for (const root of roots) {
    const names = await readdir(join(root, PARENT)).catch(() => []); // none was made yet
    for (const name of names.filter((one) => one.startsWith(prefix))) {
      const group = join(root, PARENT, name);
      const madeAt = await stat(group).then(
        ({ ctimeMs }) => ctimeMs,
        () => Date.now(), // gone meanwhile
      );
      if (Date.now() - madeAt > MIN_AGE_MS && (await processesIn(group)).length === 0)
        await removeGroup(group);
    }
  }
}
