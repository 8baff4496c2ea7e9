import type { CgroupOutcomes } from '@showrunner/control-groups';
import { limitsInForce } from './describe';
import type { Holder } from './holder';
import { identify } from './proc';
import { sandboxLost } from './sandbox-errors';
import type { SandboxMeta } from './sandbox-folder';
import { sandboxGroups, type HostContext } from './host-context';

/**
 * Brings a sandbox's process 1 to life; its control groups must stand.
 * @param holder waits with the disk; it is ended when this fails
 * @returns the facts of the running sandbox, for the caller to record
 */
export async function boot(
  context: HostContext,
  meta: SandboxMeta,
  outcomes: CgroupOutcomes,
  holder: Holder,
): Promise<SandboxMeta> {
  const { id } = meta;
  try {
    await holder.join(sandboxGroups(context, id).enter('holder'));
    const pids = await holder.become(id, context.home.folder(id));
    const [init, outer] = await Promise.all([identify(pids.initPid), identify(pids.holderPid)]);
    if (init === undefined) throw sandboxLost(id);
    return {
      ...meta,
      status: 'running',
      limits: limitsInForce(meta.requested, outcomes, context.host.root),
      init,
      holder: outer,
    };
  } catch (error) {
    await holder.end();
    throw error;
  }
}
