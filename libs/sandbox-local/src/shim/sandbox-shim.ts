import type { Socket } from 'node:net';
import { endLost } from '../named-processes';
import type { ControlGroup } from '@showrunner/control-groups';
import { sandboxLost } from '../sandbox-errors';
import type { SandboxMeta } from '../sandbox-folder';
import { reachShim } from './shim-client';

export interface KeptSandbox {
  folder: string;
  root: boolean;
  cgroup: ControlGroup;
  meta: SandboxMeta;
}

/** A socket of the shim of a running sandbox; the shim is started when it is first needed. */
export function reachShimOf(
  { folder, root, cgroup, meta }: KeptSandbox,
  socket: 'control.sock' | 'network.sock' | 'in.sock',
): Promise<Socket> {
  const { init } = meta;
  if (init === undefined) throw sandboxLost(meta.id);
  const live = meta.network?.mode === 'allow';
  return reachShim({ folder, init, root, live }, socket, async () => {
    // The shim before held the pipes of its processes; without it they can neither be told apart nor be heard.
    if (root || socket === 'control.sock') await endLost(folder, cgroup);
  });
}
