import type { FileStat } from '@showrunner/sandbox';
import { encodeEnvelope, EnvelopeReader, END_OF_STREAM } from './connect-envelope';
import type { Exchange } from './exchange';
import { late, type Fault } from './faults';
import type { LoopbackBox } from './loopback-box';
import type { LoopbackProcess } from './process-table';
import {
  RPC_SCHEMAS,
  type Entry,
  type ProcessReply,
  type RpcMethod,
  type RpcReply,
  type RpcRequest,
  type Selector,
} from './rpc-schemas';
import type { WireChecker } from './wire-checker';

const HTTP_STATUS: Record<string, number> = {
  invalid_argument: 400,
  unauthenticated: 401,
  not_found: 404,
  internal: 500,
};

class RpcError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** envd's RPC services over Connect, in JSON. @returns false for a method that this server does not have */
export async function serveRpc(
  exchange: Exchange,
  box: LoopbackBox,
  fault: Fault | undefined,
  checker: WireChecker | undefined,
): Promise<boolean> {
  const method = exchange.url.pathname.slice(1) as RpcMethod;
  if (!(method in RPC_SCHEMAS)) return false;
  const { stream } = RPC_SCHEMAS[method];
  try {
    const message = stream ? readOne(await exchange.bytes()) : await exchange.json();
    checker?.rpc(method, 'request', message);
    if (method === 'process.Process/Start' || method === 'process.Process/Connect')
      await serveStream(exchange, box, method, await processOf(box, method, message), fault, checker);
    else {
      const reply = await answer(box, method, message);
      checker?.rpc(method, 'reply', reply);
      exchange.response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
    }
  } catch (error) {
    const { code, message } = error instanceof RpcError ? error : new RpcError('internal', String(error));
    const body = { code, message };
    if (stream)
      exchange.response
        .writeHead(200, { 'content-type': 'application/connect+json' })
        .end(encodeEnvelope({ error: body }, END_OF_STREAM));
    else
      exchange.response
        .writeHead(HTTP_STATUS[code] ?? 500, { 'content-type': 'application/json' })
        .end(JSON.stringify(body));
  }
  return true;
}

function readOne(bytes: Buffer): unknown {
  const [envelope] = new EnvelopeReader().push(bytes);
  if (envelope === undefined) throw new RpcError('invalid_argument', 'no message');
  return JSON.parse(envelope.message.toString('utf8')) as unknown;
}

async function processOf(
  box: LoopbackBox,
  method: 'process.Process/Start' | 'process.Process/Connect',
  message: unknown,
): Promise<LoopbackProcess> {
  if (method === 'process.Process/Start') return box.processes.start(message as RpcRequest<typeof method>);
  return find(box, (message as RpcRequest<'process.Process/Connect'>).process);
}

function find(box: LoopbackBox, selector: Selector): LoopbackProcess {
  const process = box.processes.find(selector);
  if (process !== undefined) return process;
  throw new RpcError('not_found', `process with ${JSON.stringify(selector)} not found`);
}

async function serveStream(
  exchange: Exchange,
  box: LoopbackBox,
  method: RpcMethod,
  process: LoopbackProcess,
  fault: Fault | undefined,
  checker: WireChecker | undefined,
): Promise<void> {
  const { response } = exchange;
  response.writeHead(200, { 'content-type': 'application/connect+json' });
  let sent = 0;
  let turn = Promise.resolve();
  let isOver = false;
  const send = (message: ProcessReply) => {
    // A client that reads late has not yet closed what has ended.
    if (box.mute || isOver) return;
    isOver = 'end' in message.event;
    checker?.rpc(method, 'reply', message);
    turn = turn.then(async () => {
      await late(fault);
      if (fault?.kind === 'cut' && sent >= fault.afterMessages) response.destroy();
      else response.write(encodeEnvelope(message));
      sent++;
      if ('end' in message.event) response.end(encodeEnvelope({}, END_OF_STREAM));
    });
  };
  process.on('reply', send);
  const seconds = Number(exchange.header('keepalive-ping-interval') ?? 90);
  const pulse = setInterval(() => send({ event: { keepalive: {} } }), seconds * 1000);
  const deadlineMs = Number(exchange.header('connect-timeout-ms') ?? 0);
  const deadline =
    deadlineMs === 0
      ? undefined
      : setTimeout(() => {
          process.off('reply', send);
          process.destroy();
          const error = { code: 'deadline_exceeded', message: 'context deadline exceeded' };
          response.end(encodeEnvelope({ error }, END_OF_STREAM));
        }, deadlineMs);
  response.once('close', () => {
    clearInterval(pulse);
    clearTimeout(deadline);
    process.off('reply', send);
  });
  send({ event: { start: { pid: Math.max(1, process.pid) } } });
  for (const early of process.takeEarly()) send(early);
}

async function answer(box: LoopbackBox, method: RpcMethod, message: unknown): Promise<unknown> {
  const { files } = box.local;
  switch (method) {
    case 'process.Process/List':
      return listProcesses(box);
    case 'process.Process/SendInput': {
      const { process, input } = message as RpcRequest<typeof method>;
      const bytes = Buffer.from('stdin' in input ? input.stdin : input.pty, 'base64');
      await find(box, process).write(bytes);
      return {};
    }
    case 'process.Process/CloseStdin':
      find(box, (message as RpcRequest<typeof method>).process).stdin.end();
      return {};
    case 'process.Process/SendSignal': {
      const { process, signal } = message as RpcRequest<typeof method>;
      await find(box, process).signal(signal === 'SIGNAL_SIGKILL' ? 'KILL' : 'TERM');
      return {};
    }
    case 'filesystem.Filesystem/Stat':
      return { entry: await entryAt(box, (message as RpcRequest<typeof method>).path) };
    case 'filesystem.Filesystem/ListDir': {
      const { path, depth } = message as RpcRequest<typeof method>;
      const { entries } = await files
        .list(absolute(path), { depth: depth === 0 ? 1 : depth })
        .catch((error: Error) => {
          throw new RpcError('not_found', error.message);
        });
      return { entries: entries.map(entryOf) };
    }
    case 'filesystem.Filesystem/MakeDir': {
      const { path } = message as RpcRequest<typeof method>;
      await files.makeDirectory(absolute(path));
      return { entry: await entryAt(box, path) };
    }
    case 'filesystem.Filesystem/Move': {
      const { source, destination } = message as RpcRequest<typeof method>;
      const moved = await box.local.exec(['mv', '--', absolute(source), absolute(destination)], { cwd: '/' });
      if (moved.exitCode !== 0) throw new RpcError('not_found', moved.stderr);
      return { entry: await entryAt(box, destination) };
    }
    case 'filesystem.Filesystem/Remove':
      await files.remove(absolute((message as RpcRequest<typeof method>).path));
      return {};
    default:
      throw new RpcError('unimplemented', method);
  }
}

function listProcesses(box: LoopbackBox): RpcReply<'process.Process/List'> {
  const processes = box.processes.list().map(({ pid, request }) => ({
    config: request.process,
    pid,
    ...(request.tag === undefined ? {} : { tag: request.tag }),
  }));
  return processes.length === 0 ? {} : { processes };
}

/** envd takes paths relative to the user's home. */
export const absolute = (path: string) => (path.startsWith('/') ? path : `/home/app/${path}`);

async function entryAt(box: LoopbackBox, path: string): Promise<Entry> {
  const found = await box.local.files.stat(absolute(path));
  if (found === undefined) throw new RpcError('not_found', `path '${path}' does not exist`);
  return entryOf(found);
}

export function entryOf(stat: FileStat): Entry {
  const type = {
    file: 'FILE_TYPE_FILE',
    directory: 'FILE_TYPE_DIRECTORY',
    link: 'FILE_TYPE_SYMLINK',
    other: undefined,
  } as const;
  return {
    name: stat.path.slice(stat.path.lastIndexOf('/') + 1),
    type: type[stat.kind],
    path: stat.path,
    size: String(stat.bytes),
    mode: stat.mode,
    owner: 'user',
    group: 'user',
    modifiedTime: new Date(stat.modifiedAt).toISOString(),
    ...(stat.target === undefined ? {} : { symlinkTarget: stat.target }),
  };
}
