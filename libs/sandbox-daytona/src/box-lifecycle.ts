import { setTimeout as delay } from 'node:timers/promises';
import type { Sandbox as Box } from '@daytonaio/sdk';
import type { AppError } from '@showrunner/contracts';
import { nextStep, type NextStep, type Wanted } from './box-state';
import { asAppError, isUncertain, refusalOf, sandboxLost, startFailed, unavailable } from './daytona-errors';

/** How long each change may take before it counts as stuck, in ms. */
export interface LifecycleDeadlines {
  startMs: number;
  stopMs: number;
  archiveMs: number;
  destroyMs: number;
}

/** Archiving copies the disk to an object store and bringing back copies it again: minutes, by Daytona's documentation. */
export const DEFAULT_DEADLINES: LifecycleDeadlines = {
  startMs: 300_000,
  stopMs: 90_000,
  archiveMs: 900_000,
  destroyMs: 90_000,
};

const FIRST_LOOK_MS = 40;
const LAST_LOOK_MS = 1000;
const LOOK_FACTOR = 1.4;
/** Seconds. */
const MIN_SDK_WAIT = 1;
const MAX_SDK_WAIT = 10;

/** Brings a box from state to state by our own deadlines; Daytona's waits end with the first error of a look, and never force. */
export class BoxLifecycle {
  constructor(private readonly deadlines: LifecycleDeadlines) {}

  /** @throws AppError `sandbox_lost`, `sandbox_start_failed` */
  async start(id: string, box: Box, signal?: AbortSignal): Promise<void> {
    const stuck = () => startFailed(id, `it is still "${box.state}"`, true);
    await this.reach(id, box, 'started', { ms: this.deadlines.startMs, stuck, signal });
  }

  /** @throws AppError `sandbox_lost`, `sandbox_unavailable` */
  async stop(id: string, box: Box): Promise<void> {
    const stuck = () => unavailable(`The sandbox ${id} does not stop: it is still "${box.state}".`);
    await this.reach(id, box, 'stopped', { ms: this.deadlines.stopMs, stuck });
  }

  /** @throws AppError `sandbox_lost`, `sandbox_unavailable` */
  async archive(id: string, box: Box): Promise<void> {
    const stuck = () => unavailable(`The sandbox ${id} is not archived yet: it is still "${box.state}".`);
    await this.reach(id, box, 'archived', { ms: this.deadlines.archiveMs, stuck });
  }

  /**
   * Looks, does what is due, looks again. A call that is refused or lost is judged by the state alone.
   */
  private async reach(
    id: string,
    box: Box,
    wanted: Wanted,
    limit: { ms: number; stuck: () => AppError; signal?: AbortSignal },
  ): Promise<void> {
    const deadline = Date.now() + limit.ms;
    const forceAt = Date.now() + limit.ms / 2;
    let pause = FIRST_LOOK_MS;
    let refused: AppError | undefined;
    for (;;) {
      const state = await this.look(id, box);
      limit.signal?.throwIfAborted();
      const step = nextStep(state, wanted);
      if (step === 'there') return;
      if (step === 'gone') throw sandboxLost(id);
      if (step === 'failed') throw startFailed(id, box.errorReason ?? `Daytona says "${state}"`, false);
      const stuckStopping = state === 'stopping' && Date.now() > forceAt;
      if (step !== 'wait' || stuckStopping) {
        const until = step === 'stop' ? Math.min(forceAt, deadline) : deadline;
        refused = await this.command(box, stuckStopping ? 'force' : step, until);
        // A refusal that will not pass is not repeated until the deadline.
        if (refused !== undefined && !refused.retryable) throw refused;
      }
      if (Date.now() + pause > deadline) throw refused ?? limit.stuck();
      await delay(pause, undefined, { signal: limit.signal });
      pause = Math.min(LAST_LOOK_MS, pause * LOOK_FACTOR);
    }
  }

  /** The state now; when nobody answers, the last one known. */
  private async look(id: string, box: Box): Promise<string | undefined> {
    try {
      await box.refreshData();
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal.status === 404) throw sandboxLost(id);
      if (!isUncertain(refusal) && refusal.status !== 429)
        throw asAppError('tell the state of the sandbox', error);
    }
    return box.state;
  }

  /** @returns why it was refused; a call that came too early or too late was refused by right, and the state decides */
  private async command(box: Box, step: NextStep | 'force', until: number): Promise<AppError | undefined> {
    // The SDK waits after its call, and that bounds the call itself too.
    const seconds = Math.min(MAX_SDK_WAIT, Math.max(MIN_SDK_WAIT, (until - Date.now()) / 1000));
    const calls: Partial<Record<typeof step, () => Promise<unknown>>> = {
      start: () => box.start(seconds),
      stop: () => box.stop(seconds),
      force: () => box.stop(seconds, true),
      archive: () => box.archive(),
    };
    try {
      await calls[step]?.();
      return undefined;
    } catch (error) {
      const refusal = refusalOf(error);
      const decidedByState = isUncertain(refusal) || [400, 404, 409].includes(refusal.status ?? 0);
      const told = asAppError(`${step} the sandbox`, error);
      if (told.code === 'sandbox_quota') return told;
      return decidedByState ? undefined : told;
    }
  }

  /** Ends with nothing left: a box that is gone is what was wanted. @throws AppError `sandbox_unavailable` when Daytona goes on refusing */
  async destroy(id: string, box: Box, onRefused: () => Promise<void>): Promise<void> {
    const deadline = Date.now() + this.deadlines.destroyMs;
    let accepted = false;
    let refused: unknown;
    for (let pause = FIRST_LOOK_MS; ; pause = Math.min(LAST_LOOK_MS, pause * LOOK_FACTOR)) {
      try {
        if (!accepted) await box.delete(30);
        accepted = true;
        await box.refreshData();
        if (box.state === 'destroyed') return;
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal.status === 404) return;
        if (refusal.status === 401 || refusal.status === 403) throw asAppError('destroy the sandbox', error);
        if (refused === undefined && !accepted) await onRefused();
        refused = error;
        // A box on its way somewhere refuses; stopping by force gets it off a start or stop that is stuck.
        if (!accepted && Date.now() + this.deadlines.destroyMs / 2 > deadline)
          await this.command(box, 'force', deadline);
      }
      if (Date.now() + pause > deadline) break;
      await delay(pause);
    }
    throw accepted
      ? unavailable(`The sandbox ${id} is being destroyed, and still there.`)
      : asAppError(`destroy the sandbox ${id}`, refused);
  }
}
