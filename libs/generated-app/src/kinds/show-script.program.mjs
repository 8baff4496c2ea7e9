// Runs the script beside it when asked, and hands out a page with what it printed.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const PORT = Number(process.env.PORT) || 3000;
const LONGEST_MS = 20_000;
const MOST_OUTPUT = 64 * 1024;
const MOST_BODY = 16 * 1024;
const own = new Map(
  [
    ['/', 'index.html', 'text/html; charset=utf-8'],
    ['/showrunner/page.mjs', 'page.mjs', 'text/javascript; charset=utf-8'],
    ['/showrunner/page.css', 'page.css', 'text/css; charset=utf-8'],
    ['/showrunner/inputs.json', 'inputs.json', 'application/json'],
  ].map(([path, name, type]) => [path, { body: readFileSync(new URL(name, import.meta.url)), type }]),
);
const { inputs } = JSON.parse(readFileSync(new URL('inputs.json', import.meta.url), 'utf8'));
const command = existsSync('main.py') ? ['python3', 'main.py'] : [process.execPath, 'main.mjs'];

/** Runs it once. */
function run(values) {
  return new Promise((done) => {
    const startedAt = performance.now();
    const [program, ...before] = command;
    const child = spawn(program, [...before, ...values], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const take = (chunk) => {
      if (output.length < MOST_OUTPUT) output += chunk;
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    const timer = setTimeout(() => {
      take(`\nEnded after ${LONGEST_MS / 1000} s.`);
      child.kill('SIGKILL');
    }, LONGEST_MS);
    child.on('error', (error) => take(error.message));
    child.on('close', (code) => {
      clearTimeout(timer);
      done({ output, code: code ?? 1, ms: Math.round(performance.now() - startedAt) });
    });
  });
}

// One that does not run with its own examples is not shown.
const first = await run(inputs.map(({ example }) => example));
if (first.code !== 0) {
  console.error(`The script ended with code ${first.code}:\n${first.output.slice(-4000)}`);
  process.exit(1);
}
createServer(async (request, response) => {
  const page = own.get(new URL(request.url, 'http://localhost').pathname);
  if (page !== undefined && request.method === 'GET') {
    response.writeHead(200, { 'content-type': page.type }).end(page.body);
    return;
  }
  if (request.method !== 'POST' || request.url !== '/showrunner/run') {
    response.writeHead(404).end();
    return;
  }
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > MOST_BODY) return void response.writeHead(413).end();
  }
  let values;
  try {
    values = JSON.parse(text).map(String).slice(0, inputs.length);
  } catch {
    response.writeHead(400).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(await run(values)));
}).listen(PORT, '0.0.0.0');
