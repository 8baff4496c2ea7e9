import { randomUUID } from 'node:crypto';
import { SessionCommand } from './box-daemon';
import type { Answer } from './answer';
import { toolboxProblem, type Exchange } from './exchange';
import { download, upload, type Form } from './file-transfer';
import type { LoopbackBox } from './loopback-box';

/** Daytona's toolbox of one box, as far as the provider uses it. */
export async function handleToolbox(exchange: Exchange, box: LoopbackBox, path: string): Promise<Answer> {
  if (box.state !== 'started' || box.daemon === undefined) return notStarted(exchange);
  const { method } = exchange;
  if (path === '/system/metrics') return systemMetrics(box);
  if (path === '/files/bulk-upload') return upload(box, exchange.body as Form);
  if (path === '/files/bulk-download') return download(box, (exchange.body as { paths: string[] }).paths);
  const [, process, session, sessionId = '', ...rest] = path.split('/').map(decodeURIComponent);
  if (process !== 'process' || session !== 'session') return toolboxProblem(exchange, 404, 'NOT_FOUND', path);
  if (sessionId === '' && method === 'POST') return openSession(exchange, box);
  const commands = box.sessions.get(sessionId);
  const [part = '', commandId = '', action = ''] = rest;
  if (commands === undefined) {
    // The daemon answers so: to its exec an unknown session is an internal error.
    return part === 'exec'
      ? toolboxProblem(exchange, 500, 'INTERNAL_SERVER_ERROR', 'failed to execute command: session not found')
      : toolboxProblem(exchange, 404, 'NOT_FOUND', 'session not found');
  }
  if (part === '' && method === 'GET')
    return { status: 200, body: { sessionId, commands: commands.map(commandDto) } };
  if (part === '' && method === 'DELETE') {
    box.sessions.delete(sessionId);
    const { daemon } = box;
    await Promise.all(commands.map((command) => daemon.kill(command)));
    return { status: 204 };
  }
  if (part === 'exec') return execute(exchange, box, commands);
  const command = commands.find(({ id }) => id === commandId);
  if (part !== 'command' || command === undefined)
    return toolboxProblem(exchange, 404, 'NOT_FOUND', 'command not found');
  if (action === 'input') {
    if (command.exitCode !== undefined)
      return toolboxProblem(exchange, 410, 'GONE', 'command has already completed');
    box.daemon.type(command, (exchange.body as { data: string }).data);
    return { status: 204 };
  }
  return { status: 200, body: commandDto(command) };
}

function notStarted(exchange: Exchange): Answer {
  const message = 'bad request: failed to resolve container IP. Is the Sandbox started?';
  return toolboxProblem(exchange, 400, 'BAD_REQUEST', message);
}

function openSession(exchange: Exchange, box: LoopbackBox): Answer {
  const { sessionId } = exchange.body as { sessionId: string };
  if (box.sessions.has(sessionId)) return toolboxProblem(exchange, 409, 'CONFLICT', 'session already exists');
  box.sessions.set(sessionId, []);
  return { status: 201 };
}

function execute(exchange: Exchange, box: LoopbackBox, commands: SessionCommand[]): Answer {
  const body = exchange.body as { command: string; runAsync?: boolean; suppressInputEcho?: boolean };
  if (body.command.trim() === '')
    return toolboxProblem(exchange, 400, 'BAD_REQUEST', 'command cannot be empty');
  const command = new SessionCommand(randomUUID(), body.command, body.suppressInputEcho !== true);
  commands.push(command);
  box.daemon?.run(command);
  return { status: 202, body: { cmdId: command.id } };
}

function commandDto({ id, command, exitCode }: SessionCommand): object {
  return exitCode === undefined ? { id, command } : { id, command, exitCode };
}

async function systemMetrics(box: LoopbackBox): Promise<Answer> {
  const measured = await box.sandbox?.metrics();
  const body = {
    cpuCount: box.body.cpu ?? 1,
    cpuUsedPct: 0.5,
    memUsed: measured?.memoryBytes ?? 0,
    memTotal: 1024 ** 3,
    memCache: 0,
    diskUsed: measured?.diskBytes ?? 0,
    diskTotal: 1024 ** 3,
    diskFree: 1024 ** 3,
    timestamp: new Date().toISOString(),
    timestampUnix: Math.floor(Date.now() / 1000),
  };
  return { status: 200, body };
}
