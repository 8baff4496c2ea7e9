import { EventEmitter, once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { Sandbox } from '@showrunner/sandbox';
import { DAEMON } from './daemon.text';

interface DaemonEvent {
  ready?: boolean;
  key?: string;
  stream?: 1 | 2;
  line?: string;
  exit?: number;
  killed?: boolean;
}

/** One command of a session: its log as Daytona keeps it, a marker before each line. */
export class SessionCommand extends EventEmitter {
  readonly parts: Buffer[] = [];
  exitCode?: number;

  constructor(
    readonly id: string,
    readonly command: string,
    readonly echoesInput: boolean,
  ) {
    super();
    this.setMaxListeners(0);
  }

  append(stream: 1 | 2, line: Buffer): void {
    this.parts.push(Buffer.concat([Buffer.from([stream, stream, stream]), line]));
    this.emit('log');
  }

  finish(exitCode: number): void {
    this.exitCode ??= exitCode;
    this.emit('log');
  }
}

/** The host's side of the program inside a box. */
export class BoxDaemon {
  private readonly input = new PassThrough();
  private readonly commands = new Map<string, SessionCommand>();
  private readonly events = new EventEmitter();
  private readonly stopped = new AbortController();
  private rest = '';
  private readonly life: Promise<unknown>;

  private constructor(sandbox: Sandbox, env: Record<string, string>) {
    this.events.setMaxListeners(0);
    this.life = sandbox
      .exec(['python3', '-u', '-c', DAEMON], {
        cwd: '/',
        env,
        stdin: this.input,
        signal: this.stopped.signal,
        onOutput: (stream, chunk) => {
          if (stream === 'stdout') this.read(chunk.toString());
          else process.stderr.write(chunk);
        },
      })
      .catch(() => undefined)
      .then(() => this.events.emit('over'));
  }

  static async start(sandbox: Sandbox, env: Record<string, string>): Promise<BoxDaemon> {
    const daemon = new BoxDaemon(sandbox, env);
    await once(daemon.events, 'ready');
    return daemon;
  }

  private read(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.handle(JSON.parse(line) as DaemonEvent);
  }

  private handle(event: DaemonEvent): void {
    if (event.ready === true) this.events.emit('ready');
    const command = this.commands.get(event.key ?? '');
    if (event.killed === true) this.events.emit(`killed ${event.key}`);
    if (event.line !== undefined && event.stream !== undefined)
      command?.append(event.stream, Buffer.from(event.line, 'base64'));
    if (event.exit !== undefined) command?.finish(event.exit);
  }

  private send(request: object): void {
    this.input.write(`${JSON.stringify(request)}\n`);
  }

  run(command: SessionCommand): void {
    this.commands.set(command.id, command);
    this.send({ op: 'start', key: command.id, command: command.command });
  }

  type(command: SessionCommand, data: string): void {
    const line = data.endsWith('\n') ? data : `${data}\n`;
    this.send({ op: 'input', key: command.id, data: line });
    if (command.echoesInput) command.append(1, Buffer.from(line));
  }

  async kill(command: SessionCommand): Promise<void> {
    const killed = once(this.events, `killed ${command.id}`);
    this.send({ op: 'kill', key: command.id });
    await Promise.race([killed, this.life]);
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.life;
  }
}
