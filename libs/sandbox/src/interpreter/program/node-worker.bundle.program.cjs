const { closeSync, openSync, writeSync } = require('node:fs');
const { Session } = require('node:inspector');
const nodeModule = require('node:module');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { inspect } = require('node:util');
const vm = require('node:vm');
const { Worker } = require('node:worker_threads');
const { IMPORTER, prepareCell } = require('./prepare-cell.mjs');

const LIMIT = 65536;
const [requests, replies, language, hooks] = process.argv.slice(2);
const folder = process.cwd();
const HOLD = Symbol('value');
/** 1 while a run is at work: the watcher looks at it before it ends what does not listen. */
const busy = new Int32Array(new SharedArrayBuffer(4));

/** Opened anew, since what was inherited would go on to every child of the code. */
function own(descriptor, flags) {
  const opened = openSync(`/proc/self/fd/${descriptor}`, flags);
  closeSync(Number(descriptor));
  return opened;
}

/** Runs in a thread, whose loop goes on while the code holds the main one: takes what the server asks, and ends code that is interrupted and does not listen. */
function watch() {
  const { Session: Inspector } = require('node:inspector');
  const { Socket } = require('node:net');
  const { parentPort, workerData } = require('node:worker_threads');
  const INTERRUPT = 0xffffffff;
  let received = Buffer.alloc(0);
  const take = () => {
    while (received.length >= 4) {
      const length = received.readUInt32BE(0);
      if (length === INTERRUPT) {
        received = received.subarray(4);
        parentPort.postMessage({ interrupt: true });
        setTimeout(terminate, 150);
      } else if (received.length >= 4 + length) {
        const code = received.toString('utf8', 4, 4 + length);
        received = received.subarray(4 + length);
        parentPort.postMessage({ code });
      } else return;
    }
  };
  const terminate = () => {
    if (Atomics.load(workerData.busy, 0) === 0) return;
    const inspector = new Inspector();
    inspector.connectToMainThread();
    // Connected no longer than needed: a process that ends waits for those who are.
    inspector.post('Runtime.terminateExecution', () => inspector.disconnect());
  };
  const input = new Socket({ fd: workerData.requests, readable: true, writable: false });
  input.on('data', (data) => {
    received = received.length === 0 ? data : Buffer.concat([received, data]);
    take();
  });
  input.on('close', () => process.kill(process.pid, 'SIGKILL')); // the server is gone
  input.on('error', () => undefined);
}

const bounded = (text) =>
  text.length <= LIMIT
    ? text
    : `${text.slice(0, LIMIT / 2)}\n[... ${text.length - LIMIT} characters left out ...]\n${text.slice(-LIMIT / 2)}`;

const session = new Session();
session.connect();
/** Answers undefined where it was terminated. */
const post = (method, params) =>
  new Promise((resolve) =>
    session.post(method, params, (error, answer) => resolve(error ? undefined : answer)),
  );

function imports() {
  const main = vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  const require = nodeModule.createRequire(join(folder, 'cell.js'));
  if (main !== undefined)
    return new vm.Script('(name, options) => import(name, options)', {
      filename: join(folder, 'cell.mjs'),
      importModuleDynamically: main,
    }).runInThisContext();
  return (name, options) => {
    if (nodeModule.isBuiltin?.(name)) return import(name);
    if (/^(?:file|data|node):/.test(name)) return import(name, options);
    const path = /^\.{0,2}\//.test(name) ? join(folder, name) : require.resolve(name);
    return import(pathToFileURL(path).href, options);
  };
}

/** What the code just came to, until it is told. */
const held = { value: undefined };

function provide() {
  const load = imports();
  const importer = async (name, options, names = []) => {
    const loaded = await (options === undefined ? load(name) : load(name, options));
    const missing = names.find((one) => !(one in loaded));
    if (missing === undefined) return loaded;
    throw new SyntaxError(`The requested module '${name}' does not provide an export named '${missing}'`);
  };
  const url = pathToFileURL(join(folder, `cell.${language === 'typescript' ? 'ts' : 'js'}`)).href;
  importer.keep = (value) => void (held.value = value);
  importer.meta = { url, dirname: folder, filename: join(folder, 'cell') };
  const given = { [IMPORTER]: importer, require: nodeModule.createRequire(url), __dirname: folder };
  for (const [name, value] of Object.entries(given))
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
  if (language === 'typescript' && nodeModule.register !== undefined)
    nodeModule.register(pathToFileURL(hooks));
}

Object.defineProperty(globalThis, HOLD, { value: (value) => void (held.value = value) });
const KEEP = `function (value) {
  const hold = Object.getOwnPropertySymbols(globalThis).find(({ description }) => description === 'value');
  globalThis[hold](value);
}`;

/** The value itself of what the inspector only describes. */
async function valueOf(remote) {
  const { objectId, unserializableValue, value } = remote;
  const argument =
    objectId !== undefined
      ? { objectId }
      : unserializableValue !== undefined
        ? { unserializableValue }
        : { value };
  await post('Runtime.callFunctionOn', {
    functionDeclaration: KEEP,
    objectId: (await post('Runtime.evaluate', { expression: 'globalThis' })).result.objectId,
    arguments: [argument],
  });
  const kept = held.value;
  held.value = undefined;
  return kept;
}

/** Leaves out of its stack, and those of its causes, what evaluates the code. */
function trim(error, depth = 0) {
  if (!(error instanceof Error) || depth > 8) return;
  const lines = String(error.stack).split('\n');
  const ours = lines.findIndex((line) => /^\s+at .*node:inspector/.test(line));
  const kept = ours > 0 ? lines.slice(0, ours) : lines;
  error.stack = kept.filter((line) => !/^\s+at /.test(line) || !line.includes(__filename)).join('\n');
  trim(error.cause, depth + 1);
  if (Array.isArray(error.errors)) for (const one of error.errors) trim(one, depth + 1);
}

/** Where V8 or a parser found the fault; its stack would tell of the parser. */
function marked(name, message, file, code, line, column) {
  const source = code.split('\n')[line - 1] ?? '';
  return {
    name,
    value: message,
    traceback: `${file}:${line}\n${source}\n${' '.repeat(column)}^\n\n${name}: ${message}\n`,
  };
}

function described(thrown) {
  try {
    const named = typeof thrown === 'object' && thrown !== null && typeof thrown.message === 'string';
    const name = named ? String(thrown.name ?? 'Error') : 'Error';
    const value = named ? thrown.message : typeof thrown === 'string' ? thrown : inspect(thrown);
    trim(thrown);
    return { name, value: bounded(value), traceback: bounded(`${inspect(thrown, { depth: 3 })}\n`) };
  } catch {
    return { name: 'Error', value: '(cannot be shown)', traceback: 'Error: (cannot be shown)\n' };
  }
}

const interrupted = (file) => ({
  name: 'Interrupted',
  value: 'The execution was interrupted.',
  traceback: `Interrupted: The execution of ${file} was interrupted.\n`,
});

async function evaluate(code, file) {
  let cell;
  try {
    cell = prepareCell(code, file);
  } catch (error) {
    const { line = 1, column = 0 } = error.loc ?? {};
    const message = error.message.replace(/^Error transforming [^:]*: /, '').replace(/ \(\d+:\d+\)$/, '');
    // Of one parser the column is where the token begins, of the other that behind its end, from 1.
    const at = error.raisedAt === undefined ? Math.max(0, column - 2) : column;
    return { error: marked('SyntaxError', message, file, code, line, at) };
  }
  const answer = await post('Runtime.evaluate', {
    expression: `${cell.text}\n//# sourceURL=${file}`,
    replMode: true,
    awaitPromise: true,
    objectGroup: file,
  });
  if (answer === undefined) return { error: interrupted(file) };
  const { exceptionDetails: failed } = answer;
  if (failed !== undefined) {
    const thrown = failed.exception === undefined ? failed.text : await valueOf(failed.exception);
    const unread =
      thrown instanceof SyntaxError && failed.scriptId !== undefined && !String(thrown.stack).includes(file);
    if (unread)
      return {
        error: marked(
          'SyntaxError',
          thrown.message,
          file,
          cell.text,
          failed.lineNumber + 1,
          failed.columnNumber,
        ),
      };
    return { error: described(thrown) };
  }
  if (!cell.shows) return { result: null };
  const { value } = held;
  held.value = undefined;
  if (value === undefined) return { result: null };
  Object.defineProperty(globalThis, '_', { value, writable: true, configurable: true });
  try {
    const shown = inspect(value, { depth: 4, maxStringLength: LIMIT + 1, breakLength: 100 });
    return { result: bounded(shown), truncated: shown.length > LIMIT };
  } catch (error) {
    return { error: described(error) };
  }
}

const flushed = (stream) => new Promise((resolve) => stream.write('', () => resolve()));

let interrupt = () => undefined;
async function run(code, file) {
  Atomics.store(busy, 0, 1);
  const stopped = new Promise((resolve) => (interrupt = () => resolve({ error: interrupted(file) })));
  const outcome = await Promise.race([evaluate(code, file), stopped]);
  Atomics.store(busy, 0, 0);
  session.post('Runtime.releaseObjectGroup', { objectGroup: file });
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  const reply = Buffer.from(JSON.stringify({ result: null, error: null, ...outcome }));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(reply.length);
  const whole = Buffer.concat([length, reply]);
  try {
    for (let at = 0; at < whole.length;) at += writeSync(answers, whole, at);
  } catch {
    process.kill(process.pid, 'SIGKILL'); // the code closed our descriptor, or the server is gone
  }
}

// What runs on after its execution must not take the variables of all others along.
for (const event of ['uncaughtException', 'unhandledRejection'])
  process.on(event, (error) => process.stderr.write(`Uncaught ${described(error).traceback}`));
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
process.on('SIGINT', () => undefined); // for its children; the watcher sees to the code
const warn = process.emitWarning;
process.emitWarning = (warning, ...rest) =>
  String(warning).includes('USE_MAIN_CONTEXT_DEFAULT_LOADER')
    ? undefined
    : warn.call(process, warning, ...rest);
provide();
process.argv.splice(1);
const answers = own(replies, 'w');
const data = { requests: own(requests, 'r'), busy };
let number = 0;
const watcher = new Worker(`(${watch})()`, { eval: true, workerData: data });
watcher.on('message', (message) => {
  if (message.interrupt) return interrupt();
  number += 1;
  void run(message.code, `run-${number}.${language === 'typescript' ? 'ts' : 'js'}`);
});
