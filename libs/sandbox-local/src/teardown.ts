import { endProcesses } from './end-processes';
import { readMeta, removeFolder } from './sandbox-folder';
import { proxyGroups, sandboxGroups, type HostContext } from './host-context';

/**
 * Ends and removes everything of a sandbox: processes, the disk's mount, control groups, the uids' claims, and last the folder, so that an
 * interrupted demolition can be found and done again.
 * @param folder the sandbox's folder, already out of sight
 */
export async function teardown(context: HostContext, id: string, folder: string): Promise<void> {
  const meta = await readMeta(folder);
  await endProcesses(folder, id, meta, [sandboxGroups(context, id), proxyGroups(context, id)]);
  for (const uid of [meta?.hostUid, meta?.gateUid]) if (uid !== undefined) await context.uids.release(uid);
  await removeFolder(folder);
}
