// Made from program/ by scripts/embed-keeper.mjs: change it there and run that script.
/* prettier-ignore */
export const KEEPER_SOURCE = `// program/main.ts
import { readFileSync, unlinkSync } from "node:fs";
import { connect as connect2, createServer as createServer2 } from "node:net";
import { createInterface } from "node:readline";

// program/named-process.ts
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";

// program/bounded-log.ts
import { closeSync, openSync, renameSync, writeFileSync, writeSync } from "node:fs";
var PART_BYTES = 1024 * 1024;
function replaceFile(path, text) {
  writeFileSync(\`\${path}.tmp\`, text, { mode: 384 });
  renameSync(\`\${path}.tmp\`, path);
}
var BoundedLog = class {
  constructor(base) {
    this.base = base;
    for (const part of ["tail0", "tail1"]) writeFileSync(\`\${base}.\${part}\`, "", { mode: 384 });
    this.fd = openSync(\`\${base}.head\`, "w", 384);
    replaceFile(\`\${base}.current\`, this.part);
  }
  base;
  part = "head";
  written = 0;
  fd;
  write(chunk) {
    for (let rest = chunk; rest.length > 0; ) {
      if (this.written >= PART_BYTES) this.turn();
      const piece = rest.subarray(0, PART_BYTES - this.written);
      writeSync(this.fd, piece);
      this.written += piece.length;
      rest = rest.subarray(piece.length);
    }
  }
  turn() {
    closeSync(this.fd);
    this.part = this.part === "tail0" ? "tail1" : "tail0";
    this.fd = openSync(\`\${this.base}.\${this.part}\`, "w", 384);
    replaceFile(\`\${this.base}.current\`, this.part);
    this.written = 0;
  }
  close() {
    closeSync(this.fd);
  }
};

// program/named-process.ts
var running = /* @__PURE__ */ new Map();
function record(status) {
  replaceFile(\`processes/\${status.name}.json\`, JSON.stringify(status));
}
function startNamed({ name, argv, leaf, env }) {
  const known = running.get(name);
  if (known !== void 0) return known;
  mkdirSync("processes", { recursive: true, mode: 448 });
  const log = new BoundedLog(\`processes/\${name}\`);
  const startedAt = (/* @__PURE__ */ new Date()).toISOString();
  const status = { name, running: true, exitCode: null, signal: null, startedAt, leaf };
  const [file = "", ...args] = argv;
  const child = spawn(file, args, { cwd: "/", env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  running.set(name, status);
  record(status);
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => log.write(chunk));
  const ended = (exitCode, signal) => {
    running.delete(name);
    record({ ...status, running: false, exitCode, signal });
  };
  child.once("error", (error) => {
    log.write(Buffer.from(\`\${error.message}
\`));
    ended(127, null);
  });
  child.once("exit", ended);
  child.once("close", () => log.close());
  return status;
}

// program/streams.ts
import { connect, createServer } from "node:net";
var EGRESS_PORT = 3128;
var MAX_EGRESS_CONNECTIONS = 512;
var LONGEST_HEADER = 16;
function join(one, other) {
  for (const [from, to] of [
    [one, other],
    [other, one]
  ]) {
    from.on("error", () => to.destroy());
    from.on("close", () => to.destroySoon());
    from.pipe(to);
  }
}
function openEgress(onListening, onError) {
  const open = /* @__PURE__ */ new Set();
  const server = createServer({ allowHalfOpen: true }, (inner) => {
    open.add(inner);
    inner.once("close", () => open.delete(inner));
    join(inner, connect({ path: "egress.sock", allowHalfOpen: true }));
  });
  server.maxConnections = MAX_EGRESS_CONNECTIONS;
  server.once("error", onError);
  server.listen(EGRESS_PORT, "127.0.0.1", onListening);
  return {
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    })
  };
}
function onInbound(outer) {
  let header = Buffer.alloc(0);
  outer.on("error", () => outer.destroy());
  const onData = (chunk) => {
    header = Buffer.concat([header, chunk]);
    const end = header.indexOf("\\n");
    if (end < 0 && header.length < LONGEST_HEADER) return;
    outer.off("data", onData);
    outer.pause();
    const port = Number(header.subarray(0, Math.max(end, 0)).toString("latin1"));
    if (!Number.isInteger(port) || port < 1 || port > 65535) return void outer.end("invalid\\n");
    reach(outer, port, ["127.0.0.1", "::1"], header.subarray(end + 1));
  };
  outer.on("data", onData);
}
function reach(outer, port, hosts, first) {
  const [host, ...others] = hosts;
  if (host === void 0) return void outer.end("refused\\n");
  const inner = connect({ host, port, allowHalfOpen: true, noDelay: true });
  const onRefused = () => {
    inner.destroy();
    reach(outer, port, others, first);
  };
  inner.once("error", onRefused);
  inner.once("connect", () => {
    inner.off("error", onRefused);
    outer.write("ok\\n");
    if (first.length > 0) inner.write(first);
    join(outer, inner);
  });
}

// program/main.ts
var SOCKETS = {
  all: { "in.sock": onInbound, "network.sock": onControl, "control.sock": onControl },
  network: { "in.sock": onInbound, "network.sock": onControl },
  processes: { "control.sock": onControl }
};
var LOOK_MS = 500;
var [initPid = "", initStartTime, role = "all"] = process.argv.slice(2);
function sandboxLives() {
  try {
    const stat = readFileSync(\`/proc/\${initPid}/stat\`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] === initStartTime;
  } catch {
    return false;
  }
}
function onControl(socket) {
  const reply = (answer) => void (socket.writable && socket.write(\`\${JSON.stringify(answer)}
\`));
  const fail = (error) => reply({ error: error.message });
  let egress;
  socket.on("error", () => socket.destroy());
  socket.on("end", () => socket.end());
  socket.on("close", () => void egress?.close());
  const lines = createInterface({ input: socket });
  lines.on("error", () => socket.destroy());
  lines.on("line", (line) => {
    try {
      const request = JSON.parse(line);
      if (request.op === "start") reply({ status: startNamed(request) });
      else if (request.op === "egress") egress = openEgress(() => reply({}), fail);
      else egress?.close().then(() => reply({}), fail);
    } catch (error) {
      fail(error);
    }
  });
}
function listen(path, handler) {
  return new Promise((resolve, reject) => {
    const server = createServer2({ allowHalfOpen: true }, handler);
    server.once("error", reject);
    server.listen(path, resolve);
  });
}
function anotherServes(path) {
  return new Promise((resolve) => {
    const probe = connect2(path);
    probe.once("connect", () => {
      probe.destroy();
      resolve(true);
    });
    probe.once("error", () => resolve(false));
  });
}
function unlinkStale(path) {
  try {
    unlinkSync(path);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
}
async function main() {
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
`;
