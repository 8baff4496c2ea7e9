import type { CgroupWarmUp } from '@showrunner/control-groups';
import type { Host } from './host';
import type { HostUids } from './host-uids';
import { ControlGroup } from '@showrunner/control-groups';
import type { SandboxHome } from './sandbox-folder';

/** Where local sandboxes stand: the host, the folder of all of them, and what they share. */
export interface HostContext {
  host: Host;
  home: SandboxHome;
  etcDir: string;
  /** What every sandbox may read. */
  sharedDir: string;
  uids: HostUids;
  warmUp: CgroupWarmUp;
}

/** Control groups of the sandbox itself. */
export function sandboxGroups({ host, home }: HostContext, id: string): ControlGroup {
  return new ControlGroup(host.cgroups, home.cgroupKey(id));
}

/** Control groups of the egress proxy, which is ours: what it uses is not the sandbox's. */
export function proxyGroups({ host, home }: HostContext, id: string): ControlGroup {
  return new ControlGroup(host.cgroups, `${home.cgroupKey(id)}.gate`);
}
