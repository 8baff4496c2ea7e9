import { once } from 'node:events';
import { createServer } from 'node:http';

// Prints 2 GB before it serves.
const line = Buffer.from(`${'Compiling module after module '.repeat(4).trim()}\n`);
const block = Buffer.alloc(1024 * 1024, line);
for (let megabytes = 0; megabytes < 2048; megabytes++) {
  if (!process.stdout.write(block)) await once(process.stdout, 'drain');
}
console.log('\nThe last line of the log');

createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end('<!doctype html><title>Noisy</title><h1>Quiet at last</h1><p>This app has printed 2 GB.</p>');
}).listen(Number(process.env.PORT) || 3000, process.env.HOST || '127.0.0.1');
