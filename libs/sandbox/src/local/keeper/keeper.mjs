// The keeper of one sandbox: a small process of the host that lives in the sandbox's network namespace and in no other of its
// namespaces. It outlives the worker that made the sandbox and ends with the sandbox. It
//   - starts named processes, drains their output into bounded logs, and records how they ended (control.sock);
//   - carries byte streams from the host to TCP ports inside (in.sock: first line is the port);
//   - carries 127.0.0.1:3128 inside to the egress proxy (egress.sock), only while a caller holds an `egress` request open.
// Its working folder is the sandbox's folder. Nothing inside the sandbox can reach its sockets: they are files of the host.
// @ts-nocheck
import { spawn } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { createInterface } from 'node:readline';

const [initPid, initStartTime] = process.argv.slice(2);
const LOG_PART_BYTES = 1024 * 1024;
const EGRESS_PORT = 3128;
const processes = new Map();

function sandboxLives() {
  try {
    const stat = readFileSync(`/proc/${initPid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] === initStartTime;
  } catch {
    return false;
  }
}

function replaceFile(path, text) {
  writeFileSync(`${path}.tmp`, text, { mode: 0o600 });
  renameSync(`${path}.tmp`, path);
}

/** First MiB in `<name>.head`, then two tail files of a MiB in turn: at most 3 MiB however much comes. */
class BoundedLog {
  constructor(base) {
    this.base = base;
    this.part = 'head';
    this.written = 0;
    for (const part of ['tail0', 'tail1']) writeFileSync(`${base}.${part}`, '', { mode: 0o600 });
    this.fd = openSync(`${base}.head`, 'w', 0o600);
  }

  write(chunk) {
    while (chunk.length > 0) {
      if (this.written >= LOG_PART_BYTES) this.turn();
      const part = chunk.subarray(0, LOG_PART_BYTES - this.written);
      writeSync(this.fd, part);
      this.written += part.length;
      chunk = chunk.subarray(part.length);
    }
  }

  turn() {
    closeSync(this.fd);
    this.part = this.part === 'tail0' ? 'tail1' : 'tail0';
    replaceFile(`${this.base}.current`, this.part);
    this.fd = openSync(`${this.base}.${this.part}`, 'w', 0o600);
    this.written = 0;
  }

  close() {
    closeSync(this.fd);
  }
}

function record(status) {
  replaceFile(`processes/${status.name}.json`, JSON.stringify(status));
}

function start({ name, argv, leaf, env }) {
  const known = processes.get(name);
  if (known?.running) return { status: known };
  mkdirSync('processes', { recursive: true, mode: 0o700 });
  const log = new BoundedLog(`processes/${name}`);
  replaceFile(`processes/${name}.current`, 'tail1');
  const status = {
    name,
    running: true,
    exitCode: null,
    signal: null,
    startedAt: new Date().toISOString(),
    leaf,
  };
  const child = spawn(argv[0], argv.slice(1), {
    cwd: '/',
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  processes.set(name, status);
  record(status);
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => log.write(chunk));
  const ended = (exitCode, signal) => {
    if (!status.running) return;
    Object.assign(status, { running: false, exitCode, signal });
    record(status);
  };
  child.once('error', (error) => {
    log.write(Buffer.from(`${error.message}\n`));
    ended(127, null);
  });
  child.once('exit', ended);
  child.once('close', () => log.close());
  return { status };
}

/** Opens the way out for as long as the requester keeps its connection. */
function openEgress(requester, reply) {
  const server = createServer({ allowHalfOpen: true }, (inner) =>
    join(inner, connect({ path: 'egress.sock', allowHalfOpen: true })),
  );
  server.maxConnections = 512;
  server.once('error', (error) => reply({ error: error.message }));
  server.listen(EGRESS_PORT, '127.0.0.1', () => reply({ listening: EGRESS_PORT }));
  const open = new Set();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  requester.once('close', () => {
    server.close();
    for (const socket of open) socket.destroy();
  });
}

function join(one, other) {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ]) {
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroySoon());
    from.pipe(to);
  }
}

function onControl(socket) {
  socket.on('error', () => socket.destroy());
  const reply = (answer) => socket.writable && socket.write(`${JSON.stringify(answer)}\n`);
  createInterface({ input: socket }).on('line', (line) => {
    try {
      const request = JSON.parse(line);
      if (request.op === 'start') reply(start(request));
      else if (request.op === 'egress') openEgress(socket, reply);
      else if (request.op === 'ping') reply({ pid: process.pid });
      else reply({ error: `unknown request ${request.op}` });
    } catch (error) {
      reply({ error: error.message });
    }
  });
}

function onInbound(outer) {
  let header = Buffer.alloc(0);
  outer.on('error', () => outer.destroy());
  const onData = (chunk) => {
    header = Buffer.concat([header, chunk]);
    const end = header.indexOf(10);
    if (end < 0 && header.length < 16) return;
    outer.off('data', onData);
    outer.pause();
    const port = Number(header.subarray(0, Math.max(end, 0)).toString('latin1'));
    if (!Number.isInteger(port) || port < 1 || port > 65535) return void outer.end('invalid\n');
    reach(outer, port, ['127.0.0.1', '::1'], header.subarray(end + 1));
  };
  outer.on('data', onData);
}

/** Dev servers listen on either loopback address, some on one only. */
function reach(outer, port, [host, ...others], first) {
  const inner = connect({ host, port, allowHalfOpen: true, noDelay: true });
  const onRefused = () => {
    inner.destroy();
    if (others.length > 0) reach(outer, port, others, first);
    else outer.end('refused\n');
  };
  inner.once('error', onRefused);
  inner.once('connect', () => {
    inner.off('error', onRefused);
    outer.write('ok\n');
    if (first.length > 0) inner.write(first);
    join(outer, inner);
  });
}

function listen(path, handler) {
  return new Promise((resolve, reject) => {
    const server = createServer({ allowHalfOpen: true }, handler);
    server.once('error', reject);
    server.listen(path, resolve);
  });
}

/** True when a keeper answers already: of two started at once, the second leaves. */
function anotherServes() {
  return new Promise((resolve) => {
    const probe = connect('control.sock');
    probe.once('connect', () => resolve(probe.destroy() !== undefined));
    probe.once('error', () => resolve(false));
  });
}

if (await anotherServes()) process.exit(0);
for (const path of ['control.sock', 'in.sock'])
  try {
    unlinkSync(path);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
await listen('in.sock', onInbound);
await listen('control.sock', onControl);
setInterval(() => sandboxLives() || process.exit(0), 500);
