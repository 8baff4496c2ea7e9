const { spawn } = require('child_process');
const children = new Map();
let rest = Buffer.alloc(0);
function send(kind, id, payload = Buffer.alloc(0)) {
  for (let at = 0; at === 0 || at < payload.length; at += 65536) {
    const part = payload.subarray(at, at + 65536);
    const head = Buffer.alloc(9);
    head[0] = kind;
    head.writeUInt32BE(id, 1);
    head.writeUInt32BE(part.length, 5);
    if (!process.stdout.write(Buffer.concat([head, part]))) setFlow(false);
  }
}
function setFlow(flows) {
  for (const child of children.values())
    for (const stream of [child.stdout, child.stderr])
      flows && !child.held ? stream.resume() : stream.pause();
}
process.stdout.on('drain', () => setFlow(true));
const signals = require('os').constants.signals;
const json = (value) => Buffer.from(JSON.stringify(value));
function start(id, { argv, env, cwd, stdin }) {
  const [file, ...args] = argv;
  const child = spawn(file, args, {
    cwd,
    env,
    detached: true,
    stdio: [stdin ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  });
  children.set(id, child);
  if (child.stdin) child.stdin.on('error', () => {});
  child.stdout.on('data', (chunk) => send(4, id, chunk));
  child.stderr.on('data', (chunk) => send(5, id, chunk));
  let told = false;
  const exited = (code) => told || ((told = true), send(6, id, json({ code })));
  child.on('error', (error) => (exited(error.code === 'EAGAIN' ? 255 : 127), send(7, id)));
  child.on('exit', (code, signal) => exited(code === null ? 128 + signals[signal] : code));
  child.on('close', () => (children.delete(id), send(7, id)));
}
process.stdin.on('data', (chunk) => {
  let all = Buffer.concat([rest, chunk]);
  while (all.length >= 9 && all.length >= 9 + all.readUInt32BE(5)) {
    const id = all.readUInt32BE(1),
      end = 9 + all.readUInt32BE(5),
      payload = all.subarray(9, end);
    const child = children.get(id);
    if (all[0] === 1) start(id, JSON.parse(payload));
    else if (all[0] === 2 && child && child.stdin) child.stdin.write(Buffer.from(payload));
    else if (all[0] === 3 && child && child.stdin) child.stdin.end();
    else if ((all[0] === 8 || all[0] === 9) && child) ((child.held = all[0] === 8), setFlow(true));
    all = all.subarray(end);
  }
  rest = all;
});
process.stdin.on('end', () => process.exit(0));
send(7, 0);
