import { randomBytes } from 'node:crypto';
import type { AppError } from '@showrunner/contracts';
import type { ExecOptions } from '@showrunner/sandbox';
import type { E2bApi } from './e2b-api';
import type { E2bConnection } from './e2b-connection';
import { apiError, sandboxLost, sandboxNotRunning, unavailable } from './e2b-errors';
import { loadE2bSdk, processRpc, type BoxAccess } from './e2b-sdk';
import { RPC, rpcCode, type ProcessRpc, type StartRequest } from './process-rpc';
import type { FinishedCommand } from '@showrunner/sandbox/provider';
import { runSupervised, StreamLost } from './run-supervised';
import { supervisorRequest } from './supervisor/supervised';

/** Rounds of asking what became of a box whose daemon does not answer: E2B's control API lags a little behind. */
const ASK_AGAIN_MS = [0, 300, 700];

/** The way into one box: who may enter, and what it means when the door does not open. */
export class BoxLink {
  private opening?: Promise<ProcessRpc>;

  constructor(
    private readonly api: E2bApi,
    private readonly connection: E2bConnection,
    readonly id: string,
    readonly boxId: string,
    private access?: BoxAccess,
  ) {}

  /** Takes note of a token that is newer, after a start. */
  renewAccess(access: BoxAccess | undefined): void {
    this.access = access;
    this.opening = undefined;
  }

  rpc(): Promise<ProcessRpc> {
    this.opening ??= this.open().catch((error: unknown) => {
      this.opening = undefined;
      throw error;
    });
    return this.opening;
  }

  private async open(): Promise<ProcessRpc> {
    const sdk = await loadE2bSdk();
    if (this.access === undefined) {
      const detail = await this.api.detail(this.boxId);
      if (detail === undefined) throw sandboxLost(this.id);
      if (detail.state !== 'running') throw sandboxNotRunning(this.id);
      this.access = detail.access;
    }
    return processRpc(sdk, this.connection, this.access);
  }

  /** The account inside that runs commands. */
  get user(): string {
    return this.connection.user;
  }

  /** Account inside that a call acts as. */
  headers(user = this.connection.user): Record<string, string> {
    return { Authorization: `Basic ${Buffer.from(`${user}:`).toString('base64')}` };
  }

  newMark(): string {
    return `showrunner-${randomBytes(8).toString('hex')}`;
  }

  /** @throws AppError `sandbox_lost`, `sandbox_not_running`, `sandbox_unavailable`, `exec_aborted` */
  async run(request: StartRequest, options: ExecOptions = {}, user?: string): Promise<FinishedCommand> {
    const attempt = async () => {
      const rpc = await this.rpc();
      const { heartbeatSeconds } = this.connection;
      const headers = this.headers(user);
      const sweep = async (mark: string) => {
        const sweeper = supervisorRequest('sweep', [mark], this.newMark());
        const deadline = AbortSignal.timeout(10_000);
        await runSupervised({ rpc, headers, heartbeatSeconds, sweep: async () => undefined }, sweeper, {
          signal: deadline,
        });
      };
      return runSupervised({ rpc, headers, heartbeatSeconds, sweep }, request, options);
    };
    return this.call(attempt);
  }

  /** Calls the daemon; a token that is out of date is renewed once. */
  async call<T>(send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      if (rpcCode(error) !== RPC.unauthenticated) throw await this.explain(error);
      this.renewAccess(undefined);
    }
    try {
      return await send();
    } catch (error) {
      throw await this.explain(error);
    }
  }

  /** What an error of the daemon, or of the way to it, says about the sandbox. Errors of ours are returned as they are. */
  private async explain(error: unknown): Promise<unknown> {
    const code = rpcCode(error);
    const lost =
      error instanceof StreamLost || (error instanceof Error && code === undefined && isTransport(error));
    if (code === undefined && !lost) return error;
    const text = error instanceof Error ? error.message : String(error);
    if (code === RPC.resourceExhausted) return apiError('run a command', 429, text);
    if (code === RPC.unauthenticated || code === RPC.permissionDenied)
      return apiError('run a command', 401, text);
    if (code === RPC.invalidArgument || code === RPC.notFound) return apiError('run a command', 400, text);
    return (
      (await this.whatBecame()) ??
      unavailable(`The connection to the sandbox ${this.id} broke: ${text}`, error)
    );
  }

  /** undefined when the box runs. */
  async whatBecame(): Promise<AppError | undefined> {
    for (const waitMs of ASK_AGAIN_MS) {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      const detail = await this.api.detail(this.boxId);
      if (detail === undefined) return sandboxLost(this.id);
      if (detail.state !== 'running') return sandboxNotRunning(this.id);
    }
    return undefined;
  }
}

/** `fetch failed`, `terminated` and the like, which the RPC passes on unwrapped. */
function isTransport(error: Error): boolean {
  return error instanceof TypeError || error.name === 'AbortError' || 'errno' in error;
}
