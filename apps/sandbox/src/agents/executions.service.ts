import { Inject } from '@nestjs/common';
import type { AgentExecute, AgentLanguage } from '@showrunner/contracts';
import { LOGGER } from '@showrunner/service';
import type { Resources } from '@showrunner/service';
import { SandboxAccess } from '../sandboxes/sandbox-access';
import { SandboxesService } from '../sandboxes/sandboxes.service';
import { BoundedText } from './bounded-text';
import { commandOf } from './languages';

/** In which sandbox, and for how long. */
type ExecutionPlace = Pick<AgentExecute, 'timeoutMs' | 'limits' | 'provider' | 'internet' | 'environment'>;
/** What runs in it. */
export interface Program {
  /** Absolute path to text, written before it runs. */
  files: Record<string, string>;
  /** A `sh -c` line, or words. */
  command: string | string[];
  cwd?: string;
  stdin?: string;
}
export interface AgentResult {
  success: boolean;
  exit_code: number;
  output: string;
}

const START_WAIT_MS = 60_000;
const MAX_OUTPUT_BYTES = 256 * 1024;
/** Should this process die meanwhile, the sandbox ends itself. */
const GRACE_MINUTES = 2;
const TIMED_OUT = 124;
const KILLED = 137;

/** Code and commands, each in a sandbox of its own that is gone afterwards, whatever happens. */
export class Executions {
  constructor(
    @Inject(SandboxesService) private readonly sandboxes: SandboxesService,
    @Inject(SandboxAccess) private readonly access: SandboxAccess,
    @Inject(LOGGER) private readonly logger: Resources['logger'],
  ) {}

  /** Of code or a command that came with the request. */
  execute(
    tenantId: string,
    agentId: string,
    { code, language, command, ...place }: AgentExecute,
    signal: AbortSignal,
  ): Promise<AgentResult> {
    return this.run(tenantId, agentId, place, programOf(code, language, command), signal);
  }

  /** A failing program is a result. @throws {AppError} quotas, `sandbox_start_failed`, `sandbox_queue_wait` (503) */
  async run(
    tenantId: string,
    agentId: string,
    { timeoutMs, ...place }: ExecutionPlace,
    program: Program,
    signal: AbortSignal,
  ): Promise<AgentResult> {
    const minutes = timeoutMs / 60_000 + START_WAIT_MS / 60_000 + GRACE_MINUTES;
    const asked = { ...place, labels: { agent: agentId }, ephemeral: true };
    const lease = { idleTimeoutMinutes: minutes, deadlineMinutes: minutes };
    const { id } = await this.sandboxes.accept(tenantId, { ...asked, ...lease }, 'agent');
    try {
      await this.sandboxes.running(tenantId, id, START_WAIT_MS, signal);
      return await this.runIn(tenantId, id, program, timeoutMs, signal);
    } finally {
      await this.sandboxes.want(tenantId, id, 'destroyed').catch((error: unknown) => {
        // Its record says so or its deadline comes: the workflow ends it in either case.
        this.logger.warn(
          { err: error, sandboxId: id },
          'The sandbox of an agent could not be told to go yet',
        );
      });
    }
  }

  private runIn(
    tenantId: string,
    id: string,
    { files, command, cwd, stdin }: Program,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<AgentResult> {
    return this.access.use(tenantId, id, async (sandbox) => {
      const output = new BoundedText(MAX_OUTPUT_BYTES);
      for (const [path, text] of Object.entries(files)) await sandbox.files.write(path, text);
      const result = await sandbox.exec(command, {
        ...{ timeoutMs, signal, maxOutputBytes: 1024 },
        ...(cwd === undefined ? {} : { cwd }),
        ...(stdin === undefined ? {} : { stdin: Buffer.from(stdin) }),
        onOutput: (_stream, chunk) => output.add(chunk),
      });
      const exitCode = result.timedOut ? TIMED_OUT : (result.exitCode ?? KILLED);
      return { success: exitCode === 0, exit_code: exitCode, output: output.text() };
    });
  }
}

/** Code lies outside of `/app`, which is its working directory. The schema has seen to one of both being there. */
function programOf(code = '', language: AgentLanguage, command?: string): Program {
  if (command !== undefined) return { files: {}, command };
  const { files, words } = commandOf(language, '/tmp', code);
  return { files, command: words };
}
