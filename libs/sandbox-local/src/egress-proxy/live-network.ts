import { spawn } from 'node:child_process';
import { chown, mkdir, rename, writeFile } from 'node:fs/promises';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError, type SandboxLimits } from '@showrunner/contracts';
import { EgressJudge } from '@showrunner/egress';
import type { AllowPolicy } from '@showrunner/sandbox';
import { joinedCommand } from '@showrunner/control-groups';
import { HOST_ENVIRONMENT } from '../enter';
import { ask, NODE_FLAGS, openSocket } from '../shim/shim-client';
import { reachShimOf } from '../shim/sandbox-shim';
import { sandboxLost } from '../sandbox-errors';
import type { SandboxMeta } from '../sandbox-folder';
import { proxyGroups, sandboxGroups, type HostContext } from '../host-context';
import { EGRESS_CONTROL_SOCKET } from './proxy-protocol';
import { EGRESS_PROXY_SOURCE } from './proxy.text';

const MIB = 1024 ** 2;
/** The egress proxy's own limits: what an app sends through it must not cost the host more than this. */
const EGRESS_PROXY_LIMITS: SandboxLimits = {
  cpus: 0.5,
  memoryBytes: 192 * MIB,
  diskBytes: MIB,
  maxProcesses: 32,
};
const START_MS = 10_000;
const END_MS = 1000;

/** Folder of the egress proxy in a sandbox's folder. */
export const proxyFolder = (folder: string): string => join(folder, 'gate');

/**
 * Lets the policy hold from now on, for connections that are open too, and starts the egress proxy when there is none. For one caller at a time.
 * @returns the egress proxy's uid, for the caller to record
 * @throws InvalidInputError `network_host_invalid`
 */
export async function openLiveNetwork(
  context: HostContext,
  meta: SandboxMeta,
  policy: AllowPolicy,
): Promise<number | undefined> {
  new EgressJudge(policy); // refuses a policy that is none before anything is changed
  const folder = context.home.folder(meta.id);
  const gateUid = context.host.root ? (meta.gateUid ?? (await context.uids.claim(folder))) : undefined;
  const proxy = await reachEgressProxy(folder, () => startEgressProxy(context, meta, gateUid));
  try {
    await ask(proxy, { op: 'policy', policy });
  } finally {
    proxy.destroy();
  }
  const cgroup = sandboxGroups(context, meta.id);
  const shim = await reachShimOf({ folder, root: context.host.root, cgroup, meta }, 'network.sock');
  await tellShim(shim, true);
  return gateUid;
}

export async function closeLiveNetwork(context: HostContext, meta: SandboxMeta): Promise<void> {
  const group = proxyGroups(context, meta.id);
  // Without a shim there is no way out.
  const shim = await openSocket(context.home.folder(meta.id), 'network.sock').catch(() => undefined);
  if (shim !== undefined) await tellShim(shim, false);
  await endEgressProxy(context.home.folder(meta.id));
  await group.killAll();
  await group.remove();
}

/** Lets an egress proxy write down what it counted before it ends; one that does not answer is left to be killed. */
export async function endEgressProxy(folder: string): Promise<void> {
  try {
    const proxy = await openSocket(proxyFolder(folder), EGRESS_CONTROL_SOCKET);
    const late = setTimeout(() => proxy.destroy(), END_MS);
    await ask(proxy, { op: 'end' }).finally(() => clearTimeout(late));
    proxy.destroy();
  } catch {
    return; // there is none
  }
}

async function tellShim(shim: Socket, open: boolean): Promise<void> {
  try {
    await ask(shim, { op: 'live', open });
  } finally {
    shim.destroy();
  }
}

async function reachEgressProxy(folder: string, start: () => Promise<void>): Promise<Socket> {
  let started = false;
  for (const deadline = Date.now() + START_MS; ; await delay(3)) {
    try {
      return await openSocket(proxyFolder(folder), EGRESS_CONTROL_SOCKET);
    } catch (error) {
      if (Date.now() > deadline)
        throw new AppError('sandbox_gate_unreachable', 'The egress proxy of this sandbox does not answer.', {
          retryable: true,
          cause: error,
        });
      if (!started) await start();
      started = true;
    }
  }
}

async function startEgressProxy(
  context: HostContext,
  { id, init }: SandboxMeta,
  uid: number | undefined,
): Promise<void> {
  if (init === undefined) throw sandboxLost(id);
  const folder = context.home.folder(id);
  const script = join(folder, 'gate.mjs');
  await writeFile(`${script}.tmp`, EGRESS_PROXY_SOURCE, { mode: 0o600 });
  await rename(`${script}.tmp`, script);
  await mkdir(proxyFolder(folder), { recursive: true, mode: 0o700 });
  if (uid !== undefined) await chown(proxyFolder(folder), uid, uid);
  const group = proxyGroups(context, id);
  await group.killAll();
  await group.remove();
  await group.create(EGRESS_PROXY_LIMITS);
  const node = [process.execPath, ...NODE_FLAGS, script, String(init.pid), init.startTime, String(uid ?? '')];
  const [file = '', ...args] = joinedCommand(group.enter('gate'), ['setpriv', '--no-new-privs', ...node]);
  const log = openSync(join(folder, 'gate.log'), 'a', 0o600);
  try {
    const child = spawn(file, args, {
      cwd: proxyFolder(folder),
      detached: true,
      env: HOST_ENVIRONMENT,
      stdio: ['ignore', 'ignore', log],
    });
    child.on('error', () => undefined); // noticed by whoever needs it
    child.unref();
  } finally {
    closeSync(log);
  }
}
