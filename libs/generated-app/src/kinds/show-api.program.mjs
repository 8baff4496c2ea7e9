// Starts the API beside it and hands out a page that calls it. Everything but the page is passed on to the API.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';

const PORT = Number(process.env.PORT) || 3000;
const API_PORT = PORT + 1;
const WAIT_MS = 20_000;
const own = new Map(
  [
    ['/', 'index.html', 'text/html; charset=utf-8'],
    ['/showrunner/page.mjs', 'page.mjs', 'text/javascript; charset=utf-8'],
    ['/showrunner/page.css', 'page.css', 'text/css; charset=utf-8'],
    ['/showrunner/calls.json', 'calls.json', 'application/json'],
  ].map(([path, name, type]) => [path, { body: readFileSync(new URL(name, import.meta.url)), type }]),
);

const api = spawn(process.execPath, ['server.js'], {
  env: { ...process.env, PORT: String(API_PORT) },
  stdio: 'inherit',
});
api.on('exit', (code) => {
  console.error(`The API ended with code ${code}.`);
  process.exit(1);
});

/** Resolves once the API takes connections. */
async function untilReady() {
  for (
    const until = Date.now() + WAIT_MS;
    Date.now() < until;
    await new Promise((done) => setTimeout(done, 50))
  ) {
    const taken = await new Promise((done) => {
      const socket = connect(API_PORT, '127.0.0.1', () => done(true));
      socket.on('error', () => done(false));
      socket.once('connect', () => socket.destroy());
    });
    if (taken) return;
  }
  console.error(`The API does not listen on the port that PORT names after ${WAIT_MS / 1000} s.`);
  process.exit(1);
}

await untilReady();
createServer((incoming, answer) => {
  const page = own.get(new URL(incoming.url, 'http://localhost').pathname);
  if (page !== undefined && incoming.method === 'GET') {
    answer.writeHead(200, { 'content-type': page.type }).end(page.body);
    return;
  }
  const { method, headers, url: path } = incoming;
  const passed = request({ host: '127.0.0.1', port: API_PORT, method, headers, path }, (response) => {
    answer.writeHead(response.statusCode, response.headers);
    response.pipe(answer);
  });
  passed.on('error', () => {
    if (!answer.headersSent) answer.writeHead(502, { 'content-type': 'text/plain' });
    answer.end('The API broke off.');
  });
  incoming.pipe(passed);
}).listen(PORT, '0.0.0.0');
