import { endProcesses } from './end-processes';
import { readMeta, removeFolder } from './sandbox-folder';
import { gateGroups, sandboxGroups, type Site } from './site';

/**
 * Ends and removes everything of a sandbox: processes, the disk's mount, control groups, the uids' claims, and last the folder, so that an
 * interrupted demolition can be found and done again.
 * @param folder the sandbox's folder, already out of sight
 */
export async function demolish(site: Site, id: string, folder: string): Promise<void> {
  const meta = await readMeta(folder);
  await endProcesses(folder, id, meta, [sandboxGroups(site, id), gateGroups(site, id)]);
  for (const uid of [meta?.hostUid, meta?.gateUid]) if (uid !== undefined) await site.uids.release(uid);
  await removeFolder(folder);
}
