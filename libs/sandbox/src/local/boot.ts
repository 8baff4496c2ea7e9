import type { SandboxLimits } from '@showrunner/contracts';
import { limitsInForce } from './describe';
import { startHolder, type Disk } from './holder';
import { identify } from './proc';
import type { CgroupOutcomes } from '@showrunner/control-groups';
import { sandboxLost } from './sandbox-errors';
import type { SandboxMeta } from './sandbox-folder';
import { sandboxGroups, type Site } from './site';

/**
 * Brings a sandbox's process 1 to life; its control groups must stand.
 * @param disk undefined: /app is a tmpfs
 * @returns the facts of the running sandbox, for the caller to record
 */
export async function boot(
  site: Site,
  meta: SandboxMeta,
  outcomes: CgroupOutcomes,
  disk: Disk | undefined,
): Promise<SandboxMeta> {
  const { id, hostUid } = meta;
  const limits: SandboxLimits = meta.requested;
  const started = await startHolder({
    id,
    folder: site.home.folder(id),
    etcDir: site.etcDir,
    host: site.host,
    limits,
    hostUid,
    disk,
    joins: sandboxGroups(site, id).enter('holder'),
  });
  const [init, holder] = await Promise.all([identify(started.initPid), identify(started.holderPid)]);
  if (init === undefined) throw sandboxLost(id);
  return {
    ...meta,
    status: 'running',
    limits: limitsInForce(limits, outcomes, site.host.root),
    init,
    holder,
  };
}
