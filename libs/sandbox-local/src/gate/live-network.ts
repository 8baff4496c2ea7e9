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
import { ask, NODE_FLAGS, openSocket } from '../keeper/keeper-client';
import { reachKeeperOf } from '../keeper/sandbox-keeper';
import { sandboxLost } from '../sandbox-errors';
import type { SandboxMeta } from '../sandbox-folder';
import { gateGroups, sandboxGroups, type Site } from '../site';
import { GATE_CONTROL_SOCKET } from './gate-protocol';
import { GATE_SOURCE } from './gate.text';

const MIB = 1024 ** 2;
/** The gate's own limits: what an app sends through it must not cost the host more than this. */
const GATE_LIMITS: SandboxLimits = {
  cpus: 0.5,
  memoryBytes: 192 * MIB,
  diskBytes: MIB,
  maxProcesses: 32,
};
const START_MS = 10_000;
const END_MS = 1000;

/** Folder of the gate in a sandbox's folder. */
export const gateFolder = (folder: string): string => join(folder, 'gate');

/**
 * Lets the policy hold from now on, for connections that are open too, and starts the gate when there is none. For one caller at a time.
 * @returns the gate's uid, for the caller to record
 * @throws InvalidInputError `network_host_invalid`
 */
export async function openLiveNetwork(
  site: Site,
  meta: SandboxMeta,
  policy: AllowPolicy,
): Promise<number | undefined> {
  new EgressJudge(policy); // refuses a policy that is none before anything is changed
  const folder = site.home.folder(meta.id);
  const gateUid = site.host.root ? (meta.gateUid ?? (await site.uids.claim(folder))) : undefined;
  const gate = await reachGate(folder, () => startGate(site, meta, gateUid));
  try {
    await ask(gate, { op: 'policy', policy });
  } finally {
    gate.destroy();
  }
  const cgroup = sandboxGroups(site, meta.id);
  const keeper = await reachKeeperOf({ folder, root: site.host.root, cgroup, meta }, 'network.sock');
  await tellKeeper(keeper, true);
  return gateUid;
}

export async function closeLiveNetwork(site: Site, meta: SandboxMeta): Promise<void> {
  const group = gateGroups(site, meta.id);
  // Without a keeper there is no way out.
  const keeper = await openSocket(site.home.folder(meta.id), 'network.sock').catch(() => undefined);
  if (keeper !== undefined) await tellKeeper(keeper, false);
  await endGate(site.home.folder(meta.id));
  await group.killAll();
  await group.remove();
}

/** Lets a gate write down what it counted before it ends; one that does not answer is left to be killed. */
export async function endGate(folder: string): Promise<void> {
  try {
    const gate = await openSocket(gateFolder(folder), GATE_CONTROL_SOCKET);
    const late = setTimeout(() => gate.destroy(), END_MS);
    await ask(gate, { op: 'end' }).finally(() => clearTimeout(late));
    gate.destroy();
  } catch {
    return; // there is none
  }
}

async function tellKeeper(keeper: Socket, open: boolean): Promise<void> {
  try {
    await ask(keeper, { op: 'live', open });
  } finally {
    keeper.destroy();
  }
}

async function reachGate(folder: string, start: () => Promise<void>): Promise<Socket> {
  let started = false;
  for (const deadline = Date.now() + START_MS; ; await delay(3)) {
    try {
      return await openSocket(gateFolder(folder), GATE_CONTROL_SOCKET);
    } catch (error) {
      if (Date.now() > deadline)
        throw new AppError('sandbox_gate_unreachable', 'The gate of this sandbox does not answer.', {
          retryable: true,
          cause: error,
        });
      if (!started) await start();
      started = true;
    }
  }
}

async function startGate(site: Site, { id, init }: SandboxMeta, uid: number | undefined): Promise<void> {
  if (init === undefined) throw sandboxLost(id);
  const folder = site.home.folder(id);
  const script = join(folder, 'gate.mjs');
  await writeFile(`${script}.tmp`, GATE_SOURCE, { mode: 0o600 });
  await rename(`${script}.tmp`, script);
  await mkdir(gateFolder(folder), { recursive: true, mode: 0o700 });
  if (uid !== undefined) await chown(gateFolder(folder), uid, uid);
  const group = gateGroups(site, id);
  await group.killAll();
  await group.remove();
  await group.create(GATE_LIMITS);
  const node = [process.execPath, ...NODE_FLAGS, script, String(init.pid), init.startTime, String(uid ?? '')];
  const [file = '', ...args] = joinedCommand(group.enter('gate'), ['setpriv', '--no-new-privs', ...node]);
  const log = openSync(join(folder, 'gate.log'), 'a', 0o600);
  try {
    const child = spawn(file, args, {
      cwd: gateFolder(folder),
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
