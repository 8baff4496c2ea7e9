import { PassThrough } from 'node:stream';
import { EventEmitter, once } from 'node:events';
import type { ExecResult, Sandbox } from '@showrunner/sandbox';
import type { ProcessReply, RpcRequest, Selector } from './rpc-schemas';

type StartRequest = RpcRequest<'process.Process/Start'>;

/** As Go prints them, which envd is written in. */
const SIGNAL_WORDS: Record<string, string> = {
  SIGKILL: 'killed',
  SIGTERM: 'terminated',
  SIGINT: 'interrupt',
  SIGHUP: 'hangup',
  SIGSEGV: 'segmentation fault',
  SIGABRT: 'aborted',
  SIGPIPE: 'broken pipe',
  SIGALRM: 'alarm clock',
};

/** Says its process id as the first line, then becomes the command. */
const ANNOUNCE = 'echo $$; exec "$0" "$@"';

/** A process that goes on whether or not somebody listens. Emits `reply` with each message of its stream, the end being the last. */
export class LoopbackProcess extends EventEmitter {
  pid = 0;
  ended?: ProcessReply;
  /** Said before anybody listened. */
  private early: ProcessReply[] | undefined = [];
  readonly stdin = new PassThrough();
  private readonly stopping = new AbortController();

  constructor(
    private readonly local: Sandbox,
    readonly request: StartRequest,
  ) {
    super();
    this.setMaxListeners(100);
  }

  /** @returns when its process id is known, or it has ended before */
  async start(envVars: Record<string, string>): Promise<void> {
    const { cmd, args, envs, cwd } = this.request.process;
    let announced = '';
    const begun = once(this, 'begun');
    this.local
      .exec(['/bin/sh', '-c', ANNOUNCE, cmd, ...args], {
        cwd: cwd ?? '/home/app',
        env: { ...envVars, ...envs },
        stdin: this.request.stdin === false ? undefined : this.stdin,
        signal: this.stopping.signal,
        maxOutputBytes: 1024,
        onOutput: (stream, chunk) => {
          if (stream === 'stdout' && this.pid === 0) {
            announced += chunk.toString('latin1');
            const end = announced.indexOf('\n');
            if (end < 0) return;
            this.pid = Number(announced.slice(0, end));
            this.emit('begun');
            chunk = Buffer.from(announced.slice(end + 1), 'latin1');
          }
          if (chunk.length > 0) this.say(stream, chunk);
        },
      })
      .then(
        (result) => this.end(result),
        () => this.end({ exitCode: null, signal: 'SIGKILL' }),
      );
    await begun;
  }

  private say(stream: 'stdout' | 'stderr', chunk: Buffer): void {
    const text = chunk.toString('base64');
    this.deliver({ event: { data: stream === 'stdout' ? { stdout: text } : { stderr: text } } });
  }

  private deliver(reply: ProcessReply): void {
    if (this.early === undefined) this.emit('reply', reply);
    else this.early.push(reply);
  }

  /** What the first listener has missed. */
  takeEarly(): ProcessReply[] {
    const missed = this.early ?? [];
    this.early = undefined;
    return missed;
  }

  /** Returns when the process has room for more. */
  async write(bytes: Buffer): Promise<void> {
    if (!this.stdin.destroyed && !this.stdin.write(bytes))
      await Promise.race([once(this.stdin, 'drain'), once(this.stdin, 'close')]);
  }

  private end({ exitCode, signal }: Pick<ExecResult, 'exitCode' | 'signal'>): void {
    const status =
      signal === null ? `exit status ${String(exitCode)}` : `signal: ${SIGNAL_WORDS[signal] ?? signal}`;
    const failed = exitCode !== 0;
    // False and zero are left out of protobuf's JSON.
    this.ended = {
      event: {
        end: {
          ...(failed ? { exitCode: exitCode ?? -1, error: status } : {}),
          ...(signal === null ? { exited: true } : {}),
          status,
        },
      },
    };
    this.stdin.destroy();
    this.emit('begun');
    this.deliver(this.ended);
    this.emit('ended');
  }

  async signal(name: 'TERM' | 'KILL'): Promise<void> {
    await this.local.exec(['/bin/sh', '-c', 'kill -s "$1" "$2"', 'signal', name, String(this.pid)], {
      cwd: '/',
    });
  }

  /** With everything it started. */
  destroy(): void {
    this.stopping.abort();
  }
}

export class ProcessTable {
  private readonly all = new Set<LoopbackProcess>();

  constructor(
    private readonly local: Sandbox,
    private readonly envVars: Record<string, string>,
  ) {}

  async start(request: StartRequest): Promise<LoopbackProcess> {
    const process = new LoopbackProcess(this.local, request);
    this.all.add(process);
    process.once('ended', () => this.all.delete(process));
    await process.start(this.envVars);
    return process;
  }

  find(selector: Selector): LoopbackProcess | undefined {
    return [...this.all].find(({ pid, request }) =>
      selector.pid === undefined ? request.tag === selector.tag : pid === selector.pid,
    );
  }

  list(): LoopbackProcess[] {
    return [...this.all];
  }

  destroyAll(): void {
    for (const process of this.all) process.destroy();
  }
}
