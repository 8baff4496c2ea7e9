import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '@showrunner/contracts';
import { requireProcessName, signalName, processNotRunning } from '@showrunner/sandbox/provider';
import type { SandboxProcesses } from '@showrunner/sandbox/provider';
import type { ExecOptions, ProcessStatus } from '@showrunner/sandbox';
import type { BoxLink } from './box-link';
import { byTag, RPC, rpcCode, SIGTERM } from './process-rpc';
import { unavailable } from './e2b-errors';
import { processRequest, supervisorRequest } from './supervisor/supervised';

const DEFAULT_LOG_BYTES = 64 * 1024;
/** What the supervisor keeps at most: the first MiB and at most the last two. */
const MOST_LOG_BYTES = 3 * 1024 ** 2;
const START_MS = 20_000;
const KILL_MS = 5000;
const INPUT_BYTES = 256 * 1024;

const StatusLineSchema = z.object({
  name: z.string(),
  running: z.boolean(),
  exitCode: z.number().int().nullable(),
  signal: z.number().int().nullable(),
  startedAtMs: z.number().int(),
});

/**
 * Processes that outlive their caller: each has a supervisor inside the box, which E2B's daemon keeps, and which writes a bounded log and the
 * state into files. What stands in those files is the app's to forge; nothing but what is shown of it depends on them.
 */
export class NamedProcesses implements SandboxProcesses {
  constructor(
    private readonly link: BoxLink,
    private readonly maxProcesses: number,
  ) {}

  async start(
    name: string,
    command: string,
    options: Pick<ExecOptions, 'cwd' | 'env'> = {},
  ): Promise<ProcessStatus> {
    const request = processRequest(requireProcessName(name), {
      argv: ['/bin/sh', '-c', command],
      cwd: options.cwd ?? '/app',
      env: options.env ?? {},
      maxProcesses: this.maxProcesses,
      endsAfterSeconds: 0,
      mark: tagOf(name),
    });
    return this.link.call(async () => {
      const rpc = await this.link.rpc();
      const connection = new AbortController();
      const deadline = setTimeout(() => connection.abort(), START_MS);
      let said = '';
      let refused = '';
      try {
        const stream = rpc.start(request, {
          headers: this.link.headers(),
          signal: connection.signal,
          timeoutMs: 0,
        });
        for await (const { event } of stream) {
          if (event?.event.case !== 'data') continue;
          const { case: from, value } = event.event.value.output;
          if (from === 'stderr') refused += Buffer.from(value ?? []).toString();
          else said += Buffer.from(value ?? []).toString();
          if (said.includes('\n')) break;
        }
      } finally {
        clearTimeout(deadline);
        connection.abort(); // the supervisor goes on
      }
      const [status] = readStatuses(said);
      if (status === undefined)
        throw new AppError(
          'process_start_failed',
          `"${name}" was not started: ${refused.trim().slice(-300) || 'no answer'}`,
          {
            remedy:
              'Check that its folder exists, and that the disk and the processes of the sandbox are not used up.',
          },
        );
      return status;
    });
  }

  async list(): Promise<ProcessStatus[]> {
    return readStatuses(await this.ask('status', []));
  }

  async status(name: string): Promise<ProcessStatus | undefined> {
    return readStatuses(await this.ask('status', [requireProcessName(name)]))[0];
  }

  async log(name: string, tailBytes = DEFAULT_LOG_BYTES): Promise<string> {
    const bytes = Math.min(tailBytes, MOST_LOG_BYTES);
    return this.ask('log', [requireProcessName(name), String(bytes)], 2 * MOST_LOG_BYTES);
  }

  private async ask(mode: 'status' | 'log', args: string[], maxOutputBytes?: number): Promise<string> {
    const done = await this.link.run(supervisorRequest(mode, args, this.link.newMark()), { maxOutputBytes });
    if (done.exitCode !== 0)
      throw unavailable(`The processes did not answer: ${done.stderr.text().slice(-300)}`);
    return done.stdout.text();
  }

  /** @throws AppError `process_not_running` */
  async input(name: string, data: string | Uint8Array): Promise<void> {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    const process = byTag(tagOf(requireProcessName(name)));
    for (let start = 0; start === 0 || start < bytes.length; start += INPUT_BYTES) {
      const value = bytes.subarray(start, start + INPUT_BYTES);
      await this.link.call(async () => {
        const rpc = await this.link.rpc();
        try {
          await rpc.sendInput(
            { process, input: { input: { case: 'stdin', value } } },
            { timeoutMs: START_MS },
          );
        } catch (error) {
          if (rpcCode(error) !== RPC.notFound) throw error;
          throw processNotRunning(name);
        }
      });
    }
  }

  /** @throws AppError `process_not_killed` (retryable) */
  async kill(name: string): Promise<void> {
    const tag = tagOf(requireProcessName(name));
    for (const deadline = Date.now() + KILL_MS; ; await delay(20)) {
      const supervised = await this.signal(tag);
      if (!supervised) break;
      if ((await this.status(name))?.running !== true) return;
      if (Date.now() > deadline) break;
    }
    // Its supervisor is gone, or does not come through: what carries the mark is ended without it.
    const done = await this.link.run(supervisorRequest('sweep', [tag], this.link.newMark()));
    if (done.exitCode !== 0)
      throw new AppError('process_not_killed', `The process "${name}" did not end.`, { retryable: true });
  }

  /** @returns false when the daemon knows no such process */
  private signal(tag: string): Promise<boolean> {
    return this.link.call(async () => {
      const rpc = await this.link.rpc();
      try {
        await rpc.sendSignal({ process: byTag(tag), signal: SIGTERM }, { timeoutMs: KILL_MS });
        return true;
      } catch (error) {
        if (rpcCode(error) === RPC.notFound) return false;
        throw error;
      }
    });
  }
}

const tagOf = (name: string) => `showrunner-process-${name}`;

/** Lines that are none of ours are left out. */
export function readStatuses(text: string): ProcessStatus[] {
  return text.split('\n').flatMap((line) => {
    let parsed: unknown;
    try {
      parsed = JSON.parse(line);
    } catch {
      return []; // the app wrote there
    }
    const status = StatusLineSchema.safeParse(parsed);
    if (!status.success) return [];
    const { name, running, exitCode, signal, startedAtMs } = status.data;
    const startedAt = new Date(startedAtMs).toISOString();
    return [
      {
        name,
        running,
        exitCode,
        signal: signal === null ? null : signalName(signal),
        startedAt,
      },
    ];
  });
}
