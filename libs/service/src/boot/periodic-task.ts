import { setTimeout as delay } from 'node:timers/promises';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Logger } from '@showrunner/telemetry';

/** A run under way has this long when the service ends: one that waits for a store that is away has nothing to lose. */
const STOP_WAIT_MS = 1_000;

export interface PeriodicTaskOptions {
  /** Pause between the end of a run and the next. */
  everyMs: number;
  logger: Pick<Logger, 'warn'>;
  /** What is logged about a run that failed, e.g. `Old rows could not be forgotten`. */
  failure: string;
}

/**
 * What a service does again and again beside its requests, from its start to its end. Two runs of it never overlap, and one that fails (a store
 * that is away) is logged and tried again by the next.
 */
export abstract class PeriodicTask implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly ending = new AbortController();
  /** Aborted when the service ends; one of many parts looks at it between them. */
  protected readonly stopping = this.ending.signal;
  private running: Promise<void> | undefined;

  protected constructor(private readonly task: PeriodicTaskOptions) {}

  protected abstract runOnce(): Promise<void>;

  onApplicationBootstrap(): void {
    this.running = this.loop();
  }

  async onModuleDestroy(): Promise<void> {
    this.ending.abort();
    await Promise.race([this.running, delay(STOP_WAIT_MS, undefined, { ref: false })]);
  }

  private async loop(): Promise<void> {
    const { everyMs, logger, failure } = this.task;
    while (!this.stopping.aborted) {
      try {
        await this.runOnce();
      } catch (error) {
        logger.warn({ err: error }, failure);
      }
      await delay(everyMs, undefined, { signal: this.stopping, ref: false }).catch(() => undefined);
    }
  }
}
