import { Inject } from '@nestjs/common';
import { AppError, toldCode } from '@showrunner/contracts';
import type { AgentExecute } from '@showrunner/contracts';
import type { TenantDatabases } from '@showrunner/database';
import { DATABASE, LOGGER } from '@showrunner/service';
import type { Resources } from '@showrunner/service';
import { SandboxAccess } from '../sandboxes/sandbox-access';
import { SandboxesService } from '../sandboxes/sandboxes.service';

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

const COMMANDS = {
  python: (file: string) => ['python3', file],
  javascript: (file: string) => ['node', file],
  shell: (file: string) => ['sh', file],
} as const;
const FILES = { python: '/tmp/main.py', javascript: '/tmp/main.mjs', shell: '/tmp/main.sh' } as const;

/** Calls of agents: code or a command, each in a sandbox of its own that is gone afterwards, whatever happens. */
export class AgentsService {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(SandboxesService) private readonly sandboxes: SandboxesService,
    @Inject(SandboxAccess) private readonly access: SandboxAccess,
    @Inject(LOGGER) private readonly logger: Resources['logger'],
  ) {}

  /** A failing program is a result. @throws {AppError} quotas, `sandbox_start_failed`, `sandbox_queue_wait` (503) */
  async execute(
    tenantId: string,
    agentId: string,
    { timeoutMs, limits, provider, internet, environment, ...what }: AgentExecute,
    signal: AbortSignal,
  ): Promise<AgentResult> {
    const minutes = timeoutMs / 60_000 + START_WAIT_MS / 60_000 + GRACE_MINUTES;
    const asked = { limits, provider, internet, environment, labels: { agent: agentId }, ephemeral: true };
    const lease = { idleTimeoutMinutes: minutes, deadlineMinutes: minutes };
    const { id } = await this.sandboxes.accept(tenantId, { ...asked, ...lease }, 'agent');
    try {
      await this.requireRunning(tenantId, id, signal);
      return await this.run(tenantId, id, what, timeoutMs, signal);
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

  private async requireRunning(tenantId: string, id: string, signal: AbortSignal): Promise<void> {
    const record = await this.database.forTenant(tenantId).sandboxes.get(id);
    const waiting = ['queued', 'creating'];
    const sandbox = await this.sandboxes.settled(
      record,
      START_WAIT_MS,
      ({ status }) => !waiting.includes(status),
      signal,
    );
    if (sandbox.status === 'running') return;
    if (sandbox.failure !== null) {
      const { code, message, remedy } = sandbox.failure;
      throw new AppError(toldCode(code), message, { status: 503, remedy });
    }
    throw new AppError('sandbox_queue_wait', 'No place for a sandbox came free in time.', {
      status: 503,
      retryable: true,
      remedy: 'Try again in a moment; GET /api/sandboxes shows what holds the places.',
    });
  }

  private run(
    tenantId: string,
    id: string,
    { code, language, command }: Pick<AgentExecute, 'code' | 'language' | 'command'>,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<AgentResult> {
    return this.access.use(tenantId, id, async (sandbox) => {
      const output = new BoundedText(MAX_OUTPUT_BYTES);
      if (code !== undefined) await sandbox.files.write(FILES[language], code);
      const result = await sandbox.exec(command ?? COMMANDS[language](FILES[language]), {
        timeoutMs,
        signal,
        maxOutputBytes: 1024,
        onOutput: (_stream, chunk) => output.add(chunk),
      });
      const exitCode = result.timedOut ? TIMED_OUT : (result.exitCode ?? KILLED);
      return { success: exitCode === 0, exit_code: exitCode, output: output.text() };
    });
  }
}

/** The first bytes of an output; what is left out is counted. */
class BoundedText {
  private readonly chunks: Buffer[] = [];
  private bytes = 0;
  private left = 0;

  constructor(private readonly most: number) {}

  add(chunk: Buffer): void {
    const room = this.most - this.bytes;
    const kept = chunk.subarray(0, Math.max(0, room));
    if (kept.length > 0) this.chunks.push(kept);
    this.bytes += kept.length;
    this.left += chunk.length - kept.length;
  }

  text(): string {
    const text = Buffer.concat(this.chunks).toString('utf8');
    return this.left === 0 ? text : `${text}\n[${this.left} more bytes left out]`;
  }
}
