/**
 * Plain CommonJS, run by node inside the browser's namespaces (`node -e`): the application is bundled to one file, so the bridge travels
 * as text. It starts Chromium, hands it the DevTools pipe (fd 3 and 4), and forwards the preview's port on the inner loopback to a
 * Unix socket outside: the only way out of the namespace. It ends with Chromium, and everything in the pid namespace ends with it.
 *
 * Arguments: preview port, socket path, Chromium command...
 */
export const INNER_BRIDGE = `
'use strict';
const net = require('node:net');
const { spawn } = require('node:child_process');
const [port, socketPath, command, ...args] = process.argv.slice(1);
const chromium = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 3, 4] });
chromium.on('exit', (code) => process.exit(code === null ? 1 : code));
chromium.on('error', (error) => { console.error('bridge: ' + error.message); process.exit(127); });
for (const host of ['127.0.0.1', '::1']) {
  const server = net.createServer({ allowHalfOpen: true }, (inner) => {
    const outer = net.connect({ path: socketPath, allowHalfOpen: true });
    inner.setNoDelay(true);
    inner.pipe(outer);
    outer.pipe(inner);
    const end = () => { inner.destroy(); outer.destroy(); };
    inner.on('error', end);
    outer.on('error', end);
    inner.on('close', () => outer.destroy());
    outer.on('close', () => inner.destroy());
  });
  server.on('error', (error) => {
    // A machine without IPv6 has no ::1; without 127.0.0.1 nothing works.
    if (host === '127.0.0.1') { console.error('bridge: ' + error.message); process.exit(1); }
  });
  server.listen(Number(port), host);
}
`;
