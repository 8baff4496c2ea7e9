// The shim of one sandbox: a small process of the host that lives in the sandbox's network namespace and in no other of its
// namespaces. It outlives the worker that made the sandbox and ends with the sandbox. It
//   - starts named processes, drains their output into bounded logs, and records how they ended (control.sock);
//   - carries byte streams from the host to TCP ports inside (in.sock);
//   - carries 127.0.0.1:3128 inside to an egress proxy: of a phase, while its caller holds its request open, else of the live policy
//     (network.sock).
// Without root one process cannot do all of it: who has joined the network namespace cannot join the others any more. Then two
// shims share the work, each with its role.
// Its working folder is the sandbox's folder. Nothing inside can reach its sockets: they are files of the host. It is started
// through a lock that it holds for its life, so there is one of each role, and a socket file that it finds was left by a dead one.
import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { ShimRequest } from '../shim-protocol';
import { startNamed, writeInput } from './named-process';
import { onInbound } from './streams';
import { openLowPorts } from './low-ports';
import { WayOut } from './way-out';

const SOCKETS: Record<string, Record<string, (socket: Socket) => void>> = {
  all: { 'in.sock': onInbound, 'network.sock': onControl, 'control.sock': onControl },
  network: { 'in.sock': onInbound, 'network.sock': onControl },
  processes: { 'control.sock': onControl },
};
const LOOK_MS = 500;
const [initPid = '', initStartTime, role = 'all', live] = process.argv.slice(2);
const wayOut = new WayOut(live === 'live');
const self = { pid: process.pid, startTime: startTimeOf('self') ?? '' };

function startTimeOf(pid: string): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined; // no such process
  }
}

type Reply = (answer: object) => void;

async function answer(request: ShimRequest, connection: object, reply: Reply): Promise<void> {
  const done = () => reply({});
  switch (request.op) {
    case 'start':
      return reply({ status: startNamed(request, self) });
    case 'input':
      return writeInput(request, done, (code, error) => reply({ code, error }));
    case 'phase':
      if (await wayOut.beginPhase(connection, request.open)) return done();
      return reply({ code: 'network_phase_open', error: 'another phase is open' });
    case 'phase-end':
      return wayOut.endPhase(connection).then(done);
    case 'live':
      return wayOut.setLive(request.open).then(done);
  }
}

function onControl(socket: Socket): void {
  const reply: Reply = (message) => void (socket.writable && socket.write(`${JSON.stringify(message)}\n`));
  const fail = (error: Error) => reply({ error: error.message });
  socket.on('error', () => socket.destroy());
  socket.on('end', () => socket.end());
  // A caller that dies closes the way out with it.
  socket.on('close', () => void wayOut.endPhase(socket));
  const lines = createInterface({ input: socket });
  // Readline passes the errors of its input on; without a listener a caller that is killed would take the shim with it.
  lines.on('error', () => socket.destroy());
  lines.on('line', (line) => {
    try {
      answer(JSON.parse(line) as ShimRequest, socket, reply).catch(fail);
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

function unlinkStale(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

async function main(): Promise<void> {
  writeFileSync(`keeper-${role}.pid`, String(process.pid), { mode: 0o600 });
  if (role !== 'processes') {
    openLowPorts(initPid);
    await wayOut.begin();
  }
  for (const [path, handler] of Object.entries(SOCKETS[role] ?? {})) {
    unlinkStale(path);
    await listen(path, handler);
  }
  setInterval(() => {
    if (startTimeOf(initPid) !== initStartTime) process.exit(0);
  }, LOOK_MS);
}

void main();
