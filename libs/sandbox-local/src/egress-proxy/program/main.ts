// The egress proxy of one sandbox: the egress proxy of the policy that holds while no phase is open. It is a process of the host, because it
// dials out; it reads what a hostile app sends, so it gives up root for a uid of its own before it does anything else. It outlives the
// worker that set the policy and ends with the sandbox. Its working folder is its own: there lie its sockets, its record of
// decisions and its count of bytes, and it can write nowhere else.
import { readFileSync, unlinkSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { EgressServer } from '@showrunner/egress';
import { EGRESS_CONTROL_SOCKET, type EgressProxyRequest } from '../proxy-protocol';

const LIVE = 'live.sock';
const LOOK_MS = 500;
const [initPid = '', initStartTime, uid] = process.argv.slice(2);

function giveUpRoot(to: number): void {
  process.setgroups?.([]);
  process.setgid?.(to);
  process.setuid?.(to);
}

function sandboxLives(): boolean {
  try {
    const stat = readFileSync(`/proc/${initPid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] === initStartTime;
  } catch {
    return false; // no such process
  }
}

function unlinkStale(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

async function answer(egress: EgressServer, request: EgressProxyRequest): Promise<void> {
  if (request.op === 'policy') egress.setPolicy(request.policy);
  else await egress.close();
}

function onControl(egress: EgressServer, socket: Socket): void {
  const lines = createInterface({ input: socket });
  for (const source of [socket, lines]) source.on('error', () => socket.destroy());
  socket.on('end', () => socket.end());
  lines.on('line', (line) => {
    const request = JSON.parse(line) as EgressProxyRequest;
    answer(egress, request).then(
      () => socket.write('{}\n', () => request.op === 'end' && process.exit(0)),
      (error: Error) => socket.write(`${JSON.stringify({ error: error.message })}\n`),
    );
  });
}

async function main(): Promise<void> {
  if (uid !== undefined && uid !== '') giveUpRoot(Number(uid));
  process.umask(0o077);
  for (const path of [LIVE, EGRESS_CONTROL_SOCKET]) unlinkStale(path);
  const egress = new EgressServer({ mode: 'allow', hosts: [] }, '.');
  await egress.listen(LIVE);
  const control = createServer({ allowHalfOpen: true }, (socket) => onControl(egress, socket));
  control.listen(EGRESS_CONTROL_SOCKET);
  setInterval(() => {
    if (!sandboxLives()) process.exit(0);
  }, LOOK_MS);
}

void main();
