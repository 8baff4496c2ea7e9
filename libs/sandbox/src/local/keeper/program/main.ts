// The keeper of one sandbox: a small process of the host that lives in the sandbox's network namespace and in no other of its
// namespaces. It outlives the worker that made the sandbox and ends with the sandbox. It
//   - starts named processes, drains their output into bounded logs, and records how they ended (control.sock);
//   - carries byte streams from the host to TCP ports inside (in.sock);
//   - carries 127.0.0.1:3128 inside to the egress proxy (egress.sock), only while a caller holds its request open (network.sock).
// Without root one process cannot do all of it: who has joined the network namespace cannot join the others any more. Then two
// keepers share the work, each with its role.
// Its working folder is the sandbox's folder. Nothing inside can reach its sockets: they are files of the host.
import { readFileSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { KeeperRequest } from '../keeper-protocol';
import { startNamed } from './named-process';
import { onInbound, openEgress } from './streams';

const SOCKETS: Record<string, Record<string, (socket: Socket) => void>> = {
  all: { 'in.sock': onInbound, 'network.sock': onControl, 'control.sock': onControl },
  network: { 'in.sock': onInbound, 'network.sock': onControl },
  processes: { 'control.sock': onControl },
};
const LOOK_MS = 500;
const [initPid = '', initStartTime, role = 'all'] = process.argv.slice(2);

function sandboxLives(): boolean {
  try {
    const stat = readFileSync(`/proc/${initPid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] === initStartTime;
  } catch {
    return false; // no such process
  }
}

function onControl(socket: Socket): void {
  const reply = (answer: object) => void (socket.writable && socket.write(`${JSON.stringify(answer)}\n`));
  const fail = (error: Error) => reply({ error: error.message });
  let egress: ReturnType<typeof openEgress> | undefined;
  socket.on('error', () => socket.destroy());
  socket.on('end', () => socket.end());
  // A caller that dies closes the way out with it.
  socket.on('close', () => void egress?.close());
  const lines = createInterface({ input: socket });
  // Readline passes the errors of its input on; without a listener a caller that is killed would take the keeper with it.
  lines.on('error', () => socket.destroy());
  lines.on('line', (line) => {
    try {
      const request = JSON.parse(line) as KeeperRequest;
      if (request.op === 'start') reply({ status: startNamed(request) });
      else if (request.op === 'egress') egress = openEgress(() => reply({}), fail);
      else egress?.close().then(() => reply({}), fail);
    } catch (error) {
      fail(error as Error);
    }
  });
}

function listen(path: string, handler: (socket: Socket) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer({ allowHalfOpen: true }, handler);
    server.once('error', reject);
    server.listen(path, resolve);
  });
}

/** True when a keeper answers already: of two started at once, the second leaves. */
function anotherServes(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
}

function unlinkStale(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

async function main(): Promise<void> {
  for (const [path, handler] of Object.entries(SOCKETS[role] ?? {})) {
    if (await anotherServes(path)) process.exit(0);
    unlinkStale(path);
    await listen(path, handler);
  }
  setInterval(() => {
    if (!sandboxLives()) process.exit(0);
  }, LOOK_MS);
}

void main();
