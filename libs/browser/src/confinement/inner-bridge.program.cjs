'use strict';
const net = require('node:net');
const { spawn } = require('node:child_process');
const [ports, socketPath, command, ...args] = process.argv.slice(1);
const chromium = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 3, 4] });
chromium.on('exit', (code) => process.exit(code === null ? 1 : code));
chromium.on('error', (error) => {
  console.error('bridge: ' + error.message);
  process.exit(127);
});
const [preview, ...others] = ports.split(',').map(Number);
for (const [port, host] of [preview, ...others].flatMap((one) => [
  [one, '127.0.0.1'],
  [one, '::1'],
])) {
  const server = net.createServer({ allowHalfOpen: true }, (inner) => {
    const outer = net.connect({ path: socketPath, allowHalfOpen: true });
    inner.setNoDelay(true);
    inner.pipe(outer);
    outer.pipe(inner);
    const end = () => {
      inner.destroy();
      outer.destroy();
    };
    inner.on('error', end);
    outer.on('error', end);
    inner.on('close', () => outer.destroy());
    outer.on('close', () => inner.destroy());
  });
  server.on('error', (error) => {
    // A machine without IPv6 has no ::1; without 127.0.0.1 nothing works. Of the others some may be too low for this user.
    if (host === '127.0.0.1' && port === preview) {
      console.error('bridge: ' + error.message);
      process.exit(1);
    }
  });
  server.listen(port, host);
}
