import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Sandbox as Box } from '@daytonaio/sdk';
import type { DaytonaConnection } from '../daytona-connection';
import { capabilityMissing, unavailable } from '../daytona-errors';
import { DEFAULT_OUTPUT_BYTES, resultOf, signalName, BoundedOutput } from '@showrunner/sandbox/provider';
import type { ExecOptions, ExecResult } from '@showrunner/sandbox';
import { jobCommand } from '../supervisor/job-command';
import { commandLine } from './command-line';
import { SupervisedRun, type RunEnd, type RunLimits } from './supervised-run';

/** Input of this size goes with the command; more follows it. */
const INLINE_INPUT = 64 * 1024;
const JOB_OUTPUT_BYTES = 4 * 1024 ** 2;
const NO_PROGRAM = /perl: (not found|command not found|No such file)|command not found: perl/i;

/** Runs commands in one box. */
export class CommandRunner {
  constructor(
    private readonly id: string,
    private readonly box: Box,
    private readonly connection: DaytonaConnection,
    private readonly limits: RunLimits,
    private readonly maxProcesses: number,
  ) {}

  async exec(command: string | readonly string[], options: ExecOptions): Promise<ExecResult> {
    const started = performance.now();
    const mark = `exec-${randomBytes(6).toString('hex')}`;
    const { cwd, argv, variables } = commandLine(command, options, mark);
    const limit = options.maxOutputBytes ?? DEFAULT_OUTPUT_BYTES;
    const kept = options.onOutput === undefined ? limit : -1;
    const { inline, input } = inputOf(options.stdin);
    const fields = [
      String(this.maxProcesses),
      String(Math.max(0, Math.ceil(options.timeoutMs ?? 0))),
      String(kept),
      cwd,
      input === undefined ? '0' : '1',
      inline,
      String(variables.length),
      ...variables,
      ...argv,
    ];
    const output = { stdout: new BoundedOutput(limit), stderr: new BoundedOutput(limit) };
    const late = lateness(options.timeoutMs);
    const end = await this.supervise('run', fields, {
      input,
      signal: options.signal,
      onFrame: (frame) => {
        if (frame.kind === 'gap') output[frame.stream].skip(frame.bytes);
        if (frame.kind !== 'output') return undefined;
        output[frame.stream].push(frame.bytes);
        const answer = options.onOutput?.(frame.stream, frame.bytes);
        return answer instanceof Promise ? Promise.race([answer, late.passed]) : undefined;
      },
    }).finally(() => late.stop());
    if (end.wasKilled) await this.job('sweep', [mark]);
    const done = {
      exitCode: end.exitCode,
      signal: end.signal === null ? null : signalName(end.signal),
      ...output,
      timedOut: end.timedOut,
      durationMs: Math.round(performance.now() - started),
    };
    return resultOf(done, false);
  }

  /** Runs a job of the supervisor itself. */
  async job(
    mode: string,
    fields: readonly (string | Uint8Array)[],
  ): Promise<{ code: number; output: Buffer }> {
    const output = new BoundedOutput(JOB_OUTPUT_BYTES);
    const end = await this.supervise(mode, fields, {
      onFrame: (frame) => {
        if (frame.kind === 'output') output.push(frame.bytes);
      },
    });
    if (end.exitCode === null)
      throw unavailable(`The supervisor inside the sandbox ${this.id} was killed. ${end.complaints}`);
    return { code: end.exitCode, output: output.bytes() };
  }

  private async supervise(
    mode: string,
    fields: readonly (string | Uint8Array)[],
    options: Omit<Parameters<SupervisedRun['run']>[0], 'text'>,
  ): Promise<RunEnd & { wasKilled: boolean }> {
    const run = new SupervisedRun(this.id, this.box, this.connection, this.limits);
    const end = await run.run({ text: jobCommand(mode, fields), ...options });
    if (run.wasKilled && NO_PROGRAM.test(end.complaints))
      throw capabilityMissing(
        'run commands in this image: it has no Perl',
        'Use an image made from Debian or Ubuntu, or one with Perl.',
      );
    return { ...end, wasKilled: run.wasKilled };
  }
}

/** The command's time limit, which is kept inside: from then on nobody waits for its listener. */
function lateness(timeoutMs: number | undefined): { passed: Promise<void>; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<void>((resolve) => {
    if (timeoutMs !== undefined) timer = setTimeout(resolve, timeoutMs);
  });
  return { passed, stop: () => clearTimeout(timer) };
}

function inputOf(stdin: ExecOptions['stdin']): { inline: Uint8Array; input?: Readable } {
  if (stdin === undefined) return { inline: new Uint8Array() };
  if (!(stdin instanceof Uint8Array)) return { inline: new Uint8Array(), input: Readable.from(stdin) };
  if (stdin.length <= INLINE_INPUT) return { inline: stdin };
  return { inline: new Uint8Array(), input: Readable.from([stdin]) };
}
