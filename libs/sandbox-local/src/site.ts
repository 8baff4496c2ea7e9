import type { CgroupHaste } from '@showrunner/control-groups';
import type { Host } from './host';
import type { HostUids } from './host-uids';
import { ControlGroup } from '@showrunner/control-groups';
import type { SandboxHome } from './sandbox-folder';

/** Where local sandboxes stand: the host, the folder of all of them, and what they share. */
export interface Site {
  host: Host;
  home: SandboxHome;
  etcDir: string;
  uids: HostUids;
  haste: CgroupHaste;
}

/** Control groups of the sandbox itself. */
export function sandboxGroups({ host, home }: Site, id: string): ControlGroup {
  return new ControlGroup(host.cgroups, home.cgroupKey(id));
}

/** Control groups of the gate, which is ours: what it uses is not the sandbox's. */
export function gateGroups({ host, home }: Site, id: string): ControlGroup {
  return new ControlGroup(host.cgroups, `${home.cgroupKey(id)}.gate`);
}
