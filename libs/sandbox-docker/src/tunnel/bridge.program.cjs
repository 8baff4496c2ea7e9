const net = require('net');
const [OPEN, OPENED, REFUSED, DATA, END, RESET, CREDIT, LISTEN, UNLISTEN] = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const WINDOW = 262144,
  CHUNK = 65536;
const streams = new Map();
let server,
  last = 0,
  rest = Buffer.alloc(0);

function send(kind, stream, payload = Buffer.alloc(0)) {
  const head = Buffer.alloc(9);
  head[0] = kind;
  head.writeUInt32BE(stream, 1);
  head.writeUInt32BE(payload.length, 5);
  process.stdout.write(Buffer.concat([head, payload]));
}
function carry(number, socket) {
  const stream = { socket, credit: WINDOW };
  streams.set(number, stream);
  stream.pump = () => {
    while (stream.credit > 0) {
      const size = Math.min(stream.credit, CHUNK, socket.readableLength);
      const data = size > 0 ? socket.read(size) : socket.read();
      if (data === null) return;
      for (let at = 0; at < data.length; at += CHUNK) send(DATA, number, data.subarray(at, at + CHUNK));
      stream.credit -= data.length;
    }
  };
  socket.on('readable', stream.pump);
  socket.on('end', () => send(END, number));
  socket.on('error', () => send(RESET, number));
  socket.on('close', () => streams.delete(number));
}
function connect(number, port, hosts) {
  const [host, ...others] = hosts;
  const socket = net.connect({ host, port, allowHalfOpen: true });
  const failed = (error) => {
    if (others.length > 0) connect(number, port, others);
    else send(REFUSED, number, Buffer.from(String(error.message).slice(0, 200)));
  };
  socket.once('error', failed);
  socket.once('connect', () => {
    socket.off('error', failed);
    send(OPENED, number);
    carry(number, socket);
  });
}
function listen(port) {
  if (server) return send(OPENED, 0);
  const starting = net.createServer({ allowHalfOpen: true }, (socket) => {
    last += 2;
    send(OPEN, last);
    carry(last, socket);
  });
  starting.once('error', (error) => send(REFUSED, 0, Buffer.from(String(error.message).slice(0, 200))));
  starting.listen(port, '127.0.0.1', () => {
    server = starting;
    send(OPENED, 0);
  });
}
function unlisten() {
  if (server) server.close();
  server = undefined;
  for (const [number, { socket }] of streams) if (number % 2 === 0) socket.destroy();
  send(OPENED, 0);
}
function take(kind, number, payload) {
  if (kind === OPEN) return connect(number, Number(payload), ['127.0.0.1', '::1']);
  if (kind === LISTEN) return listen(Number(payload));
  if (kind === UNLISTEN) return unlisten();
  const stream = streams.get(number);
  if (stream === undefined) return;
  if (kind === DATA) {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(payload.length);
    stream.socket.write(payload, () => send(CREDIT, number, size));
  } else if (kind === END) stream.socket.end();
  else if (kind === RESET) stream.socket.destroy();
  else if (kind === CREDIT) {
    stream.credit += payload.readUInt32BE(0);
    stream.pump();
  }
}
process.stdin.on('data', (chunk) => {
  let all = Buffer.concat([rest, chunk]);
  while (all.length >= 9 && all.length >= 9 + all.readUInt32BE(5)) {
    const end = 9 + all.readUInt32BE(5);
    take(all[0], all.readUInt32BE(1), all.subarray(9, end));
    all = all.subarray(end);
  }
  rest = all;
});
process.stdin.on('end', () => process.exit(0));
for (const broken of [process.stdin, process.stdout]) broken.on('error', () => process.exit(0));
send(OPENED, 0);
